// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>

/// The actions that read (protocol §1.6).
namespace weir::connectors::eleme {

struct ReadAction {
  std::string_view name;                     ///< "eleme.order.getOrder"
  std::array<std::string_view, 5> params{};  ///< All of them must be given; unused ones are empty.
  bool of_app = false;                       ///< Called without a token.
};

[[nodiscard]] std::span<const ReadAction> ReadActions();
/// Null when it is none of them.
[[nodiscard]] const ReadAction* FindReadAction(std::string_view name);

}  // namespace weir::connectors::eleme
