// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "connectors/roles.hpp"
#include "connectors/sf_city/credentials.hpp"
#include "connectors/sf_city/envelope.hpp"

namespace weir::connectors::sf_city {

/// An action of SF's (protocol §2.2).
struct Action {
  std::string_view name;
  bool read = false;  ///< It changes nothing, so that the client stack may repeat it.
};

struct Answer {
  PulledItem item;  ///< The whole answer as received; the topic is the action's name.
  Verdict verdict;
};

/// Calls SF intra-city's API: signs, sends and unwraps. `parts` outlive it.
class Client {
 public:
  Client(Credentials credentials, ConnectorParts parts);

  /// Sends `body`, signed as it stands.
  boost::asio::awaitable<Result<Answer>> Post(Action action, std::string body);

  [[nodiscard]] const Credentials& credentials() const { return credentials_; }
  [[nodiscard]] Instant Now() const { return parts_.clock.Now(); }

 private:
  Credentials credentials_;
  ConnectorParts parts_;
};

}  // namespace weir::connectors::sf_city
