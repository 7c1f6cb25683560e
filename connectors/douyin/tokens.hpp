// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <deque>
#include <mutex>

#include "base/clock.hpp"
#include "connectors/douyin/credentials.hpp"
#include "connectors/roles.hpp"
#include "net/transport.hpp"

namespace weir::connectors::douyin {

/// Douyin's token server (protocol A1). `transport` and `clock` outlive it.
///
/// Douyin takes 500 requests in five minutes. Whoever holds tokens has one request under way at a
/// time; here it is seen to that they are no storm: at most 100 in five minutes of this object, and
/// none within two seconds of when `former` was asked for. That time is durable, so that restarts
/// do not add up to more than 150 tokens in five minutes either.
class Tokens final : public TokenIssuer {
 public:
  Tokens(Credentials credentials, bool stable, net::Transport& transport, const Clock& clock);

  /// A token of the application; `former` is never refreshed, and with client_token serves five
  /// minutes more. kUnauthorized when the credentials are refused, kRateLimited without asking when
  /// it would be too often.
  boost::asio::awaitable<Result<Token>> Issue(std::optional<Token> former) override;

 private:
  [[nodiscard]] Result<void> Admit(const std::optional<Token>& former);

  Credentials credentials_;
  bool stable_;
  net::Transport& transport_;
  const Clock& clock_;

  std::mutex mutex_;
  std::deque<std::chrono::nanoseconds> asked_;  ///< Monotonic, of the last five minutes.
};

}  // namespace weir::connectors::douyin
