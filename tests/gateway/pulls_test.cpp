// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "sync/fold_batch.hpp"
#include "sync/requests.hpp"
#include "sync/windows.hpp"
#include "tests/gateway/records_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::SizeIs;

class PullsTest : public RecordsTest {
 protected:
  PullsTest() {
    Declare(sync::ConnectionSetting{
        .id = "mt-main", .platform = "meituan", .stores = {}, .accept_within = {}});
  }

  std::shared_ptr<Pending> Pull(const std::string& body, const std::string& key = {},
                                const std::string& connection = "mt-main") {
    net::Request request{
        .method = "POST", .target = "/v1/connections/" + connection + "/pull", .body = body};
    request.headers.Add("Authorization", "Bearer full");
    if (!key.empty()) request.headers.Add("Idempotency-Key", key);
    return Start(std::move(request));
  }
  /// Folds what there is, as far as requests and windows are concerned.
  void Fold() {
    sync::RequestFold requests(storage_);
    const auto next = storage_.view_position().offset + 1;
    for (const auto& entry : *Run(storage_.Scan({0, next}, 100, 1U << 20))) {
      sync::FoldBatch batch([](const std::string&) { return std::uint64_t{0}; });
      const bool admitted = entry.envelope.request.empty() || Run(requests.Admit(entry, batch));
      if (admitted && entry.envelope.kind == storage::EntryKind::kRequest) {
        sync::FoldRequestEntry(entry, batch);
      }
      if (entry.envelope.kind == storage::EntryKind::kWindow) FoldWindow(entry, batch);
      Apply(std::move(batch).Finish(entry.position), entry.position);
    }
    timer_.RunFor(io_, 10ms);
  }
  void FoldWindow(const storage::Entry& entry, sync::FoldBatch& batch) {
    boost::asio::co_spawn(io_, sync::FoldWindow(storage_, entry, batch), boost::asio::detached);
    Poll();
  }
  void Finish(const std::string& position) {
    sync::PulledWindow window{.of = position,
                              .connection = "mt-main",
                              .feed = sync::Feed::kReviews,
                              .seen = 5,
                              .stored = 2,
                              .error = {}};
    Append({.kind = storage::EntryKind::kWindow, .merchant = "demo", .connection = "mt-main"},
           EncodeWindow(window));
    Fold();
  }
  json Answer(const Pending& pending) {
    EXPECT_TRUE(pending.response);
    if (!pending.response) return {};
    EXPECT_EQ(pending.response->status, 202U) << pending.response->body;
    return Documented("POST", "/v1/connections/mt-main/pull", *pending.response);
  }
};

TEST_F(PullsTest, ARequestIsPlannedAndNamedByItsPosition) {
  const auto pending = Pull(R"({"feed":"reviews"})");
  Fold();
  const json planned = Answer(*pending);
  EXPECT_EQ(planned["status"], "planned");
  EXPECT_EQ(planned["feed"], "reviews");
  EXPECT_EQ(planned["window"], nullptr);
  const std::string position = planned["position"];
  EXPECT_EQ(Get("/v1/connections/mt-main/pulls/" + position), planned);
}

TEST_F(PullsTest, WhatCameOfItIsKept) {
  const auto pending = Pull(R"({"feed":"reviews"})");
  Fold();
  const std::string position = Answer(*pending)["position"];
  Finish(position);
  const json done = Get("/v1/connections/mt-main/pulls/" + position);
  EXPECT_EQ(done["status"], "done");
  EXPECT_EQ(done["window"]["seen"], 5);
  EXPECT_EQ(done["window"]["stored"], 2);
  const json last = Get("/v1/connections/mt-main/pulls")["data"];
  ASSERT_THAT(last, SizeIs(1));
  EXPECT_EQ(last[0]["feed"], "reviews");
}

TEST_F(PullsTest, ARepeatedKeyFindsTheSamePull) {
  const auto first = Pull(R"({"feed":"reviews"})", "k");
  Fold();
  const std::string position = Answer(*first)["position"];
  Finish(position);
  const auto second = Pull(R"({"feed":"reviews"})", "k");
  Fold();
  EXPECT_EQ(Answer(*second)["position"], position);
  EXPECT_EQ(Answer(*second)["status"], "done");
  const auto other = Pull(R"({"feed":"menus"})", "k");
  Fold();
  EXPECT_EQ(Outcome(other->response.value()), "422 idempotency_key_reused");
}

TEST_F(PullsTest, WhatIsNoFeedIsRefused) {
  EXPECT_EQ(Outcome(Pull(R"({"feed":"news"})")->response.value()), "400 invalid_parameter");
  EXPECT_EQ(Outcome(Pull("{}")->response.value()), "400 invalid_parameter");
  EXPECT_EQ(Outcome(Pull(R"({"feed":"menus"})", "", "mt-9")->response.value()), "404 not_found");
}

TEST_F(PullsTest, WhatNobodyAskedForIsNotThere) {
  EXPECT_EQ(Refusal("/v1/connections/mt-main/pulls/0-99"), "404 not_found");
  EXPECT_EQ(Refusal("/v1/connections/mt-main/pulls/x"), "404 not_found");
  EXPECT_THAT(Get("/v1/connections/mt-main/pulls")["data"], SizeIs(0));
}

}  // namespace
}  // namespace weir::gateway::testing
