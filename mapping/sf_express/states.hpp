// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/digest.hpp"
#include "mapping/sf_express/event.hpp"

namespace weir::mapping::sf_express {

/// How the pick-up of an order stands (protocol §1.12, its codes recalled): a node, which moves a
/// status only where its code's meaning is plain. Nothing when it names neither waybill nor number.
[[nodiscard]] std::optional<model::ShipmentFacts> MapPushedState(std::vector<Member> record,
                                                                 const ContentDigest& content);

}  // namespace weir::mapping::sf_express
