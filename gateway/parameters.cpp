// SPDX-License-Identifier: Apache-2.0
#include "gateway/parameters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "net/query.hpp"

namespace weir::gateway {
namespace {

constexpr std::size_t kShownName = 64;

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
  if (!pairs) return Rejected("invalid_parameter", pairs.error().message);
  Parameters parameters;
  for (auto& [name, value] : *pairs) {
    if (std::ranges::find(known, name) == known.end()) {
      return Rejected("unknown_parameter",
                      fmt::format("'{}' is not known; known are: {}",
                                  RepairUtf8(name.substr(0, kShownName)), fmt::join(known, ", ")));
    }
    if (value.empty()) return InvalidParameter(name, "a value");
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
  if (!at) {
    return InvalidParameter(
        name, "an RFC 3339 time, e.g. 2026-11-22T03:00:00Z (in a query '+' is written %2B)");
  }
  return std::optional<Instant>(*at);
}

Result<std::vector<std::string>> Parameters::List(const std::string& name) const {
  std::vector<std::string> items;
  const auto found = values_.find(name);
  if (found == values_.end()) return items;
  std::string_view rest = found->second;
  while (true) {
    const auto comma = rest.find(',');
    if (rest.substr(0, comma).empty()) return InvalidParameter(name, "words between its commas");
    items.emplace_back(rest.substr(0, comma));
    if (comma == std::string_view::npos) return items;
    rest.remove_prefix(comma + 1);
  }
}

Result<std::size_t> Parameters::Limit() const { return Number("limit", kDefaultPage, 1, kMaxPage); }

std::uint64_t Parameters::Fingerprint(std::string_view merchant) const {
  constexpr std::array<std::string_view, 3> kApart{"cursor", "limit", "merchant"};
  ContentHasher hasher;
  hasher.Update(merchant);
  for (const auto& [name, value] : values_) {
    if (std::ranges::find(kApart, name) != kApart.end()) continue;
    hasher.Update(name);
    hasher.Update(value);
  }
  return hasher.Finish().low;
}

}  // namespace weir::gateway
