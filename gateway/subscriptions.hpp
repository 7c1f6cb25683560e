// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "gateway/callbacks.hpp"
#include "gateway/settings.hpp"
#include "gateway/writing.hpp"
#include "storage/storage.hpp"

namespace weir::gateway {

/// What the calls about subscriptions stand on.
struct SubscriptionParts {
  storage::Storage& storage;
  CallbackParts callbacks;
  Writing writing;
  const Clock& clock;
  Random& random;
};

/// GET, POST, PATCH and DELETE of /v1/subscriptions; POST of one's /rotate-secret, /test, /replay.
[[nodiscard]] std::vector<EndpointRow> SubscriptionEndpoints(const SubscriptionParts& parts);

/// One that is not deleted, with its tag; kNotFound. `secret` is shown unless it is empty.
[[nodiscard]] Result<Shown> ShowSubscription(const SubscriptionParts& parts, const Call& call,
                                             const Settings& settings, const std::string& id,
                                             std::string_view secret = {});

// What changes one: each is an entry, and what it declares is in use when the answer comes.
boost::asio::awaitable<net::Response> CreateSubscription(SubscriptionParts parts, Call call);
boost::asio::awaitable<net::Response> ChangeSubscription(SubscriptionParts parts, Call call);
boost::asio::awaitable<net::Response> DeleteSubscription(SubscriptionParts parts, Call call);
boost::asio::awaitable<net::Response> RotateSecret(SubscriptionParts parts, Call call);

}  // namespace weir::gateway
