// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_city/shipment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "mapping/codes.hpp"
#include "mapping/decimal.hpp"
#include "mapping/sf_city/status.hpp"

namespace weir::mapping::sf_city {
namespace {

/// Whatever is longer is no code.
constexpr std::size_t kLongestCode = 32;

/// Degrees to six decimals, which is a hand's breadth: getcallbackinfo writes binary fractions out
/// ("113.90560399999999674").
std::optional<std::string> Degrees(const Value& value, int limit) {
  const std::string_view text = value.text();
  constexpr std::size_t kExact = 16;
  if (text.size() <= kExact) return ParseDegrees(text, limit);
  double degrees = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), degrees, std::chars_format::fixed);
  const bool read = error == std::errc() && end == text.data() + text.size();
  return read && degrees >= -limit && degrees <= limit
             ? ParseDegrees(fmt::format("{:.6f}", degrees), limit)
             : std::nullopt;
}

}  // namespace

std::vector<Member> SortedMembersOf(const simdjson::dom::object& object) {
  std::vector<Member> members = MembersOf(object);
  std::ranges::sort(members, {}, &Member::name);
  return members;
}

Shipment::Shipment(const simdjson::dom::object& object, const Setting& setting)
    : setting_(setting), fields_(SortedMembersOf(object)), reader_(facts_.issues) {
  const ContentDigest content = ContentOf(fields_.all());
  facts_.platform = kPlatform;
  model::ShipmentLook& look = facts_.look.emplace();
  // The answer to a question of state has other names for both numbers.
  const bool of_state = fields_.Has("out_order_id");
  facts_.number = of_state ? TakeText("out_order_id") : TakeText("shop_order_id");
  if (facts_.number.empty()) facts_.number = setting_.number;
  look.platform_no = fields_.Has("sf_order_id") ? TakeText("sf_order_id") : TakeText("order_id");
  if (!IsPlatformId(facts_.number)) facts_.number.clear();
  if (!IsPlatformId(look.platform_no)) look.platform_no.clear();
  if (facts_.number.empty()) facts_.waybill = look.platform_no;
  look.key.asked_at = setting_.asked_at.value_or(Instant{});
  look.key.digest = content;
}

bool Shipment::has_subject() const { return !facts_.number.empty() || !facts_.waybill.empty(); }

std::optional<Instant> Shipment::TakePushTime() {
  const auto at = reader_.Seconds("push_time", fields_.Take("push_time"));
  if (at) look().key.updated_at = *at;
  if (at && !setting_.asked_at) look().key.asked_at = *at;
  return at;
}

void Shipment::AddStep(Step step) {
  const StatusCode* const known = FindStatus(step.code);
  model::TrackingNode node;
  node.code = step.code.substr(0, kLongestCode);
  node.at = step.at;
  node.sent_at = setting_.asked_at ? setting_.asked_at : step.at;
  node.text = std::move(step.text);
  if (known != nullptr) {
    node.status = known->status;
  } else {
    facts_.issues.push_back({.code = "unknown_status", .detail = "order_status"});
  }
  const std::string& order = look().platform_no.empty() ? facts_.number : look().platform_no;
  node.key = fmt::format("{}/{}", order, node.code);
  if (step.at) node.key += fmt::format("/{}", UnixSeconds(*step.at));
  node.rider_name = std::move(step.rider_name);
  node.rider_phone = std::move(step.rider_phone);
  facts_.nodes.push_back(std::move(node));
}

void Shipment::AddPosition(std::optional<Instant> at) {
  const Value east = fields_.Take("rider_lng");
  const Value north = fields_.Take("rider_lat");
  if (east.empty() && north.empty()) return;
  auto longitude = Degrees(east, 180);
  auto latitude = Degrees(north, 90);
  if (!longitude) reader_.Malformed("rider_lng");
  if (!latitude) reader_.Malformed("rider_lat");
  // SF writes zeros where it does not know.
  if (!longitude || !latitude || (*longitude == "0" && *latitude == "0")) return;
  facts_.position = model::RiderPosition{.at = at ? at : setting_.asked_at,
                                         .latitude = std::move(*latitude),
                                         .longitude = std::move(*longitude),
                                         .coordinate_system = std::string(setting_.coordinates)};
}

void Shipment::AddRest(std::string_view name, std::string json) {
  if (!json.empty()) rest_.emplace_back(name, std::move(json));
}

model::ShipmentFacts Shipment::Take() {
  if (auto extra = MapExtra(fields_, rest_, {}, {})) look().extra = std::move(extra->members);
  return std::move(facts_);
}

}  // namespace weir::mapping::sf_city
