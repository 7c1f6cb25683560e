// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"

namespace weir::gateway {

/// What a list's `limit` may be.
inline constexpr std::size_t kMaxPage = 500;
inline constexpr std::size_t kDefaultPage = 100;

/// The query of a call, strict: unknown, repeated and empty ones are refused, and each value is
/// checked when it is read. The message of an error names the parameter and what was expected.
class Parameters {
 public:
  /// kRejected names an unknown parameter (remote_code "unknown_parameter") or a broken, repeated
  /// or empty one ("invalid_parameter").
  [[nodiscard]] static Result<Parameters> Parse(std::string_view query,
                                                std::span<const std::string_view> known);

  [[nodiscard]] bool Has(const std::string& name) const { return values_.contains(name); }
  [[nodiscard]] std::string Text(const std::string& name) const;  ///< Empty when absent.
  [[nodiscard]] Result<std::uint64_t> Number(const std::string& name, std::uint64_t absent,
                                             std::uint64_t low, std::uint64_t high) const;
  [[nodiscard]] Result<std::optional<Instant>> Time(const std::string& name) const;
  [[nodiscard]] Result<std::vector<std::string>> List(const std::string& name) const;  ///< By ','.
  [[nodiscard]] Result<std::size_t> Limit() const;

  /// Of what a list is about: merchant and filters, without `limit` and `cursor`.
  [[nodiscard]] std::uint64_t Fingerprint(std::string_view merchant) const;

 private:
  std::map<std::string, std::string> values_;
};

/// kRejected with remote_code "invalid_parameter".
[[nodiscard]] std::unexpected<Error> InvalidParameter(std::string_view name,
                                                      std::string_view expected);

}  // namespace weir::gateway
