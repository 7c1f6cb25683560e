// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "tests/mapping/meituan/samples.hpp"

/// Whatever comes in, the map returns: these tests live from the sanitizers they run under.
namespace weir::mapping::meituan {
namespace {

std::size_t Orders(std::string_view body) {
  return Map({.dialect = "double", .topic = "order/paid", .bytes = body}).orders.size();
}

TEST(Hostile, EveryPrefixOfAPushMaps) {
  const std::string body = ReadData("push_order_paid.form.txt");
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_LE(Orders(std::string(body, 0, size)), 1U);
  }
}

TEST(Hostile, EveryPrefixOfAnAnswerIsMalformedOrMaps) {
  const std::string json = ReadData("response_getOrderDetail.json");
  for (std::size_t size = 0; size + 2 < json.size(); ++size) {
    const auto mapped = MapAnswer(json.substr(0, size));
    ASSERT_TRUE(mapped.unmappable);
    EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
  }
}

RC_GTEST_PROP(Hostile, AnyFieldMayHoldAnything, (const std::string& junk)) {
  const auto text = *rc::gen::elementOf(std::vector<std::string>{
      junk, "[" + junk + "]", "-1", "99999999999999999999", "1e9", "[]", "{}", "[[[[", "null",
      R"([{"price":"x","quantity":-1}])", R"([1,"a",null,[]])"});
  FieldMap fields = Paid();
  fields[*rc::gen::elementOf(std::vector<std::string>{
      "detail", "extras", "poi_receive_detail", "total", "ctime", "status", "latitude",
      "recipient_phone", "recipient_address", "delivery_time", "shipping_fee"})] = text;
  const auto facts = OnlyOrder(MapPush(fields));
  RC_ASSERT(facts.snapshot.has_value());
  RC_ASSERT(facts.platform_order_id == "10000000001");
}

TEST(Hostile, ALongIdIsNoId) {
  const auto mapped = MapPush({{"order_id", std::string(65, '1')}, {"status", "2"}}, "order/paid");
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_EQ(mapped.unmappable->reason, "missing_subject");
}

TEST(Hostile, SumsThatOverflowAreUnknown) {
  const auto facts = MapPaid(
      {{"detail", R"([{"price":"90000000000000000","quantity":2},{"price":"1","quantity":1}])"}});
  EXPECT_FALSE(facts.snapshot->totals.items);
  EXPECT_EQ(facts.snapshot->issues.at(0),
            (model::Issue{.code = "malformed_field", .detail = "detail.quantity"}));
}

TEST(Hostile, DeepJsonCostsOnlyItsField) {
  const std::string deep = std::string(200, '[') + std::string(200, ']');
  const auto facts = MapPaid({{"detail", deep.c_str()}});
  EXPECT_FALSE(facts.snapshot->items);
  EXPECT_EQ(facts.snapshot->totals.paid, Money::FromFen(3150));
}

TEST(Hostile, TooManyFieldsAreMalformed) {
  std::string body;
  for (int i = 0; i < 600; ++i) {
    body += "f" + std::to_string(i) + "=1&";
  }
  const auto mapped = Map({.dialect = "double", .topic = "order/paid", .bytes = body});
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
}

}  // namespace
}  // namespace weir::mapping::meituan
