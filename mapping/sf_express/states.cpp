// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_express/states.hpp"

#include <fmt/format.h>

#include <utility>

#include "mapping/rest.hpp"
#include "mapping/sf_express/status.hpp"

namespace weir::mapping::sf_express {
namespace {

constexpr NameTable kStateNames({"carrierCode", "empPhone", "lastTime", "netCode", "orderNo",
                                 "orderStateCode", "orderStateDesc", "waybillNo"});
using State = Members<kStateNames>;

}  // namespace

std::optional<model::ShipmentFacts> MapPushedState(std::vector<Member> record,
                                                   const ContentDigest& content) {
  State state(std::move(record));
  model::ShipmentFacts facts = FactsOf(state.Take("orderNo").text());
  facts.waybill = state.Take("waybillNo").text();
  if (facts.number.empty() && facts.waybill.empty()) return std::nullopt;
  state.Take("carrierCode");
  FieldReader reader(facts.issues);
  model::TrackingNode node;
  const std::string_view time = state.Peek("lastTime").text();
  node.at = TimeIn(reader, "lastTime", state.Take("lastTime"));
  node.code = state.Take("orderStateCode").text();
  node.text = state.Take("orderStateDesc").text();
  node.place = state.Take("netCode").text();
  node.rider_phone = state.Take("empPhone").text();
  node.key = fmt::format("{}/{}/{}/{}", facts.number.empty() ? facts.waybill : facts.number,
                         node.code, time, node.text);
  if (const StateCode* const row = FindCode(kStateCodes, std::string_view(node.code))) {
    node.status = row->status;
  }
  facts.nodes.push_back(std::move(node));
  if (std::string rest = RestOf(state); !rest.empty()) {
    model::ShipmentLook& look = facts.look.emplace();
    look.key.digest = content;
    look.extra = std::move(rest);
  }
  return facts;
}

}  // namespace weir::mapping::sf_express
