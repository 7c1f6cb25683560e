// SPDX-License-Identifier: Apache-2.0
#include "app/demo/audit.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weir::app::demo {
namespace {

using nlohmann::json;
using simulators::Counts;
using simulators::Event;
using simulators::OrderTruth;
using simulators::RefundTruth;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

OrderTruth Truth() {
  OrderTruth truth;
  truth.id = "27001";
  truth.total = 3200;
  truth.discounts = 500;
  truth.refunded = 1500;
  truth.commission = 310;
  truth.income = 2810;
  truth.lines = 1;
  truth.status = "completed";
  truth.delivery = "delivered";
  truth.refunds = {RefundTruth{.id = "7001", .amount = 1500, .steps = {}, .status = "refunded"}};
  truth.events = {Event{.topic = "order/paid", .what = "status 2", .sent = 1, .answered_ok = 1}};
  return truth;
}

json Record() {
  return json::parse(R"({"id":"meituan-27001","version":4,"status":"completed",
    "items":[{"line":"1"}],
    "totals":{"paid":3200,"discounts":500,"refunded":1500,"commission":310,"merchant_income":2810},
    "refunds":[{"id":"7001","status":"refunded","amount":1500}],
    "delivery":{"status":"delivered"}})");
}

FeedLog FeedOf(const json& record) {
  FeedLog log;
  const json page = {{"next", 1},
                     {"data", json::array({{{"seq", 1},
                                            {"type", "order.placed"},
                                            {"subject", record.at("id")},
                                            {"at", "2026-11-22T03:00:00.000Z"},
                                            {"version", record.at("version")},
                                            {"data", record}}})}};
  EXPECT_TRUE(log.Take(page.dump()).has_value());
  return log;
}

Audit AuditOf(const OrderTruth& truth, const std::optional<json>& record, const json& seen) {
  Audit audit({"meituan"});
  const FeedLog log = FeedOf(seen);
  audit.CheckFeed(log, 1);
  const auto found = log.records().find("meituan-27001");
  audit.CheckOrder("meituan", truth, record,
                   found == log.records().end() ? nullptr : &found->second);
  return audit;
}

TEST(Audit, PassesWhatAgrees) {
  const Audit audit = AuditOf(Truth(), Record(), Record());
  EXPECT_TRUE(audit.ok());
  EXPECT_THAT(audit.differences(), IsEmpty());
}

struct Mutation {
  const char* what;
  const char* path;
  json value;
  const char* difference;
};

class Mutated : public testing::TestWithParam<Mutation> {};

TEST_P(Mutated, RecordIsFound) {
  json record = Record();
  record[json::json_pointer(GetParam().path)] = GetParam().value;
  const Audit audit = AuditOf(Truth(), record, record);
  EXPECT_FALSE(audit.ok());
  EXPECT_EQ(audit.wrong(), 1U);
  EXPECT_THAT(audit.differences(), testing::ElementsAre(HasSubstr(GetParam().difference)));
}

INSTANTIATE_TEST_SUITE_P(
    Audit, Mutated,
    testing::Values(
        Mutation{"status", "/status", "cancelled",
                 R"(status is "cancelled", the platform says "completed")"},
        Mutation{"paid_by_a_fen", "/totals/paid", 3201, "paid is 3201, the platform says 3200"},
        Mutation{"paid_as_a_float", "/totals/paid", 3200.5, "paid is 3200.5"},
        Mutation{"discounts", "/totals/discounts", 499, "discounts is 499"},
        Mutation{"refunded", "/totals/refunded", 0, "refunded is 0"},
        Mutation{"commission", "/totals/commission", nullptr, "commission is null"},
        Mutation{"income", "/totals/merchant_income", 2811, "merchant income is 2811"},
        Mutation{"items", "/items", json::array(), "number of items is 0"},
        Mutation{"refund_status", "/refunds/0/status", "approved",
                 R"(refunds is {"7001":"approved"})"},
        Mutation{"refund_id", "/refunds/0/id", "7002", R"(refunds is {"7002":"refunded"})"},
        Mutation{"no_totals", "/delivery/status", nullptr, "delivery is null"}),
    [](const auto& mutation) { return std::string(mutation.param.what); });

TEST(Audit, TakesUnknownAmountsForNull) {
  OrderTruth truth = Truth();
  truth.commission.reset();
  json record = Record();
  record["totals"]["commission"] = nullptr;
  EXPECT_TRUE(AuditOf(truth, record, record).ok());
}

TEST(Audit, MissesAnOrder) {
  const Audit audit = AuditOf(Truth(), std::nullopt, Record());
  EXPECT_THAT(audit.differences(), Contains(HasSubstr("does not find it")));
}

