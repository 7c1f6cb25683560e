// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "connectors/doudian/credentials.hpp"
#include "connectors/roles.hpp"
#include "net/transport.hpp"

namespace weir::connectors::doudian {

/// Doudian's tokens (protocol B2). `transport` and `clock` outlive it.
class Tokens final : public TokenIssuer {
 public:
  Tokens(Credentials credentials, net::Transport& transport, const Clock& clock);

  /// Refreshes `former` if it has a refresh token, else asks for a token of the shop: with the
  /// one-time code where there is one, else by the shop's own application. More than an hour before
  /// its end a refresh gives the same pair, whose life goes on as it was.
  boost::asio::awaitable<Result<Token>> Issue(std::optional<Token> former) override;

 private:
  [[nodiscard]] std::string NewParams() const;

  Credentials credentials_;
  net::Transport& transport_;
  const Clock& clock_;
};

}  // namespace weir::connectors::doudian
