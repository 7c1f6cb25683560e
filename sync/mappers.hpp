// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "base/error.hpp"
#include "mapping/mapped.hpp"
#include "storage/entry.hpp"

namespace weir::sync {

/// The map of each platform, by platform word. Filled in app's registry.
using Mappers = std::unordered_map<std::string, mapping::Mapper>;

/// An old entry carried whole inside a `redrive` entry, so that a redrive needs nothing but itself.
struct Redriven {
  storage::Position position;  ///< Where it stood; offset 0 when it never was an entry (a refusal).
  storage::Envelope envelope;
  std::string payload;
};

[[nodiscard]] std::string EncodeRedriven(const Redriven& redriven);
[[nodiscard]] Result<Redriven> DecodeRedriven(std::string_view bytes);

/// What the entry says, by its platform's map; empty for kinds that carry no platform payload.
/// A redrive entry is mapped as the entry it carries.
[[nodiscard]] std::shared_ptr<mapping::Mapped> MapEntry(const Mappers& mappers,
                                                        const storage::Entry& entry);

}  // namespace weir::sync