TEST(Audit, FindsAnOrderTheFeedNeverMentioned) {
  Audit audit({"meituan"});
  audit.CheckOrder("meituan", Truth(), Record(), nullptr);
  EXPECT_THAT(audit.differences(), Contains(HasSubstr("the feed never mentioned it")));
}

TEST(Audit, FindsAnotherVersionInTheFeed) {
  json seen = Record();
  seen["version"] = 3;
  EXPECT_THAT(AuditOf(Truth(), Record(), seen).differences(),
              Contains(HasSubstr("last word is version 3, the API says 4")));
}

TEST(Audit, FindsOtherContentInTheFeed) {
  json seen = Record();
  seen["remark"] = "x";
  EXPECT_THAT(AuditOf(Truth(), Record(), seen).differences(),
              Contains(HasSubstr("with other content")));
}

TEST(Audit, PassesOverWhatWasNeverAnnounced) {
  OrderTruth truth = Truth();
  truth.events.front().answered_ok = 0;
  Audit audit({"meituan"});
  audit.CheckOrder("meituan", truth, std::nullopt, nullptr);
  EXPECT_EQ(audit.wrong(), 0U);
}

TEST(Audit, FindsAPushWithoutAnswer) {
  OrderTruth truth = Truth();
  truth.events.push_back(Event{.topic = "order/completed", .what = "status 8", .sent = 3});
  EXPECT_THAT(AuditOf(truth, Record(), Record()).differences(),
              Contains(HasSubstr("has not answered ok")));
}

TEST(Audit, FindsAnOrderThePlatformDoesNotKnow) {
  Audit audit({"meituan"});
  audit.CheckKnown({"meituan-27001", "meituan-666"}, {"meituan-27001"});
  EXPECT_THAT(audit.differences(), testing::ElementsAre(HasSubstr("meituan-666")));
}

TEST(Audit, FindsAnAcceptedForgery) {
  Audit audit = AuditOf(Truth(), Record(), Record());
  audit.CheckForgeries("meituan", Counts{.forged = 9, .forged_accepted = 1});
  EXPECT_FALSE(audit.ok());
  EXPECT_EQ(audit.wrong(), 1U);
}

TEST(Audit, FindsAReaderThatStaysBehind) {
  Audit audit({"meituan"});
  audit.CheckFeed(FeedOf(Record()), 2);
  EXPECT_THAT(audit.differences(), Contains(HasSubstr("ends at 2, its reader stands at 1")));
}

TEST(Audit, TakesTheFeedsFaultsOver) {
  FeedLog log = FeedOf(Record());
  log.Complain("3 comes after 1");
  Audit audit({"meituan"});
  audit.CheckFeed(log, 1);
  EXPECT_EQ(audit.wrong(), 1U);
}

TEST(Audit, FailsWhenNothingFlowed) {
  const Audit audit({"meituan"});
  EXPECT_EQ(audit.wrong(), 0U);
  EXPECT_FALSE(audit.ok());
}

TEST(Audit, FailsWhenOnePlatformIsSilent) {
  Audit audit({"meituan", "eleme"});
  const FeedLog log = FeedOf(Record());
  audit.CheckFeed(log, 1);
  audit.CheckOrder("meituan", Truth(), Record(), &log.records().at("meituan-27001"));
  EXPECT_EQ(audit.wrong(), 0U);
  EXPECT_FALSE(audit.ok());
}

TEST(Audit, CountsByPlatform) {
  Audit audit({"meituan", "eleme"});
  audit.CheckKnown({"meituan-1", "eleme-1", "eleme-2"}, {"meituan-1", "eleme-1"});
  const auto known = std::ranges::find_if(
      audit.checks(), [](const Audit::Check& check) { return check.checked > 0; });
  EXPECT_EQ(known->of_platform.at("eleme"), 2U);
  EXPECT_EQ(known->wrong, 1U);
}

TEST(Audit, FailsWhenACallFailed) {
  Audit audit = AuditOf(Truth(), Record(), Record());
  audit.NoteFailure("GET /v1/orders: 500");
  EXPECT_FALSE(audit.ok());
}

TEST(Audit, KeepsTheFirstDifferencesOnly) {
  Audit audit({"meituan"});
  for (int i = 0; i < 1000; ++i) audit.NoteFailure("no");
  EXPECT_EQ(audit.differences().size(), 50U);
  EXPECT_EQ(audit.wrong(), 1000U);
}

}  // namespace
}  // namespace weir::app::demo
