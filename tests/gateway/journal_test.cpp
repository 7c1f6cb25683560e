// SPDX-License-Identifier: Apache-2.0
#include "sync/mappers.hpp"
#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class JournalTest : public ApiTest {
 protected:
  static std::vector<std::string> Positions(const json& page) {
    std::vector<std::string> positions;
    for (const json& entry : page["data"]) positions.push_back(entry["position"]);
    return positions;
  }

  storage::Position AppendOf(storage::EntryKind kind, std::string connection = "mt-main",
                             std::string payload = "p") {
    return Append({.kind = kind, .merchant = "demo", .connection = std::move(connection)},
                  std::move(payload));
  }

  /// Every position of the list, page by page.
  std::vector<std::string> Walk(const std::string& list, int max_pages) {
    std::vector<std::string> all;
    std::string target = list;
    for (int pages = 0; pages < max_pages; ++pages) {
      const json page = Get(target);
      for (const std::string& position : Positions(page)) all.push_back(position);
      if (page["next_cursor"].is_null()) return all;
      target = list + "&cursor=" + page["next_cursor"].get<std::string>();
    }
    ADD_FAILURE() << list << " has no end";
    return all;
  }
};

TEST_F(JournalTest, ListsNewestFirst) {
  for (int i = 0; i < 3; ++i) AppendPush();
  const json page = Get("/v1/journal");
  EXPECT_THAT(Positions(page), ElementsAre("0-3", "0-2", "0-1"));
  EXPECT_EQ(page["data"][0]["kind"], "push");
  EXPECT_EQ(page["data"][0]["bytes"], 1);
  EXPECT_TRUE(page["next_cursor"].is_null());
}

TEST_F(JournalTest, ListsAnEmptyJournal) {
  EXPECT_EQ(Ask("GET", "/v1/journal").body, R"({"data":[],"next_cursor":null})");
}

TEST_F(JournalTest, PagesThroughAllOfThem) {
  for (int i = 0; i < 5; ++i) AppendPush();
  EXPECT_THAT(Walk("/v1/journal?limit=2", 3), ElementsAre("0-5", "0-4", "0-3", "0-2", "0-1"));
}

TEST_F(JournalTest, IsNotMovedByWhatComesInMeanwhile) {
  for (int i = 0; i < 3; ++i) AppendPush();
  const std::string cursor = Get("/v1/journal?limit=1")["next_cursor"];
  AppendPush();
  EXPECT_THAT(Positions(Get("/v1/journal?limit=1&cursor=" + cursor)), ElementsAre("0-2"));
}

TEST_F(JournalTest, FiltersByConnectionAndKind) {
  AppendOf(storage::EntryKind::kPush, "a");
  AppendOf(storage::EntryKind::kPulled, "a");
  AppendOf(storage::EntryKind::kPush, "b");
  EXPECT_THAT(Positions(Get("/v1/journal?connection=a")), ElementsAre("0-2", "0-1"));
  EXPECT_THAT(Positions(Get("/v1/journal?kind=push")), ElementsAre("0-3", "0-1"));
  EXPECT_THAT(Positions(Get("/v1/journal?kind=push&connection=a")), ElementsAre("0-1"));
}

TEST_F(JournalTest, ShowsOnlyTheMerchantsOwn) {
  AppendPush("p", "other");
  AppendPush();
  EXPECT_THAT(Positions(Get("/v1/journal")), ElementsAre("0-2"));
  EXPECT_EQ(Refusal("/v1/journal/0-1"), "404 not_found");
}

