// SPDX-License-Identifier: Apache-2.0
#include "connectors/connection.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace weir::connectors {

Result<void> CheckCredentials(const ConnectionOptions& options,
                              std::initializer_list<std::string_view> names,
                              std::initializer_list<std::string_view> optional) {
  const auto fail = [&](std::string_view what, std::string_view name) {
    const auto may = optional.size() == 0
                         ? std::string()
                         : fmt::format(" and may take {}", fmt::join(optional, ", "));
    return Fail(ErrorKind::kMalformed,
                fmt::format("Connection '{}': {} '{}'; {} takes {}{}.", options.id, what, name,
                            options.platform, fmt::join(names, ", "), may));
  };
  for (const auto& [name, secret] : options.credentials) {
    if (std::ranges::find(names, name) == names.end() &&
        std::ranges::find(optional, name) == optional.end()) {
      return fail("unknown credential", name);
    }
    if (secret.empty()) {
      return fail("empty credential", name);
    }
  }
  for (const std::string_view name : names) {
    if (!options.credentials.contains(std::string(name))) {
      return fail("missing credential", name);
    }
  }
  return {};
}

Result<std::string_view> ChooseOption(const ConnectionOptions& options, std::string_view name,
                                      std::initializer_list<std::string_view> words) {
  const auto found = options.options.find(std::string(name));
  if (found == options.options.end()) return *words.begin();
  const auto* const word = std::ranges::find(words, found->second);
  if (word == words.end()) {
    return Fail(ErrorKind::kMalformed,
                fmt::format("Connection '{}': options.{} is '{}'; expected one of {}.", options.id,
                            name, found->second, fmt::join(words, ", ")));
  }
  return *word;
}

std::string WithoutSlash(std::string_view url) {
  return std::string(url.substr(0, url.find_last_not_of('/') + 1));
}

}  // namespace weir::connectors
