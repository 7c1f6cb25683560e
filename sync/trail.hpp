// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::sync {

/// One entry that touched a record, and the change it made of it.
struct TrailItem {
  std::uint64_t offset = 0;  ///< Of the entry.
  std::uint64_t seq = 0;     ///< Of the change it published; 0 when it published none.
};

/// Which entries made a record what it is, oldest first: the source of its timeline. At most
/// kMaxTrail items; the oldest go first.
inline constexpr std::size_t kMaxTrail = 512;

[[nodiscard]] std::string EncodeTrail(const std::vector<TrailItem>& trail);
[[nodiscard]] std::vector<TrailItem> DecodeTrail(std::string_view bytes);

}  // namespace weir::sync
