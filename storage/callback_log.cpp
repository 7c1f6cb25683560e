// SPDX-License-Identifier: Apache-2.0
#include "storage/callback_log.hpp"

#include "base/text.hpp"

namespace weir::storage {

std::string_view Name(CallbackStatus status) {
  switch (status) {
    case CallbackStatus::kDelivered:
      return "delivered";
    case CallbackStatus::kPending:
      return "pending";
    case CallbackStatus::kParked:
      return "parked";
  }
  return "";
}

std::string CallbackKey::ToText() const { return std::to_string(seq) + "." + subscription; }

std::optional<CallbackKey> CallbackKey::Parse(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos || dot + 1 == text.size()) return std::nullopt;
  const auto seq = ParseUint(text.substr(0, dot));
  if (!seq) return std::nullopt;
  return CallbackKey{.seq = *seq, .subscription = std::string(text.substr(dot + 1))};
}

}  // namespace weir::storage
