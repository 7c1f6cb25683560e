// SPDX-License-Identifier: Apache-2.0
#include "model/order_codec.hpp"

#include <algorithm>
#include <functional>
#include <string_view>
#include <tuple>

namespace weir::model {
namespace {

constexpr std::uint8_t kFirstVersion = 1;
/// Each adds what no order before it had. A state is written in the first that holds it.
constexpr std::uint8_t kWithFlows = 2;
constexpr std::uint8_t kWithCertificates = 3;
constexpr std::uint8_t kWithShipment = 4;

std::uint8_t VersionOf(const OrderParts& parts) {
  if (!parts.shipment.empty()) return kWithShipment;
  if (!parts.certificates.empty()) return kWithCertificates;
  const bool flows = !parts.flows.empty() || parts.told_mode != DeliveryMode::kUnknown;
  return flows ? kWithFlows : kFirstVersion;
}

/// The same for writing and for reading.
void DescribeVersion(auto& archive, Same<OrderParts> auto& parts, std::uint8_t version) {
  archive(parts);
  if (version >= kWithFlows) DescribeAdded(archive, parts);
  if (version >= kWithCertificates) DescribeCertificates(archive, parts);
  if (version >= kWithShipment) DescribeShipment(archive, parts);
}

/// Whether `range` is strictly ascending by `key`.
template <typename Range, typename Key>
bool Ascends(const Range& range, Key key) {
  return std::ranges::adjacent_find(range, std::ranges::greater_equal{}, key) == range.end();
}

bool IsCanonical(const TimedDelivery& delivery) {
  const auto& [latest, latest_end, delivered] = delivery;
  return delivered ? !latest && latest_end.has_value() : !latest_end || latest >= latest_end;
}

bool IsCanonical(const RefundFlow& flow) {
  const auto out_of_order = [](const FlowStep& a, const FlowStep& b) { return !Precedes(a, b); };
  return !flow.name.empty() && !flow.steps.empty() &&
         std::ranges::adjacent_find(flow.steps, out_of_order) == flow.steps.end();
}

/// What merging never makes, decoding does not accept.
bool IsCanonical(const OrderParts& parts) {
  const auto event_identity = [](const DeliveryEvent& e) {
    return std::tie(e.digest, e.status, e.rider_name, e.rider_phone);
  };
  const auto told = [](const Refund& refund) { return !refund.steps.empty(); };
  const auto known = [](const Certificate& one) { return !one.id.empty() && !one.facts.empty(); };
  return IsCanonical(parts.timed_delivery) && std::ranges::all_of(parts.refunds, told) &&
         Ascends(parts.statuses,
                 [](const StatusSeen& s) { return std::pair(s.status, s.cause); }) &&
         Ascends(parts.untimed_delivery.events, event_identity) &&
         Ascends(parts.refunds, [](const Refund& r) { return std::string_view(r.id); }) &&
         Ascends(parts.flows, [](const RefundFlow& f) { return std::string_view(f.name); }) &&
         std::ranges::all_of(parts.flows,
                             [](const RefundFlow& flow) { return IsCanonical(flow); }) &&
         std::ranges::all_of(parts.certificates, known) &&
         Ascends(parts.certificates, [](const Certificate& c) { return std::string_view(c.id); }) &&
         Ascends(parts.extras, [](const ExtraFact& e) { return std::string_view(e.event); }) &&
         Ascends(parts.issues, [](const Issue& i) { return std::tie(i.code, i.detail); });
}

}  // namespace

void OrderState::Encode(std::string& out) const {
  const OrderParts& parts = *impl_;
  const std::uint8_t version = VersionOf(parts);
  BinaryWriter(out).U8(version);
  Encoder encode(out);
  DescribeVersion(encode, parts, version);
}

Result<OrderState> OrderState::Decode(std::string_view bytes) {
  const std::uint8_t version = bytes.empty() ? 0 : static_cast<std::uint8_t>(bytes.front());
  if (version < kFirstVersion || version > kWithShipment) {
    return Fail(ErrorKind::kMalformed, "A stored order is empty or of an unknown version.");
  }
  OrderState state;
  OrderParts& parts = *state.impl_;
  Decoder decoder(bytes.substr(1));
  DescribeVersion(decoder, parts, version);
  if (!decoder.done() || !IsCanonical(parts) || VersionOf(parts) != version) {
    return Fail(ErrorKind::kMalformed, "A stored order is damaged.");
  }
  return state;
}

}  // namespace weir::model
