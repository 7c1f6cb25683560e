// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "mapping/field_reader.hpp"
#include "mapping/members.hpp"
#include "model/shipment_facts.hpp"

namespace weir::mapping::sf_express {

/// Whom an answer is about, and when it was asked for.
struct Asked {
  std::string_view number;  ///< Ours; empty where nobody wrote it in.
  Instant at{};
};

/// Facts of one shipment, as yet without any.
[[nodiscard]] inline model::ShipmentFacts FactsOf(std::string_view number) {
  model::ShipmentFacts facts;
  facts.platform = "sf_express";
  facts.number = number;
  return facts;
}

/// "2026-11-22 11:00:00" of China's clocks; a broken one is an issue.
[[nodiscard]] inline std::optional<Instant> TimeIn(FieldReader& reader, std::string_view name,
                                                   const Value& value) {
  return reader.LocalTime(name, value, Zone::China());
}

/// The members of an object; none when the value is anything else.
[[nodiscard]] inline std::vector<Member> Inside(const Value& value) {
  return value.is_object() ? MembersOf(value.object()) : std::vector<Member>();
}

/// Adds a waybill that is not among them.
void AddWaybill(std::vector<model::Waybill>& waybills, std::string_view number,
                model::WaybillKind kind);

}  // namespace weir::mapping::sf_express
