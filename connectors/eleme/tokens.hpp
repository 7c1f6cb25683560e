// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <string>

#include "base/clock.hpp"
#include "connectors/eleme/credentials.hpp"
#include "connectors/roles.hpp"
#include "net/transport.hpp"

namespace weir::connectors::eleme {

/// Ele.me's token server (protocol §1.5). `transport` and `clock` outlive it.
class Tokens final : public TokenIssuer {
 public:
  Tokens(Credentials credentials, net::Transport& transport, const Clock& clock);

  /// Refreshes `former` if it has a refresh token. Else a token is asked for that the application
  /// may have by itself, for the shops it belongs to (client_credentials); or, where the connection
  /// was given an authorization code, with that. An old refresh token is taken for 30 minutes more,
  /// so that a pair that was lost can be asked for again. kUnauthorized with the remote code
  /// "invalid_grant" when the refresh token is not taken: whoever holds no newer one may ask
  /// without `former`.
  ///
  /// A code is good for one token: whoever holds one has used it, and an answer uses it up. From
  /// then on no `former` is kUnauthorized until the merchant has consented anew.
  boost::asio::awaitable<Result<Token>> Issue(std::optional<Token> former) override;

 private:
  /// What asks for a token, without `former` or with it; kUnauthorized when nothing does.
  [[nodiscard]] Result<std::string> GrantFor(const std::optional<Token>& former) const;

  Credentials credentials_;
  net::Transport& transport_;
  const Clock& clock_;
  std::atomic<bool> code_used_{false};
};

}  // namespace weir::connectors::eleme
