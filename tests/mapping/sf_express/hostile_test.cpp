// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/sf_express/samples.hpp"

namespace weir::mapping::sf_express {
namespace {

constexpr std::array kTopics{kCreateOrder,  kSearchOrder, kUpdateOrder,  kCancelTopic, kSubWaybills,
                             kSearchRoutes, kQueryFee,    kPromisedTime, kIntercept};

/// What holds of anything mapped: it is about somebody, or the reason is said.
void Check(const Mapped& mapped) {
  for (const auto& facts : mapped.shipments) {
    EXPECT_TRUE(!facts.number.empty() || !facts.waybill.empty());
    EXPECT_TRUE(!facts.look || facts.look->extra.empty() || json::accept(facts.look->extra));
  }
  EXPECT_TRUE(!mapped.unmappable || !mapped.unmappable->reason.empty());
}

TEST(Hostile, AnswersAreMappedOrRefused) {
  const json odd{json(nullptr),
                 json("x"),
                 json(7),
                 json(true),
                 json::array(),
                 json::object(),
                 json{json::array({1})},
                 json{{"routes", {{{"routes", 1}}}}}};
  for (const std::string_view topic : kTopics) {
    for (const json& value : odd) {
      Check(MapAnswered(topic, AnswerOf(value)));
      for (const char* name : {"orderId", "waybillNoInfoList", "routeResps", "waybillInfo",
                               "waybillFeeList", "promiseTm", "searchNo", "filterResult"}) {
        Check(MapAnswered(topic, AnswerOf({{"orderId", kNumber}, {name, value}})));
      }
    }
  }
}

TEST(Hostile, EnvelopesAreMappedOrRefused) {
  for (const char* body : {"", "[]", "{}", "null", R"({"apiResultCode":"A1000"})",
                           R"({"apiResultCode":"A1000","apiResultData":"{"})",
                           R"({"apiResultCode":"A1000","apiResultData":[1]})",
                           R"({"apiResultCode":{},"apiResultData":{}})"}) {
    const auto mapped = MapAnswered(kSearchOrder, body);
    ASSERT_TRUE(mapped.unmappable) << body;
    EXPECT_EQ(mapped.unmappable->reason, "malformed_payload") << body;
  }
}

TEST(Hostile, NodesAreMappedOrRefused) {
  for (const json& value : {json(nullptr), json("\u0000x"), json(1e300), json::array({1}),
                            json::object(), json(std::string(100'000, 'x'))}) {
    for (const char* name : {"mailno", "orderid", "acceptTime", "acceptAddress", "remark", "opCode",
                             "reasonCode", "id"}) {
      Check(MapPushed("routes", kJsonDialect,
                      PushOf(json::array({RouteOf(99, "2026-11-22 11:00:00", {{name, value}})}))));
    }
  }
}

TEST(Hostile, RemarksMayHoldAnything) {
  for (const char* remark :
       {"派件人", "派件人:", "派件人：,电话：", "电话:", "SF", "SF123", "SFSFSF1234567890123",
        "\xff\xfe 派件人:\xff", "新单号为SF99999999999999999"}) {
    const json route = {{"mailno", kWaybill}, {"opCode", "648"}, {"remark", "x"}};
    std::string body = PushOf(json::array({route}));
    body.replace(body.find("\"x\""), 3, "\"" + std::string(remark) + "\"");
    Check(MapPushed("routes", kJsonDialect, body));
  }
}

TEST(Hostile, PagesThatAreNoneAreRefused) {
  const auto mapped =
      Map({.pulled = true, .dialect = kPagesDialect, .topic = kSearchOrder, .bytes = "x"});
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
}

}  // namespace
}  // namespace weir::mapping::sf_express
