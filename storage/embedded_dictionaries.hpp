// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// What embed_dictionaries.cmake makes of storage/dictionaries/.
namespace weir::storage {

struct EmbeddedDictionary {
  std::uint32_t id;
  std::string_view name;
  std::span<const unsigned char> bytes;
};

/// Sorted by file name.
[[nodiscard]] std::span<const EmbeddedDictionary> EmbeddedDictionaries() noexcept;

}  // namespace weir::storage
