// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_city/answers.hpp"

#include <array>
#include <string>
#include <utility>

#include "mapping/codes.hpp"
#include "mapping/rest.hpp"
#include "mapping/sf_city/callbacks.hpp"
#include "mapping/sf_city/status.hpp"

namespace weir::mapping::sf_city {
namespace {

/// No order has so many steps; a list that goes on is cut, with an issue.
constexpr std::size_t kMostSteps = 300;

/// Of `deduction_detail`.
constexpr NameTable kDeductionNames({"deduction_fee"});

/// The first of these that is there: what is really paid, paid before coupons, or charged.
std::optional<Money> TakeFee(Shipment& shipment) {
  Fields& fields = shipment.fields();
  for (const Fields::Name name : {Fields::Name("real_pay_money"), Fields::Name("total_pay_money"),
                                  Fields::Name("total_price")}) {
    if (fields.Has(name)) return shipment.reader().Fen(name.text, fields.Take(name));
  }
  return std::nullopt;
}

std::optional<std::int64_t> TakeCount(Shipment& shipment, Fields::Name name) {
  return shipment.reader().Integer(name.text, shipment.fields().Take(name));
}

void MapCreated(Shipment& shipment) {
  Fields& fields = shipment.fields();
  model::ShipmentLook& look = shipment.look();
  const auto at = shipment.TakePushTime();
  shipment.AddStep({.code = std::to_string(kCreated),
                    .at = at,
                    .text = {},
                    .rider_name = {},
                    .rider_phone = {}});
  look.fee = TakeFee(shipment);
  look.tip = shipment.reader().Fen("gratuity_fee", fields.Take("gratuity_fee"));
  look.distance_m = TakeCount(shipment, "delivery_distance_meter");
  look.weight_g = TakeCount(shipment, "weight_gram");
  look.expected_at = shipment.reader().Seconds("expect_time", fields.Take("expect_time"));
  look.pickup_code = shipment.TakeText("pickup_code");
}

void MapCancelled(Shipment& shipment) {
  const auto at = shipment.TakePushTime();
  shipment.AddStep({.code = std::to_string(kCancelled),
                    .at = at,
                    .text = {},
                    .rider_name = {},
                    .rider_phone = {}});
  const auto detail =
      shipment.reader().Object("deduction_detail", shipment.fields().Take("deduction_detail"));
  if (!detail) return;
  Members<kDeductionNames> deduction(MembersOf(detail->root().object()));
  shipment.look().cancel_fee =
      shipment.reader().Fen("deduction_fee", deduction.Take("deduction_fee"));
  shipment.AddRest("deduction_detail", RestOf(deduction));
}

void MapTip(Shipment& shipment) {
  // The question for it is answered without a time; it was so when it was asked.
  if (!shipment.TakePushTime()) shipment.look().key.updated_at = shipment.look().key.asked_at;
  shipment.look().tip =
      shipment.reader().Fen("total_gratuity_fee", shipment.fields().Take("total_gratuity_fee"));
}

/// The state, whose `push_time` is taken for when it began, as in the sample; one source's words
/// for it leave open whether it is that.
void MapState(Shipment& shipment) {
  Fields& fields = shipment.fields();
  const std::string code(fields.Peek("order_status").text());
  if (code.empty()) return;
  fields.Take("order_status");
  Step step{.code = code,
            .at = shipment.TakePushTime(),
            .text = shipment.TakeText("status_desc"),
            .rider_name = {},
            .rider_phone = {}};
  if (NamesRider(code)) {
    step.rider_name = shipment.TakeText("rider_name");
    step.rider_phone = shipment.TakeText("rider_phone");
  }
  shipment.AddStep(std::move(step));
}

/// One step of the feed; false when it is none.
bool MapFeedStep(const Value& element, Shipment& shipment, RestList& rest) {
  if (!element.is_object()) return false;
  Fields fields(MembersOf(element.object()));
  const std::string code(fields.Take("order_status").text());
  if (code.empty()) return false;
  fields.Take("sf_order_id");
  fields.Take("shop_order_id");
  Step step{
      .code = code,
      .at = shipment.reader().LocalTime("create_time", fields.Take("create_time"), Zone::China()),
      .text = std::string(fields.Take("status_desc").text()),
      .rider_name = {},
      .rider_phone = {}};
  if (fields.Peek("content").text() == step.text) fields.Take("content");
  if (NamesRider(code)) {
    step.rider_name = fields.Take("operator_name").text();
    step.rider_phone = fields.Take("operator_phone").text();
  }
  rest.Add(fields, "order_status", code);
  shipment.AddStep(std::move(step));
  return true;
}

void MapFeed(Shipment& shipment) {
  shipment.TakePushTime();
  const auto feed = shipment.reader().Array("feed", shipment.fields().Take("feed"));
  if (!feed) return;
  RestList rest;
  std::size_t count = 0;
  for (const simdjson::dom::element element : feed->root().array()) {
    if (++count > kMostSteps || !MapFeedStep(Value(element), shipment, rest)) {
      shipment.reader().Malformed("feed");
    }
    if (count > kMostSteps) break;
  }
  shipment.AddRest("feed", rest.Take());
}

void MapPosition(Shipment& shipment) {
  const auto at = shipment.reader().Seconds("upload_time", shipment.fields().Take("upload_time"));
  shipment.AddPosition(at);
}

void MapOther(Shipment& shipment) { shipment.TakePushTime(); }

struct Action {
  std::string_view word;
  void (*map)(Shipment&);
};
constexpr std::array kActions{
    Action{"createorder", MapCreated},          Action{"cancelorder", MapCancelled},
    Action{"addordergratuityfee", MapTip},      Action{"getordergratuityfee", MapTip},
    Action{"getorderstatus", MapState},         Action{"listorderfeed", MapFeed},
    Action{"riderlatestposition", MapPosition},
};

/// The callbacks SF has kept of an order.
Mapped MapCallbacks(const Value& result, const Setting& setting) {
  Mapped mapped;
  std::size_t count = 0;
  for (const simdjson::dom::element element : result.array()) {
    std::optional<model::ShipmentFacts> facts;
    if (++count <= kMostSteps && element.is_object()) {
      facts = MapCallback(element.get_object().value_unsafe(), setting);
    }
    if (facts) {
      mapped.shipments.push_back(std::move(*facts));
    } else {
      mapped.unmappable = {.reason = "missing_subject",
                           .detail = "A callback names no order or no status, or is one too many.",
                           .in_part = true};
    }
    if (count > kMostSteps) break;
  }
  return mapped;
}

Mapped Refused(std::string reason, std::string detail) {
  Mapped mapped;
  mapped.unmappable = Unmappable{.reason = std::move(reason), .detail = std::move(detail)};
  return mapped;
}

}  // namespace

Mapped MapAnswer(std::string_view bytes, std::string_view action, const Setting& setting) {
  const auto document = JsonDocument::Parse(bytes);
  if (!document) return Refused("malformed_payload", document.error().message);
  const Value root(document->root());
  const Value result = MemberAt(root, "result");
  if (MemberAt(root, "error_code").text() != "0") {
    return Refused("malformed_payload", "The answer is none of SF's, or a refusal.");
  }
  if (result.is_array()) return MapCallbacks(result, setting);
  if (!result.is_object()) {
    // Done, and nothing said of what: that is enough where our number stands beside it.
    return setting.number.empty() ? Refused("malformed_payload", "The answer has no result.")
                                  : Mapped();
  }
  Shipment shipment(result.object(), setting);
  if (!shipment.has_subject()) return Refused("missing_subject", "The answer names no order.");
  const Action* const known = FindCode(kActions, action);
  (known == nullptr ? MapOther : known->map)(shipment);
  Mapped mapped;
  mapped.shipments.push_back(shipment.Take());
  return mapped;
}

}  // namespace weir::mapping::sf_city
