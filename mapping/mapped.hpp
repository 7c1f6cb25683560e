// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "model/menu_facts.hpp"
#include "model/order_facts.hpp"
#include "model/review_facts.hpp"
#include "model/shipment_facts.hpp"
#include "model/store_facts.hpp"

namespace weir::mapping {

/// What the map looks at: one entry's payload and the few words of its envelope that say how it is
/// written. The map is a pure function of this.
struct Payload {
  bool pulled = false;  ///< A platform's answer to our read; else a push.
  std::string_view dialect;
  std::string_view topic;
  std::string_view bytes;
  Instant received_at{};  ///< Pushes: when it came. Reads: when our request was sent.
};

/// Why a payload could not be mapped: a code of the closed list in openapi.json and one sentence.
struct Unmappable {
  std::string reason;  ///< "malformed_payload", "missing_order_id", "unknown_topic" ...
  std::string detail;  ///< Never personal data.
  /// Only a part of the payload is meant (a message among others): what the rest says takes effect.
  bool in_part = false;
};

/// What one payload says. A payload may say nothing at all (a probe): then all is empty.
struct Mapped {
  std::vector<model::OrderFacts> orders;
  std::vector<model::StoreFact> stores;
  std::vector<model::ConnectionFact> connections;
  std::vector<model::ReviewFacts> reviews{};
  std::vector<model::MenuFacts> menus{};
  std::vector<model::StoreProfile> profiles{};
  std::vector<model::ShipmentFacts> shipments{};
  std::optional<Unmappable> unmappable;
};

using Mapper = Mapped (*)(const Payload&);

}  // namespace weir::mapping
