// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/douyin/options.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::douyin {

/// What was asked of the token server since the start.
struct TokenCounts {
  std::uint64_t asked = 0;
  std::uint64_t issued = 0;    ///< New tokens.
  std::uint64_t repeated = 0;  ///< Answers of stable_client_token with a token given before.
  std::uint64_t refused = 0;
  std::uint64_t flooded = 0;       ///< Of these: for too many calls.
  std::size_t most_in_window = 0;  ///< Calls in one window, at most.
};

enum class TokenState { kValid, kExpired, kUnknown };

/// client_token and stable_client_token (protocol notes A1).
class TokenServer {
 public:
  /// Both references outlive the server.
  TokenServer(const Options& options, Random& random) : options_(options), random_(random) {}

  /// Answers /oauth/client_token/: a new token each time.
  [[nodiscard]] HttpAnswer Client(const HttpCall& call, Instant now);
  /// Answers /oauth/stable_client_token/: the same token as long as it lives.
  [[nodiscard]] HttpAnswer Stable(const HttpCall& call, Instant now);

  /// A token as from client_token.
  [[nodiscard]] std::string Issue(Instant now);

  [[nodiscard]] TokenState StateOf(std::string_view token, Instant now) const;

  /// The platform forgets every token it gave.
  void Forget() { tokens_.clear(); }

  [[nodiscard]] const TokenCounts& counts() const { return counts_; }

 private:
  struct Token {
    std::string text;
    Instant until{};
    bool stable = false;
  };

  /// The error's code, 0 for a client that may ask.
  [[nodiscard]] int Admit(const HttpCall& call, Instant now);
  const Token& Make(bool stable, Instant now);

  const Options& options_;
  Random& random_;
  std::deque<Token> tokens_;  ///< Newest last.
  std::deque<Instant> calls_;
  TokenCounts counts_;
};

}  // namespace weir::simulators::douyin
