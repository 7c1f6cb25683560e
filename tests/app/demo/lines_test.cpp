// SPDX-License-Identifier: Apache-2.0
#include "app/demo/lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "app/demo/audit.hpp"
#include "app/demo/gateway_client.hpp"

namespace weir::app::demo {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::EndsWith;
using testing::HasSubstr;

Change Accepted() {
  return {.seq = 12,
          .type = "order.accepted",
          .subject = "meituan-27001",
          .at = *ParseRfc3339("2026-11-22T03:00:01.234Z"),
          .version = 2,
          .data = nlohmann::json::parse(
              R"({"display_no":"7","status":"accepted","totals":{"paid":3205,"refunded":0}})")};
}

TEST(ChangeLine, SaysWhatAReaderWantsToKnow) {
  const std::string line = ChangeLine(Accepted());
  EXPECT_TRUE(line.starts_with("03:00:01.234 "));
  for (const char* word :
       {" 12 ", "order.accepted", "meituan-27001", " 7 ", " accepted ", "32.05", "0.00\n"}) {
    EXPECT_THAT(line, HasSubstr(word));
  }
}

TEST(ChangeLine, StandsUnderItsHeading) {
  EXPECT_EQ(ChangeLine(Accepted()).size(), ChangeHeading().size());
  EXPECT_EQ(ChangeLine(Accepted()).find("32.05") + 5, ChangeHeading().find("paid") + 4);
}

TEST(ChangeLine, LeavesOutWhatIsNotThere) {
  Change change = Accepted();
  change.data = nlohmann::json::object();
  EXPECT_THAT(ChangeLine(change), EndsWith(" -\n"));
}

Change TakenOver() {
  return {.seq = 13,
          .type = "shipment.created",
          .subject = "shp-2",
          .at = *ParseRfc3339("2026-11-22T03:00:01.234Z"),
          .version = 1,
          .data = nlohmann::json::parse(
              R"({"status":"created","connection":"dada-main","fee":1250,"tracking":[{},{}],
                  "predecessor":"shp-1"})")};
}

TEST(ShipmentLine, SaysWhatAReaderWantsToKnow) {
  const std::string line = ShipmentLine(TakenOver());
  for (const char* words :
       {"shipment.created", "shp-2", "dada-main", "12.50", " 2 steps", "in the place of shp-1\n"}) {
    EXPECT_THAT(line, HasSubstr(words));
  }
}

TEST(ShipmentLine, LeavesOutWhatIsNotThere) {
  Change change = TakenOver();
  change.data = nlohmann::json::object();
  EXPECT_THAT(ShipmentLine(change), EndsWith(" 0 steps\n"));
}

TEST(Mishaps, AreCancelsAndWhatTakesTheirPlace) {
  Change change = TakenOver();
  EXPECT_TRUE(IsMishap(change));
  change.data["predecessor"] = nullptr;
  EXPECT_FALSE(IsMishap(change));
  change.type = "shipment.status_changed";
  EXPECT_FALSE(IsMishap(change));
  change.data["status"] = "cancelled";
  EXPECT_TRUE(IsMishap(change));
}

TEST(RatesLine, GivesRatesOverTheTimeThatPassed) {
  const Figures before{.orders = 5, .pushes = 100, .answered_ok = 90, .changes = 50};
  const Figures now{.orders = 15,
                    .pushes = 300,
                    .answered_ok = 290,
                    .duplicates = 10,
                    .refused = 4,
                    .changes = 150};
  const std::string line = RatesLine(seconds(12), before, now, milliseconds(2000), milliseconds(7));
  for (const char* words : {"12 s", "15 orders", "100 pushes", "100 ok", "5 duplicates",
                            "2 refused", "50 changes", "7 ms"}) {
    EXPECT_THAT(line, HasSubstr(words));
  }
}

TEST(RatesLine, NeverGoesBelowZero) {
  EXPECT_THAT(RatesLine(seconds(1), {.pushes = 9}, {.pushes = 3}, milliseconds(0), {}),
              HasSubstr(" 0 pushes"));
}

TEST(LivingTable, HasALineForEachPlatform) {
  const std::vector<Row> rows = {
      {"Meituan", {.orders = 11, .pushes = 22, .duplicates = 3, .refused = 4, .callbacks = 5}},
      {"Ele.me", {.orders = 6}}};
  const std::string table = LivingTable(seconds(9), rows, milliseconds(8));
  EXPECT_EQ(std::ranges::count(table, '\n'), 4);
  EXPECT_THAT(table, HasSubstr("\nEle.me "));
  EXPECT_THAT(table, EndsWith("9 s, the feed's reader is 8 ms behind\n"));
}

TEST(LivingTable, IsPrintedOverItself) {
  EXPECT_EQ(Over("", "a\nb\n"), "a\x1b[K\nb\x1b[K\n");
  EXPECT_EQ(Over("a\nb\n", "c\n"), "\x1b[2Fc\x1b[K\n");
}

TEST(LivingTable, FitsATerminal) {
  constexpr std::uint64_t kMany = 9'999'999;
  const Figures most{kMany, kMany, kMany, kMany, kMany, kMany, kMany};
  const std::string table = LivingTable(seconds(86'400), {{"Meituan", most}}, milliseconds(9999));
  for (std::size_t begin = 0; begin < table.size();) {
    const std::size_t end = table.find('\n', begin);
    EXPECT_LT(end - begin, 80U) << table.substr(begin, end - begin);
    begin = end + 1;
  }
}

TEST(CourierTable, HasALineForEachCourier) {
  const std::vector<CourierRow> rows = {
      {"Dada", {.shipments = 11, .cancelled = 3, .taken_over = 2}}, {"SF city", {}}};
  const std::string table = CourierTable(rows);
  EXPECT_EQ(std::ranges::count(table, '\n'), 3);
  EXPECT_THAT(table, HasSubstr("\nDada "));
  EXPECT_THAT(CourierLine(rows), HasSubstr("| Dada: 11 carried, 3 cancelled, 2 taken over | SF"));
}

TEST(CourierTable, FitsATerminal) {
  constexpr std::uint64_t kMany = 999'999;
  const CourierFigures most{kMany, kMany, kMany, kMany, kMany, kMany, kMany, 9'999};
  const std::string table = CourierTable({{"SF Express", most}});
  EXPECT_LT(table.find('\n'), 80U);
  EXPECT_LT(table.size() - table.find('\n') - 2, 80U);
}

TEST(Figures, AddUpOverThePlatforms) {
  const Figures sum = Sum({{"a", {.orders = 1, .callbacks = 2}}, {"b", {.orders = 3}}});
  EXPECT_EQ(sum.orders, 4U);
  EXPECT_EQ(sum.callbacks, 2U);
}

TEST(AuditText, HasAColumnForEachPlatform) {
  Audit audit({"meituan", "eleme"});
  audit.CheckForgeries("eleme", {.forged = 31});
  const std::string text = AuditText({&audit});
  EXPECT_THAT(text, HasSubstr(" meituan   eleme checked wrong\n"));
  EXPECT_THAT(text, HasSubstr("      31      31     0\n"));
}

TEST(AuditText, FitsATerminalWithFourPlatforms) {
  const Audit audit({"meituan", "eleme", "douyin", "doudian"});
  const std::string text = AuditText({&audit});
  EXPECT_LE(text.find('\n'), 80U);
}

TEST(AuditText, EndsWithTheVerdict) {
  Audit audit({"meituan"});
  EXPECT_THAT(AuditText({&audit}), EndsWith("audit: failed, nothing flowed\n"));
  audit.NoteFailure("GET /v1/orders: 500");
  EXPECT_THAT(AuditText({&audit}), HasSubstr("wrong: GET /v1/orders: 500\n"));
  EXPECT_THAT(AuditText({&audit}), EndsWith("audit: failed, 1 differences\n"));
}

TEST(MetricOf, SumsOverLabels) {
  const std::string page =
      "# HELP hits hits 3\nhits 5\nhits_total{a=\"1\"} 2\nhits_total{a=\"2\"} 40\nhits_totals 9";
  EXPECT_EQ(MetricOf(page, "hits"), 5);
  EXPECT_EQ(MetricOf(page, "hits_total"), 42);
  EXPECT_EQ(MetricOf(page, "hits_totals"), 9);
  EXPECT_EQ(MetricOf(page, "misses"), 0);
}

}  // namespace
}  // namespace weir::app::demo
