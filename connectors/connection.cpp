// SPDX-License-Identifier: Apache-2.0
#include "connectors/connection.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace weir::connectors {

Result<void> CheckCredentials(const ConnectionOptions& options,
                              std::initializer_list<std::string_view> names) {
  const auto fail = [&](std::string_view what, std::string_view name) {
    return Fail(ErrorKind::kMalformed,
                fmt::format("Connection '{}': {} '{}'; {} takes {}.", options.id, what, name,
                            options.platform, fmt::join(names, ", ")));
  };
  for (const auto& [name, secret] : options.credentials) {
    if (std::ranges::find(names, name) == names.end()) {
      return fail("unknown credential", name);
    }
  }
  for (const std::string_view name : names) {
    const auto found = options.credentials.find(std::string(name));
    if (found == options.credentials.end()) {
      return fail("missing credential", name);
    }
    if (found->second.empty()) {
      return fail("empty credential", name);
    }
  }
  return {};
}

std::string WithoutSlash(std::string_view url) {
  return std::string(url.substr(0, url.find_last_not_of('/') + 1));
}

}  // namespace weir::connectors
