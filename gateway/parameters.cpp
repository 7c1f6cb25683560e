// SPDX-License-Identifier: Apache-2.0
#include "gateway/parameters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.hpp"
#include "net/query.hpp"

namespace weir::gateway {
namespace {

std::unexpected<Error> Rejected(std::string code, std::string message) {
  return std::unexpected(Error{
      .kind = ErrorKind::kRejected, .message = std::move(message), .remote_code = std::move(code)});
}

}  // namespace

std::unexpected<Error> InvalidParameter(std::string_view name, std::string_view expected) {
  return Rejected("invalid_parameter", fmt::format("'{}': expected {}", name, expected));
}

Result<Parameters> Parameters::Parse(std::string_view query,
                                     std::span<const std::string_view> known) {
  auto pairs = net::ParseQuery(query, net::Decoding::kStrict);
  if (!pairs) return Rejected("invalid_parameter", "the query is not percent-encoded correctly");
  Parameters parameters;
  for (auto& [name, value] : *pairs) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return Rejected("unknown_parameter",
                      fmt::format("'{}' is not known; known are: {}", RepairUtf8(name),
                                  fmt::join(known, ", ")));
    }
    if (!IsValidUtf8(value)) return InvalidParameter(name, "valid UTF-8");
    if (!parameters.values_.emplace(name, std::move(value)).second) {
      return InvalidParameter(name, "to be given once");
    }
  }
  return parameters;
}

std::string Parameters::Text(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string() : found->second;
}

Result<std::uint64_t> Parameters::Number(const std::string& name, std::uint64_t absent,
                                         std::uint64_t low, std::uint64_t high) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return absent;
  const auto number = ParseUint(found->second);
  if (!number || *number < low || *number > high) {
    return InvalidParameter(name, fmt::format("an integer from {} to {}", low, high));
  }
  return *number;
}

Result<std::optional<Instant>> Parameters::Time(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::optional<Instant>();
  const auto at = ParseRfc3339(found->second);
  if (!at) return InvalidParameter(name, "an RFC 3339 time, e.g. 2026-11-22T03:00:00Z");
  return std::optional<Instant>(*at);
}

std::vector<std::string> Parameters::List(const std::string& name) const {
  std::vector<std::string> items;
  const std::string text = Text(name);
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    if (comma > 0) items.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return items;
}

}  // namespace weir::gateway
