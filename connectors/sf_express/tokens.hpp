// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "connectors/roles.hpp"
#include "connectors/sf_express/credentials.hpp"
#include "net/transport.hpp"

namespace weir::connectors::sf_express {

/// SF Express's token server (protocol §1.3). `transport` and `clock` outlive it.
class Tokens final : public TokenIssuer {
 public:
  Tokens(Credentials credentials, net::Transport& transport, const Clock& clock);

  /// The token of the account, which has one at a time: within its two hours the same comes again.
  /// `former` changes nothing.
  boost::asio::awaitable<Result<Token>> Issue(std::optional<Token> former) override;

 private:
  Credentials credentials_;
  net::Transport& transport_;
  const Clock& clock_;
};

}  // namespace weir::connectors::sf_express
