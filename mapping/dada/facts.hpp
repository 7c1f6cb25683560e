// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/instant.hpp"
#include "mapping/dada/map.hpp"
#include "mapping/dada/status.hpp"
#include "model/shipment_facts.hpp"

/// What the parts of the map share; private to this module.
namespace weir::mapping::dada {

[[nodiscard]] inline Mapped Refused(std::string reason, std::string detail) {
  Mapped mapped;
  mapped.unmappable = Unmappable{.reason = std::move(reason), .detail = std::move(detail)};
  return mapped;
}
[[nodiscard]] inline Mapped Malformed(std::string detail) {
  return Refused("malformed_payload", std::move(detail));
}

/// Facts of the shipment `number`, which say nothing yet.
[[nodiscard]] inline model::ShipmentFacts FactsOf(std::string_view number) {
  model::ShipmentFacts facts;
  facts.platform = kPlatform;
  facts.number = number;
  return facts;
}

/// What tells one step from another (protocol §7.4): status, second, rider and why it is repeated.
[[nodiscard]] inline std::string NodeKey(std::string_view code, std::optional<Instant> at,
                                         std::string_view rider, std::string_view repeat = {}) {
  return fmt::format("{}/{}/{}/{}", code, at ? fmt::format("{}", UnixSeconds(*at)) : "", rider,
                     repeat);
}

/// The status that `code` stands for. A code nobody knows moves none and is an issue.
[[nodiscard]] inline std::optional<model::ShipmentStatus> StatusOf(std::optional<std::int64_t> code,
                                                                   std::string_view text,
                                                                   model::ShipmentFacts& facts) {
  const StatusCode* const row = code ? FindCode(kStatusCodes, *code) : nullptr;
  if (row != nullptr) return row->status;
  facts.issues.push_back(
      {.code = "unknown_status", .detail = fmt::format("status {}", text.substr(0, 16))});
  return std::nullopt;
}

}  // namespace weir::mapping::dada
