// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace weir::app::bench {

/// One HTTP answer, as views into the bytes it was read from.
struct Answer {
  unsigned status = 0;
  std::string_view fields;  ///< Status line and header fields, each with its line break.
  std::string_view body;
  std::size_t size = 0;  ///< Of the whole.

  /// The value of a field; empty when absent. `name` in any case.
  [[nodiscard]] std::string_view Field(std::string_view name) const;
};

/// The answer `bytes` begin with; nullopt while it is not complete. Knows only bodies with a
/// Content-Length; throws std::runtime_error for anything else.
[[nodiscard]] std::optional<Answer> ReadAnswer(std::string_view bytes);

}  // namespace weir::app::bench
