// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_city/callbacks.hpp"

#include <utility>
#include <vector>

#include "mapping/codes.hpp"
#include "mapping/sf_city/dialects.hpp"
#include "mapping/sf_city/status.hpp"

namespace weir::mapping::sf_city {
namespace {

/// One published receiver has a blank behind "sf_cancel".
std::string_view WithoutBlanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// The status a callback of this kind tells where it names none; empty when it tells none.
std::string ImpliedBy(std::string_view kind) {
  const CallbackKind* const known = FindCode(kCallbackKinds, kind);
  return known != nullptr && known->implied ? std::to_string(*known->implied) : std::string();
}

}  // namespace

std::optional<model::ShipmentFacts> MapCallback(const simdjson::dom::object& object,
                                                const Setting& setting) {
  Shipment shipment(object, setting);
  Fields& fields = shipment.fields();
  const std::string_view kind = WithoutBlanks(fields.Take("url_index").text());
  const bool named = !fields.Peek("order_status").text().empty();
  const std::string code = named ? shipment.TakeText("order_status") : ImpliedBy(kind);
  if (!shipment.has_subject() || code.empty()) return std::nullopt;
  const auto at = shipment.TakePushTime();
  const bool trouble = fields.Has("ex_content");
  Step step{.code = code,
            .at = at,
            .text = trouble ? shipment.TakeText("ex_content") : shipment.TakeText("status_desc"),
            .rider_name = {},
            .rider_phone = {}};
  if (NamesRider(code)) {
    step.rider_name = shipment.TakeText("operator_name");
    step.rider_phone = shipment.TakeText("operator_phone");
    shipment.AddPosition(at);
  }
  shipment.AddStep(std::move(step));
  shipment.look().cancel_reason = shipment.TakeText("cancel_reason");
  shipment.look().expected_at =
      shipment.reader().Seconds("expect_time", fields.Take("expect_time"));
  return shipment.Take();
}

Callback ReadCallback(std::string_view body, std::string_view dialect) {
  Callback callback;
  const auto document = JsonDocument::Parse(body);
  if (!document || !document->root().is_object()) {
    ContentHasher hasher;
    hasher.Update(body);
    callback.content = hasher.Finish();
    callback.mapped.unmappable = {"malformed_payload", "The callback is no JSON object."};
    return callback;
  }
  const simdjson::dom::object object = document->root().get_object().value_unsafe();
  const Value root(document->root());
  callback.kind = WithoutBlanks(MemberAt(root, "url_index").text());
  std::vector<model::Issue> unused;
  callback.sent_at = FieldReader(unused).Seconds("push_time", MemberAt(root, "push_time"));
  callback.content = ContentOf(SortedMembersOf(object));
  if (auto facts = MapCallback(
          object,
          {.number = {}, .asked_at = std::nullopt, .coordinates = CoordinatesOf(dialect)})) {
    callback.mapped.shipments.push_back(std::move(*facts));
  } else if (FindCode(kCallbackKinds, std::string_view(callback.kind)) != nullptr) {
    callback.mapped.unmappable = {"missing_subject", "The callback names no order, or no status."};
  } else {
    callback.mapped.unmappable = {"unknown_topic", "The callback's kind is not known."};
  }
  return callback;
}

}  // namespace weir::mapping::sf_city
