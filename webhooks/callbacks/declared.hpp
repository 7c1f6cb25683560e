// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "storage/callback_log.hpp"
#include "storage/storage.hpp"
#include "webhooks/callbacks/subscription.hpp"

namespace weir::webhooks {

/// The secrets of the configuration file, which stand in no entry.
using FileSecrets = std::map<storage::SubscriptionKey, std::vector<SigningKey>>;

/// A subscription as the view declares it.
struct DeclaredSubscription {
  storage::SubscriptionKey key;
  Subscription subscription;
  std::string disabled;                ///< Why nothing is sent to it; see sync::WhyDisabled.
  std::uint64_t delivery_version = 0;  ///< How often that was said.
};

struct DeclaredSubscriptions {
  std::vector<DeclaredSubscription> all;  ///< By merchant and id.
  std::vector<storage::SubscriptionKey> deleted;
};

/// What the view declares now. One that cannot be signed for, its secret being nowhere, is disabled
/// as "not_declared".
boost::asio::awaitable<Result<DeclaredSubscriptions>> ReadDeclared(storage::Storage& storage,
                                                                   const FileSecrets& secrets);

}  // namespace weir::webhooks
