// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/credentials.hpp"

#include <fmt/format.h>

namespace weir::connectors::meituan {
namespace {

/// Protocol §1.
constexpr std::string_view kProductionUrl = "https://waimaiopen.meituan.com/api/v1";

}  // namespace

Result<Credentials> ParseCredentials(const ConnectionOptions& options) {
  if (auto checked = CheckCredentials(options, {"app_id", "app_secret"}); !checked) {
    return std::unexpected(checked.error());
  }
  if (options.public_url.empty()) {
    return Fail(
        ErrorKind::kMalformed,
        fmt::format("Connection '{}': [server] public_url is missing; Meituan signs it with "
                    "every push.",
                    options.id));
  }
  return Credentials{
      .app_id = std::string(options.credentials.at("app_id").Reveal()),
      .app_secret = options.credentials.at("app_secret"),
      .base_url = WithoutSlash(options.base_url.empty() ? kProductionUrl : options.base_url),
      .public_url = WithoutSlash(options.public_url)};
}

}  // namespace weir::connectors::meituan
