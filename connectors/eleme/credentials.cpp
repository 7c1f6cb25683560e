// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/credentials.hpp"

namespace weir::connectors::eleme {
namespace {

/// Protocol §1.1.
constexpr std::string_view kProductionUrl = "https://open-api.shop.ele.me/api/v1";

/// Tokens are asked for outside the API's versions: ".../token" beside ".../api/v1".
std::string TokenUrlOf(std::string_view base_url) {
  constexpr std::string_view kApi = "/api/v1";
  if (base_url.ends_with(kApi)) {
    base_url.remove_suffix(kApi.size());
  }
  return std::string(base_url) + "/token";
}

}  // namespace

Result<Credentials> ParseCredentials(const ConnectionOptions& options) {
  if (auto checked = CheckCredentials(options, {"app_id", "app_key", "app_secret"}); !checked) {
    return std::unexpected(checked.error());
  }
  Credentials credentials{
      .app_id = std::string(options.credentials.at("app_id").Reveal()),
      .app_key = std::string(options.credentials.at("app_key").Reveal()),
      .app_secret = options.credentials.at("app_secret"),
      .base_url = WithoutSlash(options.base_url.empty() ? kProductionUrl : options.base_url),
      .token_url = {}};
  credentials.token_url = TokenUrlOf(credentials.base_url);
  return credentials;
}

}  // namespace weir::connectors::eleme
