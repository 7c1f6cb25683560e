// SPDX-License-Identifier: Apache-2.0
#include "storage/entry.hpp"

#include <limits>

#include "base/text.hpp"

namespace weir::storage {

std::string Position::ToText() const {
  return std::to_string(shard) + "-" + std::to_string(offset);
}

std::optional<Position> Position::Parse(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto shard = ParseUint(text.substr(0, dash));
  const auto offset = ParseUint(text.substr(dash + 1));
  if (!shard || !offset || *shard > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  const Position position{.shard = static_cast<std::uint32_t>(*shard), .offset = *offset};
  // One position has one text: leading zeros would make two.
  if (position.ToText() != text) return std::nullopt;
  return position;
}

std::string_view Name(EntryKind kind) noexcept {
  switch (kind) {
    case EntryKind::kPush:
      return "push";
    case EntryKind::kPulled:
      return "pulled";
    case EntryKind::kCommand:
      return "command";
    case EntryKind::kSetting:
      return "setting";
    case EntryKind::kAttempt:
      return "attempt";
    case EntryKind::kOutcome:
      return "outcome";
    case EntryKind::kToken:
      return "token";
    case EntryKind::kTick:
      return "tick";
    case EntryKind::kEpoch:
      return "epoch";
    case EntryKind::kRedrive:
      return "redrive";
    case EntryKind::kRepublish:
      return "republish";
    case EntryKind::kWindow:
      return "window";
    case EntryKind::kRequest:
      return "request";
  }
  return "unknown";
}

}  // namespace weir::storage
