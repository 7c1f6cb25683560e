// SPDX-License-Identifier: Apache-2.0
#include "app/registry.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/dada/connector.hpp"
#include "connectors/doudian/connector.hpp"
#include "connectors/douyin/connector.hpp"
#include "connectors/eleme/connector.hpp"
#include "connectors/meituan/connector.hpp"
#include "connectors/sf_city/connector.hpp"
#include "connectors/sf_express/connector.hpp"
#include "mapping/dada/map.hpp"
#include "mapping/doudian/map.hpp"
#include "mapping/douyin/map.hpp"
#include "mapping/eleme/map.hpp"
#include "mapping/meituan/map.hpp"
#include "mapping/sf_city/map.hpp"
#include "mapping/sf_express/map.hpp"

namespace weir::app {
namespace {

struct Platform {
  std::string_view word;
  mapping::Mapper map;
  Result<connectors::Connector> (*make)(const connectors::ConnectionOptions&,
                                        const connectors::ConnectorParts&);
  // Their keys in the file; unused places are empty.
  std::array<std::string_view, 4> credentials;
  std::array<std::string_view, 8> options{};
  std::array<std::string_view, 4> more_credentials{};  ///< Those that may be left out.
  /// What the platform itself gives the merchant to accept; zero: it does not say.
  std::chrono::minutes accept_within{0};
};

constexpr std::array kPlatforms = {
    Platform{"dada",
             mapping::dada::Map,
             connectors::dada::Make,
             {"app_key", "app_secret", "source_id"},
             {"callback_token", "cargo_type", "city_code"}},
    Platform{"doudian",
             mapping::doudian::Map,
             connectors::doudian::Make,
             {"app_key", "app_secret", "shop_id"},
             {"sign_method", "test_shop", "timestamp", "transport"},
             {"authorization_code"}},
    Platform{"douyin",
             mapping::douyin::Map,
             connectors::douyin::Make,
             {"client_key", "client_secret", "account_id"},
             {"token", "rider_source", "refund_result", "refund_processing", "order_queries"},
             {},
             std::chrono::minutes(15)},
    Platform{"eleme",
             mapping::eleme::Map,
             connectors::eleme::Make,
             {"app_id", "app_secret"},
             {"access_token", "envelope", "redirect_uri"},
             {"app_key", "authorization_code"}},
    Platform{"meituan", mapping::meituan::Map, connectors::meituan::Make, {"app_id", "app_secret"}},
    Platform{"sf_city",
             mapping::sf_city::Map,
             connectors::sf_city::Make,
             {"dev_id", "dev_key", "shop_id"},
             {"cancel_code", "lbs_type", "product_type", "shop_type", "unknown_order", "version"}},
    Platform{"sf_express",
             mapping::sf_express::Map,
             connectors::sf_express::Make,
             {"partner_id", "check_word"},
             {"auth", "call_courier", "callback_token", "express_type", "language", "monthly_card",
              "pay_method", "template"}},
};

const Platform* Find(std::string_view word) {
  const auto found = std::find_if(kPlatforms.begin(), kPlatforms.end(),
                                  [word](const Platform& known) { return known.word == word; });
  return found == kPlatforms.end() ? nullptr : found;
}

std::vector<std::string> Named(std::span<const std::string_view> places) {
  std::vector<std::string> names;
  for (const std::string_view name : places) {
    if (!name.empty()) names.emplace_back(name);
  }
  return names;
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

std::optional<PlatformKeys> KeysOfPlatform(const std::string& platform) {
  const Platform* found = Find(platform);
  if (found == nullptr) return std::nullopt;
  PlatformKeys keys{.credentials = Named(found->credentials),
                    .options = Named(found->options),
                    .more_credentials = Named(found->more_credentials)};
  if (found->accept_within.count() > 0) keys.accept_within = found->accept_within;
  return keys;
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