TEST_F(JournalTest, FindsTheFewAmongTheMany) {
  AppendOf(storage::EntryKind::kSetting);
  for (int i = 0; i < 1'200; ++i) AppendPush();
  AppendOf(storage::EntryKind::kSetting);
  EXPECT_THAT(Walk("/v1/journal?kind=setting", 2), ElementsAre("0-1202", "0-1"));
  EXPECT_EQ(Walk("/v1/journal?kind=push&limit=500", 4).size(), 1'200U);
}

// A filter that nothing passes must not read a whole journal for one call.
TEST_F(JournalTest, LooksAtABoundedNumberOfEntriesForOnePage) {
  AppendOf(storage::EntryKind::kSetting);
  for (int i = 0; i < 20'500; ++i) AppendPush();
  const json page = Get("/v1/journal?kind=setting");
  EXPECT_THAT(Positions(page), IsEmpty());
  EXPECT_FALSE(page["next_cursor"].is_null());
  EXPECT_THAT(Walk("/v1/journal?kind=setting", 2), ElementsAre("0-1"));
}

TEST_F(JournalTest, BeginsWhereItIsKept) {
  for (int i = 0; i < 4; ++i) AppendPush();
  storage_.first_entry = 3;
  EXPECT_THAT(Walk("/v1/journal?limit=1", 3), ElementsAre("0-4", "0-3"));
  EXPECT_EQ(Refusal("/v1/journal/0-2"), "404 not_found");
}

TEST_F(JournalTest, RefusesValuesThatMeanNothing) {
  for (const char* query : {"kind=psh", "state=folded", "cursor=3", "cursor=0-03", "limit=0",
                            "state=quarantined&kind=push"}) {
    EXPECT_EQ(Refusal(std::string("/v1/journal?") + query), "400 invalid_parameter") << query;
  }
}

TEST_F(JournalTest, ListsWhatIsInQuarantine) {
  const storage::Position parked = AppendPush();
  AppendPush();
  Quarantine(parked);
  const json page = Get("/v1/journal?state=quarantined");
  EXPECT_THAT(Positions(page), ElementsAre("0-1"));
  EXPECT_EQ(page["data"][0]["reason"], "unknown_topic");
}

TEST_F(JournalTest, FiltersAndPagesTheQuarantine) {
  for (int i = 0; i < 6; ++i) Quarantine(AppendPush(), i % 2 == 0 ? "a" : "b");
  EXPECT_THAT(Walk("/v1/journal?state=quarantined&connection=a&limit=2", 2),
              ElementsAre("0-5", "0-3", "0-1"));
  EXPECT_EQ(Walk("/v1/journal?state=quarantined&limit=2", 3).size(), 6U);
}

TEST_F(JournalTest, ReadsOneWithItsPayload) {
  AppendPush("order_id=1&caution=\"x\"");
  const json entry = Get("/v1/journal/0-1");
  EXPECT_EQ(entry["payload"], "order_id=1&caution=\"x\"");
  EXPECT_EQ(entry["encoding"], "text");
  EXPECT_EQ(entry["topic"], "order/paid");
}

TEST_F(JournalTest, WritesBytesThatAreNoTextAsBase64) {
  AppendPush("\xff\x00z");
  AppendPush(std::string("\xff\x00z", 3));
  const json entry = Get("/v1/journal/0-2");
  EXPECT_EQ(entry["encoding"], "base64");
  EXPECT_EQ(entry["payload"], "/wB6");
}

TEST_F(JournalTest, KeepsThePayloadFromKeysWithoutPersonalData) {
  AppendPush("name=secret");
  const json entry = Get("/v1/journal/0-1", "read");
  EXPECT_TRUE(entry["payload"].is_null());
  EXPECT_TRUE(entry["encoding"].is_null());
}

TEST_F(JournalTest, ShowsTokensToNobody) {
  AppendOf(storage::EntryKind::kToken, "mt-main", "access");
  EXPECT_TRUE(Get("/v1/journal/0-1")["payload"].is_null());
}

TEST_F(JournalTest, ShowsOfARedriveWhatItCarries) {
  const sync::Redriven carried{{0, 9}, {.merchant = "demo"}, "old"};
  AppendOf(storage::EntryKind::kRedrive, "mt-main", sync::EncodeRedriven(carried));
  const json entry = Get("/v1/journal/0-1");
  EXPECT_EQ(entry["redrives"], "0-9");
  EXPECT_EQ(entry["payload"], "old");
}

TEST_F(JournalTest, TellsHowFarAnEntryIs) {
  AppendPush();
  EXPECT_EQ(Get("/v1/journal/0-1")["state"], "pending");
  Apply({});
  EXPECT_EQ(Get("/v1/journal/0-1")["state"], "folded");
  Quarantine({0, 1});
  const json entry = Get("/v1/journal/0-1");
  EXPECT_EQ(entry["state"], "quarantined");
  EXPECT_EQ(entry["reason"], "unknown_topic");
}

TEST_F(JournalTest, FindsNothingAtWhatIsNoPosition) {
  AppendPush();
  for (const char* position : {"0-0", "0-2", "1-1", "0-01", "x", "0-18446744073709551615"}) {
    EXPECT_EQ(Refusal(std::string("/v1/journal/") + position), "404 not_found") << position;
  }
}

}  // namespace
}  // namespace weir::gateway::testing
