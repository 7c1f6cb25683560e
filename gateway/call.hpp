// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/keys.hpp"
#include "gateway/parameters.hpp"
#include "net/message.hpp"
#include "net/router.hpp"
#include "storage/storage.hpp"

namespace weir::gateway {

/// One authenticated call of the canonical API.
struct Call {
  net::Request request;
  net::PathParameters path;
  Principal principal;
  std::string merchant;  ///< The key's, or the one it named.
  Parameters query;

  [[nodiscard]] bool personal() const { return principal.Has(Scope::kReadPersonal); }
};

/// What an endpoint answers; the frame around it adds Weir-Seq and the rest.
using Endpoint = std::function<boost::asio::awaitable<net::Response>(Call)>;

/// One row of the API: what openapi.json is checked against.
struct EndpointRow {
  std::string method;
  std::string pattern;
  Scope scope;
  std::vector<std::string_view> parameters;  ///< Besides `merchant`.
  Endpoint endpoint;
};

/// Adds a row's route: authenticates, checks scope, merchant and parameters, and stamps the answer
/// with the feed position it reflects: `Weir-Seq`, read before the endpoint runs, unless the
/// endpoint tells a later one itself. `keys` and `storage` outlive the router.
void MountEndpoint(net::Router& router, const KeyRing& keys, const storage::Storage& storage,
                   EndpointRow row);

/// The problem that an error is to this caller.
[[nodiscard]] net::Response Refuse(const Call& call, const Error& error);
[[nodiscard]] net::Response Refuse(const Call& call, std::string_view code,
                                   std::string_view detail);

}  // namespace weir::gateway
