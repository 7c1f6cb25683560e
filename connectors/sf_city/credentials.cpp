// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/credentials.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/text.hpp"
#include "mapping/sf_city/map.hpp"

namespace weir::connectors::sf_city {
namespace {

/// Protocol §2.1.
constexpr std::string_view kProductionUrl = "https://openic.sf-express.com";

/// Sets `number` to the option `name` where it is given; kMalformed when that is no number from 1
/// to 9999.
Result<void> SetNumber(const ConnectionOptions& options, const char* name, int& number) {
  constexpr std::int64_t kMost = 9999;
  const auto found = options.options.find(name);
  if (found == options.options.end()) return {};
  const auto given = ParseInt(found->second);
  if (!given || *given < 1 || *given > kMost) {
    return Fail(ErrorKind::kMalformed,
                fmt::format("Connection '{}': options.{} is '{}'; expected a number.", options.id,
                            name, found->second));
  }
  number = static_cast<int>(*given);
  return {};
}

Result<void> SetOptions(const ConnectionOptions& options, Credentials& credentials) {
  const auto shop_type = ChooseOption(options, "shop_type", {"1", "2"});
  if (!shop_type) return std::unexpected(shop_type.error());
  credentials.shop_type = *shop_type == "2" ? 2 : 1;
  const auto lbs_type = ChooseOption(options, "lbs_type", {"2", "1"});
  if (!lbs_type) return std::unexpected(lbs_type.error());
  credentials.dialect =
      *lbs_type == "1" ? mapping::sf_city::kBaiduDialect : mapping::sf_city::kDialect;
  for (const auto& [name, number] : {std::pair{"product_type", &credentials.product_type},
                                     std::pair{"version", &credentials.version},
                                     std::pair{"cancel_code", &credentials.cancel_code}}) {
    if (auto set = SetNumber(options, name, *number); !set) return set;
  }
  const auto unknown = options.options.find("unknown_order");
  if (unknown != options.options.end()) credentials.unknown_order = unknown->second;
  return {};
}

}  // namespace

Result<Credentials> ParseCredentials(const ConnectionOptions& options) {
  if (auto checked = CheckCredentials(options, {"dev_id", "dev_key", "shop_id"}); !checked) {
    return std::unexpected(checked.error());
  }
  const auto dev_id = ParseInt(options.credentials.at("dev_id").Reveal());
  if (!dev_id || *dev_id < 1) {
    return Fail(ErrorKind::kMalformed,
                fmt::format("Connection '{}': dev_id must be a number.", options.id));
  }
  Credentials credentials;
  credentials.dev_id = *dev_id;
  credentials.dev_key = options.credentials.at("dev_key");
  credentials.shop_id = options.credentials.at("shop_id").Reveal();
  credentials.base_url = WithoutSlash(options.base_url.empty() ? kProductionUrl : options.base_url);
  if (auto set = SetOptions(options, credentials); !set) return std::unexpected(set.error());
  return credentials;
}

}  // namespace weir::connectors::sf_city
