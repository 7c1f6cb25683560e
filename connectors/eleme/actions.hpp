// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>

/// The actions that read (protocol §1.6), and the one that says which failed messages were read:
/// what may be asked for twice. Where the protocol page names no parameters they are those of the
/// vendor's own clients.
namespace weir::connectors::eleme {

struct ReadAction {
  std::string_view name;                     ///< "eleme.order.getOrder"
  std::array<std::string_view, 6> params{};  ///< All of them must be given; unused ones are empty.
  bool of_app = false;                       ///< Called without a token.
};

[[nodiscard]] std::span<const ReadAction> ReadActions();
/// Null when it is none of them.
[[nodiscard]] const ReadAction* FindReadAction(std::string_view name);

}  // namespace weir::connectors::eleme
