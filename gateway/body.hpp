// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace weir::gateway {

/// Reads the members of a request's JSON body into what they stand for, strict like Parameters:
/// unknown members and wrong values are refused by name. What is absent leaves its target as it is.
/// The first mistake counts; all else is read as if nothing were wrong.
class BodyReader {
 public:
  /// An empty body is an object without members.
  BodyReader(std::string_view body, std::initializer_list<std::string_view> known);

  [[nodiscard]] bool Has(const char* name) const { return body_.contains(name); }
  /// How many members there are.
  [[nodiscard]] std::size_t size() const { return body_.size(); }
  /// At most 2,048 bytes, and not empty.
  BodyReader& Text(const char* name, std::string& target);
  BodyReader& Flag(const char* name, bool& target);
  /// null unsets.
  BodyReader& Number(const char* name, std::uint32_t low, std::uint32_t high,
                     std::optional<std::uint32_t>& target);
  /// At most 256 texts.
  BodyReader& Texts(const char* name, std::vector<std::string>& target);
  BodyReader& TextMap(const char* name, std::map<std::string, std::string>& target);
  /// Refuses a body without it.
  BodyReader& Require(const char* name);

  /// kRejected "bad_request", "unknown_parameter" or "invalid_parameter".
  [[nodiscard]] Result<void> Finish() const;

 private:
  [[nodiscard]] const nlohmann::json* Find(const char* name) const;
  void Refuse(std::string_view name, std::string_view expected);

  nlohmann::json body_;
  std::optional<Error> error_;
};

}  // namespace weir::gateway
