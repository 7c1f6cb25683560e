// SPDX-License-Identifier: Apache-2.0
#include "sync/pulls.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/words.hpp"
#include "sync/requests.hpp"
#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Reviews in pages of two; a page may fail.
class Reviews final : public connectors::ReviewSource {
 public:
  [[nodiscard]] std::chrono::days reach() const override { return std::chrono::days(30); }
  boost::asio::awaitable<Result<connectors::PulledPage>> ListReviews(std::string platform_shop,
                                                                     connectors::Window window,
                                                                     std::string cursor) override {
    asked.push_back(platform_shop + "@" + cursor);
    last = window;
    const std::size_t from = cursor.empty() ? 0 : std::stoul(cursor);
    if (from == fails_at) {
      co_return std::unexpected(Error{
          .kind = ErrorKind::kRateLimited, .message = "called too often", .remote_code = "711"});
    }
    connectors::PulledPage page;
    for (std::size_t i = from; i < std::min(from + 2, written.size()); ++i) {
      page.items.push_back({.dialect = "json",
                            .topic = "comment/query",
                            .payload = written[i],
                            .asked_at = window.to});
    }
    if (from + 2 < written.size()) page.next = std::to_string(from + 2);
    co_return page;
  }

  std::vector<std::string> written;
  std::size_t fails_at = SIZE_MAX;
  std::vector<std::string> asked;
  connectors::Window last;
};

/// Orders in pages of two; a page may fail, and orders may be forgotten.
class Orders final : public connectors::OrderSource, public connectors::OrderLister {
 public:
  [[nodiscard]] std::chrono::days reach() const override { return std::chrono::days(1); }
  boost::asio::awaitable<Result<connectors::PulledPage>> ListOrders(std::string,
                                                                    connectors::Window window,
                                                                    std::string cursor) override {
    const std::size_t from = cursor.empty() ? 0 : std::stoul(cursor);
    if (from == fails_at) co_return Fail(ErrorKind::kTransport, "no answer");
    connectors::PulledPage page;
    for (std::size_t i = from; i < std::min(from + 2, listed.size()); ++i) {
      page.items.push_back(Item(listed[i], window.to));
    }
    if (from + 2 < listed.size()) page.next = std::to_string(from + 2);
    co_return page;
  }
  boost::asio::awaitable<Result<connectors::PulledItem>> GetOrder(std::string id) override {
    read.push_back(id);
    if (!known.contains(id)) co_return Fail(ErrorKind::kNotFound, "no such order");
    co_return Item(known[id], {});
  }

  std::vector<std::string> listed;           ///< "id status" each.
  std::map<std::string, std::string> known;  ///< The same, by id.
  std::size_t fails_at = SIZE_MAX;
  std::vector<std::string> read;

 private:
  static connectors::PulledItem Item(std::string payload, Instant asked_at) {
    return {
        .dialect = "json", .topic = "order", .payload = std::move(payload), .asked_at = asked_at};
  }
};

/// "id status" is an order.
mapping::Mapped MapOrder(const mapping::Payload& payload) {
  const std::string text(payload.bytes);
  model::OrderFacts facts;
  facts.platform = "toy";
  facts.platform_order_id = text.substr(0, text.find(' '));
  facts.sent_at = payload.received_at;
  facts.statuses.push_back({.status = model::ParseOrderStatus(text.substr(text.find(' ') + 1))
                                          .value_or(model::OrderStatus::kPlaced)});
  facts.snapshot.emplace();
  facts.snapshot->key.klass = model::SnapshotKey::Class::kDetailRead;
  facts.snapshot->key.asked_at = payload.received_at;
  facts.snapshot->key.digest = {.high = 0, .low = Checksum(text)};
  mapping::Mapped mapped;
  mapped.orders.push_back(std::move(facts));
  return mapped;
}

