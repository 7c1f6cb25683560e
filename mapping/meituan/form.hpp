// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/error.hpp"

/// Meituan's pushes as they come: form-urlencoded, the values mostly encoded twice.
namespace weir::mapping::meituan {

/// How often values are percent-encoded. Meituan encodes each value, then the form once more
/// (protocol §1.5); older and simpler senders encode once.
enum class Encoding : std::uint8_t { kDouble, kSingle };

/// How a push's stored bytes are to be read; its name stands in the journal.
struct Dialect {
  Encoding encoding = Encoding::kDouble;
  /// The bytes are the request's query, a line feed and its body; else one of the two alone.
  bool query_and_body = false;
  friend bool operator==(const Dialect&, const Dialect&) = default;
};

/// "double", "single", "double+query", "single+query".
[[nodiscard]] std::string_view Name(Dialect dialect) noexcept;
[[nodiscard]] std::optional<Dialect> ParseDialect(std::string_view name) noexcept;

struct FormField {
  std::string_view name;
  std::string_view value;
};

/// A decoded form, sorted by name; equal names keep their order. A '%' that no two hex digits
/// follow stands for itself.
class Form {
 public:
  static constexpr std::size_t kMaxFields = 512;

  /// kMalformed when there are more than kMaxFields fields.
  [[nodiscard]] static Result<Form> Decode(std::string_view bytes, Dialect dialect);

  /// They point into the form and live as long as it.
  [[nodiscard]] std::span<const FormField> fields() const { return fields_; }
  [[nodiscard]] bool empty() const { return fields_.empty(); }
  /// The first value under `name`; empty when there is none.
  [[nodiscard]] std::string_view Find(std::string_view name) const;

  /// Digest of all fields but those that differ between copies of one message (IsTransport).
  [[nodiscard]] ContentDigest Content() const;

 private:
  Form() = default;

  std::unique_ptr<char[]> arena_;
  std::vector<FormField> fields_;
};

/// app_id, access_token, timestamp and sig: they say how a message travelled, not what it says.
[[nodiscard]] bool IsTransport(std::string_view name) noexcept;

}  // namespace weir::mapping::meituan
