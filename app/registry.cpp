// SPDX-License-Identifier: Apache-2.0
#include "app/registry.hpp"

#include <algorithm>
#include <array>

#include "connectors/doudian/connector.hpp"
#include "connectors/eleme/connector.hpp"
#include "connectors/meituan/connector.hpp"
#include "mapping/doudian/map.hpp"
#include "mapping/eleme/map.hpp"
#include "mapping/meituan/map.hpp"

namespace weir::app {
namespace {

struct Platform {
  std::string_view word;
  mapping::Mapper map;
  std::array<std::string_view, 3> credentials;  ///< Their keys in the file; unused ones are empty.
  Result<connectors::Connector> (*make)(const connectors::ConnectionOptions&,
                                        const connectors::ConnectorParts&);
};

constexpr std::array kPlatforms = {
    Platform{"doudian",
             mapping::doudian::Map,
             {"app_key", "app_secret", "shop_id"},
             connectors::doudian::Make},
    Platform{
        "eleme", mapping::eleme::Map, {"app_id", "app_key", "app_secret"}, connectors::eleme::Make},
    Platform{"meituan", mapping::meituan::Map, {"app_id", "app_secret"}, connectors::meituan::Make},
};

const Platform* Find(std::string_view word) {
  const auto found = std::find_if(kPlatforms.begin(), kPlatforms.end(),
                                  [word](const Platform& known) { return known.word == word; });
  return found == kPlatforms.end() ? nullptr : found;
}

}  // namespace

const sync::Mappers& PlatformMappers() {
  static const sync::Mappers mappers = [] {
    sync::Mappers all;
    for (const Platform& platform : kPlatforms) all.emplace(platform.word, platform.map);
    return all;
  }();
  return mappers;
}

std::optional<std::vector<std::string>> CredentialNames(const std::string& platform) {
  const Platform* found = Find(platform);
  if (found == nullptr) return std::nullopt;
  std::vector<std::string> names;
  for (const std::string_view name : found->credentials) {
    if (!name.empty()) names.emplace_back(name);
  }
  return names;
}

Result<connectors::Connector> MakeConnector(const connectors::ConnectionOptions& options,
                                            const connectors::ConnectorParts& parts) {
  const Platform* found = Find(options.platform);
  if (found == nullptr) {
    return Fail(ErrorKind::kNotFound, "platform '" + options.platform + "' is not supported");
  }
  return found->make(options, parts);
}

}  // namespace weir::app
