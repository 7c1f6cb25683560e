// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <expected>
#include <list>
#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/doudian/options.hpp"
#include "simulators/doudian/outcome.hpp"

namespace weir::simulators::doudian {

/// What was asked of the token server since the start.
struct TokenCounts {
  std::uint64_t issued = 0;    ///< New pairs.
  std::uint64_t repeated = 0;  ///< Times a pair was given again.
  std::uint64_t refused = 0;
};

/// Consent, pairs of tokens and their life (protocol notes B2).
class TokenServer {
 public:
  /// Both references outlive the server.
  TokenServer(const Options& options, Random& random) : options_(options), random_(random) {}

  // token.create and token.refresh.
  [[nodiscard]] Outcome Create(const nlohmann::json& params, Instant now);
  [[nodiscard]] Outcome Refresh(const nlohmann::json& params, Instant now);

  /// The merchant consents; a code for one token.create within ten minutes.
  [[nodiscard]] std::string Consent(Instant now);
  /// A pair as from a call; its access token.
  [[nodiscard]] std::string Issue(Instant now);

  /// Nothing where the token is good, else why not.
  [[nodiscard]] std::expected<void, Failure> Check(std::string_view access, Instant now) const;

  /// All access tokens expire at `now`; refresh tokens live on.
  void EndAccess(Instant now);
  /// The merchant took the authorisation back: every call is refused until he consents again.
  void Revoke() { revoked_ = true; }

  [[nodiscard]] const TokenCounts& counts() const { return counts_; }

 private:
  struct Pair {
    std::string access;
    std::string refresh;
    Instant access_until{};
    Instant refresh_until{};
    bool replaced = false;  ///< By a later one.
  };

  [[nodiscard]] std::string Draw();
  [[nodiscard]] Pair& Make(Instant now);
  /// The pair that `pair` stands for at `now`: itself, or a new one by the rules of a refresh.
  [[nodiscard]] Pair& Renewed(Pair& pair, Instant now);
  [[nodiscard]] std::string Give(const Pair& pair, Instant now);
  [[nodiscard]] Outcome Refuse(std::string_view why);

  const Options& options_;
  Random& random_;
  std::list<Pair> pairs_;                 ///< Oldest first.
  std::map<std::string, Instant> codes_;  ///< Until when each is good.
  bool revoked_ = false;
  TokenCounts counts_;
};

}  // namespace weir::simulators::doudian
