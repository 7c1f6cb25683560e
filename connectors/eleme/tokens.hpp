// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "connectors/eleme/credentials.hpp"
#include "connectors/roles.hpp"
#include "net/transport.hpp"

namespace weir::connectors::eleme {

/// Ele.me's token server (protocol §1.5). `transport` and `clock` outlive it.
class Tokens final : public TokenIssuer {
 public:
  Tokens(Credentials credentials, net::Transport& transport, const Clock& clock);

  /// Refreshes `former` if it has a refresh token, else asks for a token of the shops that the
  /// application itself belongs to (client_credentials). An old refresh token is taken for 30
  /// minutes more, so that a pair that was lost can be asked for again. kUnauthorized with the
  /// remote code "invalid_grant" when the refresh token is not taken: whoever holds no newer one
  /// may ask without `former`.
  boost::asio::awaitable<Result<Token>> Issue(std::optional<Token> former) override;

 private:
  Credentials credentials_;
  net::Transport& transport_;
  const Clock& clock_;
};

}  // namespace weir::connectors::eleme
