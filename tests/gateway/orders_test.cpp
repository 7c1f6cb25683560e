// SPDX-License-Identifier: Apache-2.0
#include "sync/trail.hpp"
#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OrdersTest : public ApiTest {
 protected:
  static std::vector<std::string> Ids(const json& page) {
    std::vector<std::string> ids;
    for (const json& order : page["data"]) ids.push_back(order["id"]);
    return ids;
  }

  /// One a minute.
  void PublishMany(int count) {
    for (int i = 1; i <= count; ++i) {
      Publish(std::to_string(i));
      clock_.Advance(1min);
    }
  }

  net::Response AskIfNoneMatch(const std::string& tags, const std::string& key = "full") {
    net::Request request{.target = "/v1/orders/meituan-1"};
    request.headers.Add("Authorization", "Bearer " + key);
    request.headers.Add("If-None-Match", tags);
    return Ask(std::move(request));
  }

  void PutPartial(const std::string& id, std::vector<sync::TrailItem> trail) {
    storage::RecordRow row;
    row.merchant = "demo";
    row.id = id;
    row.version = 1;
    row.trail = sync::EncodeTrail(trail);
    storage::Batch batch;
    batch.puts = {std::move(row)};
    Apply(std::move(batch));
  }
};

TEST_F(OrdersTest, ListsNewestFirst) {
  PublishMany(3);
  const json page = Get("/v1/orders");
  EXPECT_THAT(Ids(page), ElementsAre("meituan-3", "meituan-2", "meituan-1"));
  EXPECT_TRUE(page["next_cursor"].is_null());
}

TEST_F(OrdersTest, ListsNothingAsAnEmptyPage) {
  EXPECT_EQ(Ask("GET", "/v1/orders").body, R"({"data":[],"next_cursor":null})");
}

TEST_F(OrdersTest, PagesThroughAllOfThem) {
  PublishMany(5);
  std::vector<std::string> seen;
  std::string target = "/v1/orders?limit=2";
  for (int pages = 0; pages < 3; ++pages) {
    const json page = Get(target);
    for (const std::string& id : Ids(page)) seen.push_back(id);
    if (page["next_cursor"].is_null()) break;
    target = "/v1/orders?limit=2&cursor=" + page["next_cursor"].get<std::string>();
  }
  EXPECT_THAT(seen, ElementsAre("meituan-5", "meituan-4", "meituan-3", "meituan-2", "meituan-1"));
}

TEST_F(OrdersTest, TakesACursorWithItsOwnFiltersOnly) {
  PublishMany(3);
  const std::string cursor = Get("/v1/orders?limit=1&store=sh-001")["next_cursor"];
  EXPECT_THAT(Ids(Get("/v1/orders?limit=2&store=sh-001&merchant=demo&cursor=" + cursor)),
              ElementsAre("meituan-2", "meituan-1"));
  EXPECT_EQ(Refusal("/v1/orders?limit=1&cursor=" + cursor), "400 invalid_parameter");
  EXPECT_EQ(Refusal("/v1/orders?store=sh-002&cursor=" + cursor), "400 invalid_parameter");
}

TEST_F(OrdersTest, FiltersByWhatIsAskedFor) {
  PublishMany(3);
  for (const auto& [filter, count] : {std::pair{"store=sh-001", 3U},
                                      {"store=sh-002", 0U},
                                      {"platform=meituan", 3U},
                                      {"platform=eleme", 0U},
                                      {"status=dispatched", 3U},
                                      {"status=placed", 0U},
                                      {"platform_order_id=2", 1U},
                                      {"display_no=12", 3U},
                                      {"display_no=13", 0U}}) {
    EXPECT_EQ(Get(std::string("/v1/orders?") + filter)["data"].size(), count) << filter;
  }
}

TEST_F(OrdersTest, FiltersByTime) {
  const std::string first = ToRfc3339(clock_.Now());
  PublishMany(2);
  EXPECT_THAT(Ids(Get("/v1/orders?updated_after=" + first)), ElementsAre("meituan-2"));
  EXPECT_EQ(Ids(Get("/v1/orders?placed_from=" + first)).size(), 2U);
  EXPECT_THAT(Ids(Get("/v1/orders?placed_to=" + first)), IsEmpty());
}

