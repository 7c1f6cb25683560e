// SPDX-License-Identifier: Apache-2.0
#include "sync/command_fold.hpp"
#include "sync/fold_batch.hpp"
#include "sync/requests.hpp"
#include "tests/gateway/records_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using namespace std::chrono_literals;

constexpr const char* kAccept = "/v1/orders/meituan-7/accept";

class CommandsTest : public RecordsTest {
 protected:
  CommandsTest() {
    json order = Example("Order");
    order["id"] = "meituan-7";
    Put(storage::RecordKind::kOrder, "meituan-7",
        {.platform = "meituan", .connection = "mt-main", .status = "placed", .number = "7"}, order);
  }

  std::shared_ptr<Pending> Accept(const std::string& key = {}, const std::string& target = kAccept,
                                  const std::string& caller = "full") {
    net::Request request{.method = "POST", .target = target};
    request.headers.Add("Authorization", "Bearer " + caller);
    if (!key.empty()) request.headers.Add("Idempotency-Key", key);
    return Start(std::move(request));
  }
  /// Folds what there is, as far as requests and commands are concerned.
  void Fold() {
    sync::RequestFold requests(storage_);
    sync::CommandFold commands(storage_);
    const auto next = storage_.view_position().offset + 1;
    for (const auto& entry : *Run(storage_.Scan({0, next}, 100, 1U << 20))) {
      sync::FoldBatch batch([](const std::string&) { return std::uint64_t{0}; });
      const bool admitted = entry.envelope.request.empty() || Run(requests.Admit(entry, batch));
      if (admitted && entry.envelope.kind == storage::EntryKind::kCommand) {
        commands.Plan(entry, batch);
      }
      Apply(std::move(batch).Finish(entry.position), entry.position);
    }
    timer_.RunFor(io_, 10ms);
  }
  json Planned(const Pending& pending) {
    EXPECT_TRUE(pending.response);
    if (!pending.response) return {};
    EXPECT_EQ(pending.response->status, 202U) << pending.response->body;
    return Documented("POST", kAccept, *pending.response);
  }
};

TEST_F(CommandsTest, AnAcceptanceIsPlannedAndShown) {
  const auto pending = Accept();
  Fold();
  const json planned = Planned(*pending);
  EXPECT_EQ(planned["kind"], "order.accept");
  EXPECT_EQ(planned["subject"], "meituan-7");
  EXPECT_EQ(planned["status"], "planned");
  EXPECT_EQ(planned["attempts"], json::array());
  EXPECT_EQ(Get("/v1/commands/" + planned["id"].get<std::string>()), planned);
}

TEST_F(CommandsTest, ARepeatedKeyFindsTheSameCommand) {
  const auto first = Accept("k");
  Fold();
  const auto second = Accept("k");
  Fold();
  EXPECT_EQ(Planned(*first)["id"], Planned(*second)["id"]);
  EXPECT_EQ(Planned(*first)["idempotency_key"], "k");
}

TEST_F(CommandsTest, OfAnUnknownOrderAreRefused) {
  EXPECT_EQ(Outcome(Accept({}, "/v1/orders/meituan-8/accept")->response.value()), "404 not_found");
}

TEST_F(CommandsTest, NeedAKeyThatMayWrite) {
  EXPECT_EQ(Outcome(Accept({}, kAccept, "read")->response.value()), "403 forbidden");
}

TEST_F(CommandsTest, AreWaitedForNoLongerThanAsked) {
  const auto pending = Accept({}, std::string(kAccept) + "?wait=2");
  Fold();
  EXPECT_FALSE(pending->response);
  timer_.RunFor(io_, 3s);
  EXPECT_EQ(Planned(*pending)["status"], "planned");
}

TEST_F(CommandsTest, TooLongAWaitIsRefused) {
  EXPECT_EQ(Outcome(Accept({}, std::string(kAccept) + "?wait=31")->response.value()),
            "400 invalid_parameter");
}

TEST_F(CommandsTest, WhatNobodyAskedForIsNotThere) {
  EXPECT_EQ(Refusal("/v1/commands/cmd-9"), "404 not_found");
}

}  // namespace
}  // namespace weir::gateway::testing