/// "id text" is a review.
mapping::Mapped MapReview(const mapping::Payload& payload) {
  if (payload.topic == "order") return MapOrder(payload);
  const std::string text(payload.bytes);
  model::ReviewFacts facts;
  facts.platform = "toy";
  facts.platform_review_id = text.substr(0, text.find(' '));
  facts.content.text = text;
  facts.content.key = {.updated_at = {},
                       .asked_at = payload.received_at,
                       .digest = {.high = 0, .low = Checksum(text)}};
  mapping::Mapped mapped;
  mapped.reviews.push_back(std::move(facts));
  return mapped;
}

class PullsTest : public ::testing::Test {
 protected:
  PullsTest() {
    scene_.mappers.emplace("toy", MapReview);
    scene_.Declare(ConnectionSetting{.id = "toy-main",
                                     .platform = "toy",
                                     .stores = {{"shop_001", "sh-001"}},
                                     .accept_within = {}});
  }

  storage::Position Request(Feed feed = Feed::kReviews) {
    storage::NewEntry entry;
    entry.envelope.kind = storage::EntryKind::kRequest;
    entry.envelope.merchant = "demo";
    entry.payload = EncodePull({.connection = "toy-main", .feed = feed});
    const auto position = scene_.Append(std::move(entry));
    scene_.FoldAll();
    return position;
  }
  bool Step() {
    const bool done = scene_.Must(scene_.Run(pulls_.Step()));
    scene_.FoldAll();
    return done;
  }
  /// What became of a pull; null while it is planned.
  json Outcome(storage::Position of) {
    const auto outcome = scene_.Must(scene_.Run(FindOutcome(scene_.storage, "demo", of)));
    return outcome ? json::parse(outcome->body) : json();
  }
  json Last(const std::string& id) {
    const auto row =
        scene_.Must(scene_.Run(scene_.storage.Read(storage::RecordKind::kWindow, "demo", id)));
    return row ? json::parse(row->state) : json();
  }

  FoldScene scene_;
  Backpressure backpressure_{scene_.clock};
  Ingest ingest_{scene_.storage, scene_.clock, backpressure_};
  std::shared_ptr<Reviews> platform_ = std::make_shared<Reviews>();
  std::shared_ptr<Orders> orders_ = std::make_shared<Orders>();
  Pulls pulls_{{.storage = scene_.storage,
                .ingest = ingest_,
                .readers =
                    [this](const std::string& merchant, const std::string&) {
                      return std::make_shared<const OrderReader>(OrderReader{.merchant = merchant,
                                                                             .platform = "toy",
                                                                             .orders = orders_,
                                                                             .reviews = platform_,
                                                                             .lists = orders_});
                    },
                .mappers = scene_.mappers,
                .backpressure = backpressure_,
                .clock = scene_.clock,
                .timer = scene_.timer}};
};

TEST_F(PullsTest, WithoutARequestThereIsNothingToDo) { EXPECT_FALSE(Step()); }

TEST_F(PullsTest, ReadEveryPageOfEveryLinkedShop) {
  platform_->written = {"1 a", "2 b", "3 c"};
  const auto position = Request();
  EXPECT_EQ(Outcome(position), nullptr);
  EXPECT_TRUE(Step());
  EXPECT_THAT(platform_->asked, ElementsAre("shop_001@", "shop_001@2"));
  EXPECT_EQ(platform_->last.to - platform_->last.from, std::chrono::days(30));
  const json outcome = Outcome(position);
  EXPECT_EQ(outcome["status"], "done");
  EXPECT_EQ(outcome["seen"], 3);
  EXPECT_EQ(outcome["stored"], 3);
  EXPECT_EQ(outcome["of"], position.ToText());
  EXPECT_FALSE(Step());
}

TEST_F(PullsTest, WhatIsKnownIsNoEntryAgain) {
  platform_->written = {"1 a", "2 b"};
  Request();
  Step();
  platform_->written = {"1 a", "2 changed"};
  const auto second = Request();
  Step();
  EXPECT_EQ(Outcome(second)["seen"], 2);
  EXPECT_EQ(Outcome(second)["stored"], 1);
}

