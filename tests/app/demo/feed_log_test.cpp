// SPDX-License-Identifier: Apache-2.0
#include "app/demo/feed_log.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weir::app::demo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string Item(int seq, const std::string& type, const std::string& subject, int version) {
  return fmt::format(
      R"({{"seq":{},"id":"demo-{}","type":"{}","subject":"{}","at":"2026-11-22T03:00:00.000Z",)"
      R"("version":{},"data":{{"id":"{}","version":{}}}}})",
      seq, seq, type, subject, version, subject, version);
}

std::string Page(const std::vector<std::string>& items, int next) {
  return fmt::format(R"({{"data":[{}],"next":{}}})", fmt::join(items, ","), next);
}

TEST(FeedLog, GivesTheChangesOfAPage) {
  FeedLog log;
  const auto changes = log.Take(Page({Item(1, "order.placed", "a", 1)}, 1));
  ASSERT_TRUE(changes && changes->size() == 1);
  EXPECT_EQ(changes->front().seq, 1U);
  EXPECT_EQ(changes->front().type, "order.placed");
  EXPECT_EQ(changes->front().subject, "a");
  EXPECT_EQ(ToRfc3339(changes->front().at), "2026-11-22T03:00:00.000Z");
  EXPECT_EQ(changes->front().data.at("id"), "a");
}

TEST(FeedLog, KeepsTheLastOfEachSubject) {
  FeedLog log;
  ASSERT_TRUE(
      log.Take(Page({Item(1, "order.placed", "a", 1), Item(2, "order.placed", "b", 3)}, 2)));
  ASSERT_TRUE(log.Take(Page({Item(3, "order.accepted", "a", 2)}, 3)));
  EXPECT_EQ(log.changes(), 3U);
  EXPECT_EQ(log.last_seq(), 3U);
  EXPECT_EQ(log.records().at("a").version, 2U);
  EXPECT_EQ(log.records().at("a").data, R"({"id":"a","version":2})");
  EXPECT_EQ(log.records().at("b").version, 3U);
  EXPECT_EQ(log.faults(), 0U);
}

TEST(FeedLog, TakesAnEmptyPage) {
  FeedLog log;
  ASSERT_TRUE(log.Take(Page({}, 0)));
  EXPECT_EQ(log.faults(), 0U);
}

struct Story {
  const char* what;
  std::vector<std::string> items;
  int next;
  const char* fault;
};

class Faults : public testing::TestWithParam<Story> {};

TEST_P(Faults, AreFound) {
  FeedLog log;
  ASSERT_TRUE(log.Take(Page(GetParam().items, GetParam().next)));
  EXPECT_EQ(log.faults(), 1U);
  EXPECT_THAT(log.first_faults(), ElementsAre(HasSubstr(GetParam().fault)));
}

INSTANTIATE_TEST_SUITE_P(
    FeedLog, Faults,
    testing::Values(
        Story{"a_gap",
              {Item(1, "order.placed", "a", 1), Item(3, "order.placed", "b", 1)},
              3,
              "3 comes after 1"},
        Story{"a_repeat",
              {Item(1, "order.placed", "a", 1), Item(1, "order.placed", "b", 1)},
              1,
              "1 comes after 1"},
        Story{"a_late_beginning", {Item(2, "order.placed", "a", 1)}, 2, "2 comes after 0"},
        Story{"an_old_version",
              {Item(1, "order.placed", "a", 2), Item(2, "order.accepted", "a", 2)},
              2,
              "takes it from version 2 to 2"},
        Story{"no_placing", {Item(1, "order.accepted", "a", 1)}, 1, "is its first change"},
        Story{"two_placings",
              {Item(1, "order.placed", "a", 1), Item(2, "order.placed", "a", 2)},
              2,
              "comes again"},
        Story{"a_skipping_cursor", {Item(1, "order.placed", "a", 1)}, 5, "go on after 5"}),
    [](const auto& story) { return std::string(story.param.what); });

TEST(FeedLog, LetsAnIncompleteOrderBePlacedLater) {
  FeedLog log;
  ASSERT_TRUE(
      log.Take(Page({Item(1, "order.incomplete", "a", 1), Item(2, "order.placed", "a", 2)}, 2)));
  EXPECT_EQ(log.faults(), 0U);
}

TEST(FeedLog, ExpectsNoPlacingOfStores) {
  FeedLog log;
  ASSERT_TRUE(log.Take(Page({Item(1, "store.status_changed", "sh-001", 1)}, 1)));
  EXPECT_EQ(log.faults(), 0U);
}

TEST(FeedLog, FindsAGapBetweenPages) {
  FeedLog log;
  ASSERT_TRUE(log.Take(Page({Item(1, "order.placed", "a", 1)}, 1)));
  ASSERT_TRUE(log.Take(Page({Item(3, "order.placed", "b", 1)}, 3)));
  EXPECT_EQ(log.faults(), 1U);
}

TEST(FeedLog, RefusesWhatIsNoPage) {
  for (const char* text : {"", "[]", "{}", R"({"data":[{}],"next":1})", R"({"data":7,"next":1})",
                           R"({"data":[{"seq":"1"}],"next":1})"}) {
    FeedLog log;
    const auto changes = log.Take(text);
    ASSERT_FALSE(changes.has_value()) << text;
    EXPECT_EQ(changes.error().kind, ErrorKind::kMalformed) << text;
    EXPECT_EQ(log.changes(), 0U) << text;
  }
}

TEST(FeedLog, CountsMoreFaultsThanItKeeps) {
  FeedLog log;
  for (int i = 0; i < 100; ++i) log.Complain("something");
  EXPECT_EQ(log.faults(), 100U);
  EXPECT_EQ(log.first_faults().size(), 20U);
}

}  // namespace
}  // namespace weir::app::demo
