// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_express/status.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/mapping/sf_express/samples.hpp"

namespace weir::mapping::sf_express {
namespace {

using Status = model::ShipmentStatus;

std::optional<Status> StatusOf(int op_code, const std::string& reason = "") {
  return NodeOf(RouteOf(op_code, "2026-11-22 11:00:00", {{"reasonCode", reason}})).status;
}

TEST(OpCodes, AreAllOfThePlatformsList) {
  std::set<std::int64_t> documented;
  for (const json& row : json::parse(ReadData("route_opcodes.json"))) {
    documented.insert(std::stoll(row.at("opCode").get<std::string>()));
  }
  std::set<std::int64_t> known;
  for (const OpCode& row : kOpCodes) known.insert(row.code);
  EXPECT_EQ(known, documented);
  EXPECT_EQ(known.size(), 140U);
}

TEST(OpCodes, MeanWhatTheProtocolSuggests) {
  const std::map<Status, std::vector<int>> suggested = {
      {Status::kPickedUp, {54, 43, 50, 607, 655, 700, 701, 950, 51}},
      {Status::kInTransit, {30, 31, 36, 10,  11,  105, 106, 302, 304, 405, 406, 570, 571, 3036,
                            99, 14, 15, 604, 606, 16,  17,  18,  611, 612, 619, 623, 126}},
      {Status::kOutForDelivery, {44, 204, 123, 34, 630}},
      {Status::kAwaitingPickup, {125, 130, 642, 658, 678}},
      {Status::kException, {33, 70, 66, 72, 77, 833, 870}},
      {Status::kDelivered, {80, 128, 679, 935, 97}},
      {Status::kReturned, {648}},
      {Status::kReturning, {631}},
  };
  for (const auto& [status, codes] : suggested) {
    for (const int code : codes) EXPECT_EQ(StatusOf(code), status) << code;
  }
}

TEST(OpCodes, ThatOnlyAddMoveNothing) {
  for (const int code : {8000, 135, 140, 84}) EXPECT_EQ(StatusOf(code), std::nullopt) << code;
}

TEST(OpCodes, UnknownOnesMoveNothingAndAreSaid) {
  const auto facts = Only(MapPushed("routes", kJsonDialect,
                                    PushOf(json::array({RouteOf(4711, "2026-11-22 11:00:00")}))));
  EXPECT_EQ(facts.nodes.at(0).status, std::nullopt);
  EXPECT_EQ(facts.nodes.at(0).code, "4711");
  EXPECT_EQ(facts.issues,
            (std::vector<model::Issue>{{.code = "unknown_status", .detail = "opCode 4711"}}));
}

TEST(Reasons, DecideWhatAnOperationMeans) {
  struct Row {
    int op;
    const char* reason;
    Status status;
  };
  for (const Row& row :
       {Row{8000, "6", Status::kFailed}, Row{8000, "2", Status::kFailed},
        Row{70, "46", Status::kCancelled}, Row{70, "83", Status::kAwaitingPickup},
        Row{70, "85", Status::kAwaitingPickup}, Row{99, "2", Status::kReturning},
        Row{33, "83", Status::kAwaitingPickup}, Row{33, "85", Status::kAwaitingPickup}}) {
    EXPECT_EQ(StatusOf(row.op, row.reason), row.status) << row.op << "+" << row.reason;
  }
}

TEST(Reasons, OutrankTheSameNodeWithoutThem) {
  const auto with = NodeOf(RouteOf(70, "2026-11-22 11:00:00", {{"reasonCode", "46"}}));
  const auto without = NodeOf(RouteOf(70, "2026-11-22 11:00:00"));
  EXPECT_EQ(with.key, without.key);
  EXPECT_GT(with.precedence, without.precedence);
}

TEST(Reasons, ThatAreUnknownChangeNothing) {
  EXPECT_EQ(StatusOf(70, "99"), Status::kException);
  EXPECT_EQ(StatusOf(80, "2"), Status::kDelivered);
}

}  // namespace
}  // namespace weir::mapping::sf_express
