// SPDX-License-Identifier: Apache-2.0
#include "sync/fold_batch.hpp"
#include "sync/requests.hpp"
#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

class IdempotencyTest : public ApiTest {
 protected:
  std::shared_ptr<Pending> Post(const std::string& target, const std::string& key) {
    net::Request request{.method = "POST", .target = target};
    request.headers.Add("Authorization", "Bearer full");
    request.headers.Add("Idempotency-Key", key);
    return Start(std::move(request));
  }

  /// Folds what there is, as far as keys are concerned.
  void Fold() {
    sync::RequestFold requests(storage_);
    const auto next = storage_.view_position().offset + 1;
    for (const auto& entry : *Run(storage_.Scan({0, next}, 100, 1U << 20))) {
      sync::FoldBatch batch([](const std::string&) { return std::uint64_t{0}; });
      if (!entry.envelope.request.empty()) Run(requests.Admit(entry, batch));
      Apply(std::move(batch).Finish(entry.position), entry.position);
    }
    timer_.RunFor(io_, 10ms);
  }

  std::string Answer(const Pending& pending) {
    if (!pending.response) return "none yet";
    return pending.response->status == 200 ? pending.response->body : Outcome(*pending.response);
  }
};

TEST_F(IdempotencyTest, ARepeatedKeyFindsTheFirstOutcome) {
  AppendPush();
  const auto first = Post("/v1/journal/0-1/redrive", "k");
  Fold();
  const auto second = Post("/v1/journal/0-1/redrive", "k");
  EXPECT_EQ(Answer(*second), Answer(*first));
  EXPECT_EQ(json::parse(Answer(*second))["position"], "0-2");
  EXPECT_EQ(storage_.journal_end().offset, 2U);
}

TEST_F(IdempotencyTest, OfTwoAtOnceTheFoldTakesTheFirst) {
  AppendPush();
  const auto first = Post("/v1/journal/0-1/redrive", "k");
  const auto second = Post("/v1/journal/0-1/redrive", "k");
  EXPECT_EQ(storage_.journal_end().offset, 3U);
  Fold();
  EXPECT_EQ(json::parse(Answer(*second))["position"], "0-2");
  EXPECT_EQ(Answer(*second), Answer(*first));
}

TEST_F(IdempotencyTest, AKeyDoesNotStandForAnotherRequest) {
  AppendPush();
  AppendPush();
  Post("/v1/journal/0-1/redrive", "k");
  Fold();
  EXPECT_EQ(Answer(*Post("/v1/journal/0-2/redrive", "k")), "422 idempotency_key_reused");
}

TEST_F(IdempotencyTest, AKeyIsForgottenAfterADay) {
  AppendPush();
  Post("/v1/journal/0-1/redrive", "k");
  Fold();
  clock_.Advance(24h - 1s);
  Post("/v1/journal/0-1/redrive", "k");
  EXPECT_EQ(storage_.journal_end().offset, 2U);
  clock_.Advance(1s);
  Post("/v1/journal/0-1/redrive", "k");
  EXPECT_EQ(storage_.journal_end().offset, 3U);
}

TEST_F(IdempotencyTest, KeysOfMerchantsAreApart) {
  AppendPush();
  const auto asked = sync::Asked{.key_id = "x",
                                 .request_id = "r",
                                 .call = "POST /",
                                 .idempotency_key = "k",
                                 .content = "other"};
  Append({.kind = storage::EntryKind::kRedrive,
          .merchant = "other",
          .request = sync::EncodeAsked(asked)},
         "");
  Fold();
  const auto own = Post("/v1/journal/0-1/redrive", "k");
  Fold();
  EXPECT_EQ(json::parse(Answer(*own))["position"], "0-3");
}

TEST_F(IdempotencyTest, ARepeatedRedriveOfARefusalVerifiesNothingAgain) {
  refusals_.kept.push_back({.number = 4, .merchant = "demo", .connection = "mt-main"});
  redriven_is_stored_ = true;
  const auto first = Post("/v1/refusals/4/redrive", "k");
  Fold();
  redriven_ = "duplicate";
  const auto second = Post("/v1/refusals/4/redrive", "k");
  EXPECT_EQ(Answer(*second), Answer(*first));
  EXPECT_THAT(redriven_refusals_, ElementsAre(4U));
}

TEST_F(IdempotencyTest, AKeyIsVisibleText) {
  AppendPush();
  for (const std::string& key :
       {std::string("a b"), std::string("\xC3\xA4"), std::string(256, 'k')}) {
    EXPECT_EQ(Answer(*Post("/v1/journal/0-1/redrive", key)), "400 invalid_parameter") << key;
  }
}

}  // namespace
}  // namespace weir::gateway::testing
