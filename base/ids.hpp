// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace weir {

/// Text that names one kind of thing; kinds do not mix. Ids are text everywhere, because 64-bit
/// and longer platform ids lose digits as numbers.
template <typename Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)) {}

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  std::string text_;
};

using MerchantId = Id<struct MerchantTag>;
using ConnectionId = Id<struct ConnectionTag>;
using StoreId = Id<struct StoreTag>;
using OrderId = Id<struct OrderTag>;

/// Whether a text may be an id that a person chooses: 1 to 64 of letters, digits, '-', '_' and '.'.
[[nodiscard]] bool IsPlainId(std::string_view text);

/// The canonical id of what a platform created: `<platform>-<its id>`, odd characters
/// percent-encoded.
[[nodiscard]] std::string PlatformRecordId(std::string_view platform, std::string_view platform_id);

}  // namespace weir

template <typename Tag>
struct std::hash<weir::Id<Tag>> {
  std::size_t operator()(const weir::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};
