// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/credentials.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/text.hpp"

namespace weir::connectors::doudian {
namespace {

/// Protocol B.
constexpr std::string_view kProductionUrl = "https://openapi-fxg.jinritemai.com";

Result<Manner> ParseOptions(const ConnectionOptions& options) {
  const auto transport = ChooseOption(options, "transport", {"body", "form", "query"});
  if (!transport) return std::unexpected(transport.error());
  const auto timestamp = ChooseOption(options, "timestamp", {"seconds", "text"});
  if (!timestamp) return std::unexpected(timestamp.error());
  const std::string_view md5 = Name(SignMethod::kMd5);
  const auto sign_method =
      ChooseOption(options, "sign_method", {Name(SignMethod::kHmacSha256), md5});
  if (!sign_method) return std::unexpected(sign_method.error());
  const auto test_shop = ChooseOption(options, "test_shop", {"false", "true"});
  if (!test_shop) return std::unexpected(test_shop.error());
  return Manner{.transport = *transport == "body"   ? Transport::kBody
                             : *transport == "form" ? Transport::kForm
                                                    : Transport::kQuery,
                .timestamp = *timestamp == "text" ? TimestampForm::kText : TimestampForm::kSeconds,
                .sign_method = *sign_method == md5 ? SignMethod::kMd5 : SignMethod::kHmacSha256,
                .test_shop = *test_shop == "true"};
}

}  // namespace

Result<Credentials> ParseCredentials(const ConnectionOptions& options) {
  const auto checked =
      CheckCredentials(options, {"app_key", "app_secret", "shop_id"}, {"authorization_code"});
  if (!checked) return std::unexpected(checked.error());
  auto manner = ParseOptions(options);
  if (!manner) return std::unexpected(std::move(manner.error()));
  Credentials credentials{
      .app_key = std::string(options.credentials.at("app_key").Reveal()),
      .app_secret = options.credentials.at("app_secret"),
      .authorization_code = {},
      .shop_id = std::string(options.credentials.at("shop_id").Reveal()),
      .base_url = WithoutSlash(options.base_url.empty() ? kProductionUrl : options.base_url),
      .manner = *std::move(manner)};
  const auto code = options.credentials.find("authorization_code");
  if (code != options.credentials.end()) credentials.authorization_code = code->second;
  if (!ParseUint(credentials.shop_id)) {
    return Fail(ErrorKind::kMalformed,
                fmt::format("Connection '{}': shop_id must be a number.", options.id));
  }
  return credentials;
}

}  // namespace weir::connectors::doudian
