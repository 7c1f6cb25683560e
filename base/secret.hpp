// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace weir {

/// Text that must not be seen: it has no operator<< and no formatter, so it cannot be logged by
/// accident. Reveal() marks each place that really needs the text.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] std::string_view Reveal() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  /// To see that a configuration changed. What somebody presents is compared with
  /// ConstantTimeEqual.
  friend bool operator==(const Secret&, const Secret&) = default;

 private:
  std::string text_;
};

}  // namespace weir
