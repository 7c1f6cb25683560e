// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/instant.hpp"
#include "mapping/mapped.hpp"
#include "mapping/sf_city/shipment.hpp"

namespace weir::mapping::sf_city {

/// A callback of SF's, read once (protocol §2.4).
struct Callback {
  std::string kind;                ///< `url_index` without blanks around it; empty: it has none.
  std::optional<Instant> sent_at;  ///< When the status changed, which is when it is first sent.
  ContentDigest content;           ///< Of all members, whatever their order.
  Mapped mapped;
};

/// Reads and maps the body of a callback, which is written in `dialect`.
[[nodiscard]] Callback ReadCallback(std::string_view body, std::string_view dialect);

/// What one callback says, pushed or as an element of getcallbackinfo; nothing when it names no
/// order or says nothing of it.
[[nodiscard]] std::optional<model::ShipmentFacts> MapCallback(const simdjson::dom::object& object,
                                                              const Setting& setting);

}  // namespace weir::mapping::sf_city