TEST_F(OrdersTest, RefusesValuesThatMeanNothing) {
  for (const char* query : {"status=plced", "limit=0", "limit=501", "limit=99999999999999999999",
                            "placed_from=yesterday", "placed_to=2026-11-22T11:00:00+08:00",
                            "cursor=zz", "cursor=00", "store=", "store=a&store=b", "store=%ff"}) {
    EXPECT_EQ(Refusal(std::string("/v1/orders?") + query), "400 invalid_parameter") << query;
  }
}

TEST_F(OrdersTest, ReadsOne) {
  Publish("1");
  const json order = Get("/v1/orders/meituan-1");
  EXPECT_EQ(order["id"], "meituan-1");
  EXPECT_EQ(order["customer"]["phone"], "13800000000");
}

TEST_F(OrdersTest, FindsNoOther) { EXPECT_EQ(Refusal("/v1/orders/meituan-9"), "404 not_found"); }

TEST_F(OrdersTest, MasksWhatIsPersonal) {
  Publish("1");
  const json one = Get("/v1/orders/meituan-1", "read");
  EXPECT_EQ(one["customer"]["phone"], "138****0000");
  EXPECT_EQ(Get("/v1/orders", "read")["data"][0], one);
}

TEST_F(OrdersTest, TellsWhetherACallerHasTheVersion) {
  Publish("1");
  EXPECT_EQ(Ask("GET", "/v1/orders/meituan-1").headers.Find("ETag"), "\"1\"");
  const net::Response same = AskIfNoneMatch(R"("0", W/"1")");
  EXPECT_EQ(same.status, 304U);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(same.headers.Find("ETag"), "\"1\"");
  Publish("1", "order.accepted");
  EXPECT_EQ(AskIfNoneMatch("\"1\"").status, 200U);
}

TEST_F(OrdersTest, TagsAMaskedAnswerApart) {
  Publish("1");
  EXPECT_EQ(AskIfNoneMatch("\"1\"", "read").status, 200U);
  EXPECT_EQ(AskIfNoneMatch("\"1-masked\"", "read").status, 304U);
}

TEST_F(OrdersTest, TellsWhichEntriesMadeAnOrder) {
  Publish("1");
  Publish("2");
  Publish("1", "order.accepted");
  const json timeline = Get("/v1/orders/meituan-1/timeline");
  ASSERT_EQ(timeline["data"].size(), 2U);
  const json& last = timeline["data"][1];
  EXPECT_EQ(last["position"], "0-3");
  EXPECT_EQ(last["kind"], "push");
  EXPECT_EQ(last["topic"], "order/paid");
  EXPECT_EQ(last["change"], json({{"seq", 3}, {"type", "order.accepted"}, {"version", 2}}));
}

TEST_F(OrdersTest, TellsTheChangeOfAnEntryThatIsGone) {
  Publish("1");
  AppendPush();
  storage_.first_entry = 2;
  const json timeline = Get("/v1/orders/meituan-1/timeline");
  ASSERT_EQ(timeline["data"].size(), 1U);
  EXPECT_TRUE(timeline["data"][0]["kind"].is_null());
  EXPECT_EQ(timeline["data"][0]["at"], ToRfc3339(clock_.Now()));
  EXPECT_EQ(timeline["data"][0]["change"]["type"], "order.placed");
}

TEST_F(OrdersTest, TellsTheEntryOfAChangeThatIsGone) {
  Publish("1");
  storage_.first_change = 2;
  const json timeline = Get("/v1/orders/meituan-1/timeline");
  EXPECT_EQ(timeline["data"][0]["kind"], "push");
  EXPECT_TRUE(timeline["data"][0]["change"].is_null());
}

// Whoever asks why an order is not in the feed looks here.
TEST_F(OrdersTest, ShowsOfAPartialOrderItsTimelineOnly) {
  const storage::Position position = AppendPush();
  PutPartial("meituan-5", {{.offset = position.offset, .seq = 0}});
  EXPECT_THAT(Ids(Get("/v1/orders")), IsEmpty());
  EXPECT_EQ(Refusal("/v1/orders/meituan-5"), "404 not_found");
  const json timeline = Get("/v1/orders/meituan-5/timeline");
  ASSERT_EQ(timeline["data"].size(), 1U);
  EXPECT_TRUE(timeline["data"][0]["change"].is_null());
}

TEST_F(OrdersTest, HasNoTimelineOfWhatIsNotThere) {
  EXPECT_EQ(Refusal("/v1/orders/meituan-9/timeline"), "404 not_found");
}

}  // namespace
}  // namespace weir::gateway::testing
