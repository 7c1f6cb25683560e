// SPDX-License-Identifier: Apache-2.0
#pragma once

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

/// The query of a call, strict: unknown and repeated names are refused, and each value is checked
/// when it is read. The message of an error names the parameter and what was expected.
class Parameters {
 public:
  /// kRejected names an unknown parameter (remote_code "unknown_parameter") or a broken or repeated
  /// one ("invalid_parameter").
  [[nodiscard]] static Result<Parameters> Parse(std::string_view query,
                                                std::span<const std::string_view> known);

  [[nodiscard]] std::string Text(const std::string& name) const;  ///< Empty when absent.
  [[nodiscard]] Result<std::uint64_t> Number(const std::string& name, std::uint64_t absent,
                                             std::uint64_t low, std::uint64_t high) const;
  [[nodiscard]] Result<std::optional<Instant>> Time(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> List(const std::string& name) const;  ///< By commas.
  [[nodiscard]] bool Has(const std::string& name) const { return values_.contains(name); }

 private:
  std::map<std::string, std::string> values_;
};

/// kRejected with remote_code "invalid_parameter".
[[nodiscard]] std::unexpected<Error> InvalidParameter(std::string_view name,
                                                      std::string_view expected);

}  // namespace weir::gateway