TEST_F(PullsTest, APageThatFailsEndsThePull) {
  platform_->written = {"1 a", "2 b", "3 c"};
  platform_->fails_at = 2;
  const auto position = Request();
  Step();
  const json outcome = Outcome(position);
  EXPECT_EQ(outcome["status"], "failed");
  EXPECT_EQ(outcome["stored"], 2);
  EXPECT_EQ(outcome["error"]["kind"], "rate_limited");
  EXPECT_EQ(outcome["error"]["code"], "711");
  EXPECT_EQ(Last("toy-main/reviews")["status"], "failed");
  EXPECT_FALSE(Step());
}

TEST_F(PullsTest, AFeedThatTheConnectionHasNotFails) {
  const auto position = Request(Feed::kMenus);
  Step();
  EXPECT_EQ(Outcome(position)["status"], "failed");
  EXPECT_EQ(Outcome(position)["error"]["kind"], "rejected");
}

TEST_F(PullsTest, APausedConnectionWaits) {
  scene_.Declare(PauseSetting{.connection = "toy-main", .paused = true});
  Request();
  EXPECT_FALSE(Step());
  EXPECT_THAT(platform_->asked, IsEmpty());
  scene_.Declare(PauseSetting{.connection = "toy-main", .paused = false});
  scene_.FoldAll();
  EXPECT_TRUE(Step());
}

TEST_F(PullsTest, APullThatIsStoppedStaysPlanned) {
  const auto position = Request();
  pulls_.Stop();
  EXPECT_FALSE(Step());
  EXPECT_EQ(Outcome(position), nullptr);
}

TEST_F(PullsTest, OrdersThatNoPushToldOfAreFoundAndCounted) {
  orders_->listed = {"1 placed", "2 completed", "3 placed"};
  const auto position = Request(Feed::kOrders);
  EXPECT_TRUE(Step());
  const json window = Outcome(position);
  EXPECT_EQ(window["status"], "done");
  EXPECT_EQ(window["stored"], 3);
  EXPECT_EQ(window["missed_by_push"], 3);
}

TEST_F(PullsTest, AnOrderThatIsShownIsNotStoredAgain) {
  orders_->listed = {"1 placed"};
  Request(Feed::kOrders);
  Step();
  const auto position = Request(Feed::kOrders);
  Step();
  const json window = Outcome(position);
  EXPECT_EQ(window["seen"], 1);
  EXPECT_EQ(window["stored"], 0);
  EXPECT_EQ(window["missed_by_push"], 0);
}

TEST_F(PullsTest, EveryOpenOrderThatIsNotListedIsReadAgain) {
  orders_->listed = {"1 placed", "2 completed", "3 delivered", "4 accepted"};
  Request(Feed::kOrders);
  Step();
  orders_->listed = {"4 accepted"};
  orders_->known = {{"1", "1 accepted"}, {"2", "2 completed"}};
  const auto position = Request(Feed::kOrders);
  Step();
  EXPECT_THAT(orders_->read, ::testing::UnorderedElementsAre("1", "3"));
  const json window = Outcome(position);
  EXPECT_EQ(window["status"], "done");
  EXPECT_EQ(window["stored"], 1);
  EXPECT_EQ(window["missed_by_push"], 0);
}

TEST_F(PullsTest, APageThatFailsEndsThePullOfOrders) {
  orders_->listed = {"1 placed", "2 placed", "3 placed"};
  orders_->fails_at = 2;
  const auto position = Request(Feed::kOrders);
  Step();
  const json window = Outcome(position);
  EXPECT_EQ(window["status"], "failed");
  EXPECT_EQ(window["stored"], 2);
  EXPECT_THAT(orders_->read, IsEmpty());
}

}  // namespace
}  // namespace weir::sync::testing
