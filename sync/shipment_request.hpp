// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "model/consignment.hpp"
#include "sync/dispatch_policy.hpp"

namespace weir::sync {

/// What `shipment.create` asks for: the arguments of that command.
struct ShipmentRequest {
  std::string order;  ///< The record's id; may be empty.
  std::string store;  ///< May be empty.
  model::Consignment consignment;
  DispatchPolicy policy;
  std::vector<std::string> tried;  ///< Couriers that were asked before, for the same thing.
  std::string predecessor;         ///< The shipment it takes the place of; may be empty.
  friend bool operator==(const ShipmentRequest&, const ShipmentRequest&) = default;
};

/// The members that a caller may give, read strictly: kRejected "bad_request", "unknown_parameter"
/// or "invalid_parameter" with a sentence that names the member and what was expected.
[[nodiscard]] Result<ShipmentRequest> ReadShipmentRequest(std::string_view body);

/// As the command keeps it, JSON, and back; the same members and those of a successor.
[[nodiscard]] std::string EncodeShipmentRequest(const ShipmentRequest& request);
[[nodiscard]] Result<ShipmentRequest> DecodeShipmentRequest(std::string_view arguments);

/// Such arguments without people's names, numbers and addresses.
[[nodiscard]] nlohmann::json WithoutPeople(nlohmann::json arguments);

}  // namespace weir::sync
