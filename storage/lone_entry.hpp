// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/disk.hpp"
#include "base/error.hpp"
#include "storage/entry.hpp"
#include "storage/key_ring.hpp"

/// An entry in a file of its own: a group of one, with chain 0 and no segment.
namespace weir::storage {

[[nodiscard]] std::string LoneEntryPath(const std::string& folder, std::uint64_t offset);
/// The other way round; nullopt for the name of another file.
[[nodiscard]] std::optional<std::uint64_t> LoneEntryOffset(std::string_view name);

/// Durable, whole or not at all, in the place of an earlier one. `keys` may be null where nothing
/// is sealed.
[[nodiscard]] Result<void> WriteLoneEntry(Disk& disk, const std::string& folder, const Entry& entry,
                                          KeyRing* keys);

/// kNotFound when there is no such file; kMalformed when it is damaged or holds another entry.
[[nodiscard]] Result<Entry> ReadLoneEntry(Disk& disk, const std::string& path, Position position,
                                          const KeyRing* keys);

}  // namespace weir::storage
