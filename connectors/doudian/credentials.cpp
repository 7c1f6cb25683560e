// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/credentials.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace weir::connectors::doudian {
namespace {

/// Protocol B.
constexpr std::string_view kProductionUrl = "https://openapi-fxg.jinritemai.com";

}  // namespace

Result<Credentials> ParseCredentials(const ConnectionOptions& options) {
  if (auto checked = CheckCredentials(options, {"app_key", "app_secret", "shop_id"}); !checked) {
    return std::unexpected(checked.error());
  }
  Credentials credentials{
      .app_key = std::string(options.credentials.at("app_key").Reveal()),
      .app_secret = options.credentials.at("app_secret"),
      .shop_id = std::string(options.credentials.at("shop_id").Reveal()),
      .base_url = WithoutSlash(options.base_url.empty() ? kProductionUrl : options.base_url),
      .manner = {}};
  if (!ParseUint(credentials.shop_id)) {
    return Fail(ErrorKind::kMalformed,
                fmt::format("Connection '{}': shop_id must be a number.", options.id));
  }
  return credentials;
}

}  // namespace weir::connectors::doudian
