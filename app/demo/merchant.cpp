// SPDX-License-Identifier: Apache-2.0
#include "app/demo/merchant.hpp"

#include <fmt/format.h>

namespace weir::app::demo {
namespace {

constexpr const char* kSigningSecret = "whsec_ZGVtby1lcnAtc2lnbmluZy1zZWNyZXQh";

}  // namespace

simulators::merchant::Options DemoMerchant(std::uint64_t seed) {
  return {.secret = kSigningSecret,
          .seed = seed,
          .faults = {.failed = 0.01, .limited = 0.0005, .redirected = 0.005, .cut = 0.01}};
}

std::string SubscriptionConfig(const std::string& origin) {
  return fmt::format(R"([[subscription]]
id = "erp"
merchant = "demo"
url = "{}/weir"
secret = "{}"
types = ["*"]
personal = true
allow_private = true
[callbacks]
retry_seconds = [1, 1, 1, 2, 2, 4, 4, 8]
timeout_seconds = 5
)",
                     origin, kSigningSecret);
}

}  // namespace weir::app::demo
