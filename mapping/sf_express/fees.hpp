// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/digest.hpp"
#include "mapping/sf_express/event.hpp"

/// What a waybill costs, in yuan, and what it weighs, in kilograms (protocol §1.10, §1.12).
namespace weir::mapping::sf_express {

/// Of an answer's `msgData`. The fee is the sum of the list, unknown where one of it cannot be
/// read. Nothing when it names neither waybill nor number.
[[nodiscard]] std::optional<model::ShipmentFacts> MapFee(const Value& message, const Asked& asked);

/// Of one record of a push (recalled): the same under other names.
[[nodiscard]] std::optional<model::ShipmentFacts> MapPushedFee(std::vector<Member> record,
                                                               const ContentDigest& content);

}  // namespace weir::mapping::sf_express
