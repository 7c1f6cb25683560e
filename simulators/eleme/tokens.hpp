// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/eleme/options.hpp"
#include "simulators/form.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::eleme {

/// What was asked of the token server since the start.
struct TokenCounts {
  std::uint64_t issued = 0;     ///< Pairs given, however they were asked for.
  std::uint64_t refreshed = 0;  ///< Of these: for a refresh token.
  std::uint64_t repeated = 0;   ///< Of these: for one that had been used before.
  std::uint64_t refused = 0;
};

/// The OAuth2 side of the platform: consent, pairs of tokens and their life (protocol notes 1.5).
class TokenServer {
 public:
  /// Both references outlive the server.
  TokenServer(const Options& options, Random& random) : options_(options), random_(random) {}

  /// Answers POST /token.
  [[nodiscard]] HttpAnswer Token(const HttpCall& call, Instant now);
  /// Answers GET /authorize with the query `fields`: the merchant consents at once.
  [[nodiscard]] HttpAnswer Authorize(const Fields& fields, Instant now);

  /// The merchant consents; a code for one authorization_code call within ten minutes.
  [[nodiscard]] std::string Consent(std::string redirect_uri, Instant now);
  /// A pair as from a call; its access token.
  [[nodiscard]] std::string Issue(Instant now);

  [[nodiscard]] bool Accepts(std::string_view access, Instant now) const;
  [[nodiscard]] std::optional<Instant> ExpiryOf(std::string_view access) const;

  /// All access tokens are dead; refresh tokens live on.
  void EndAccess();
  /// The merchant took the authorisation back: every token is dead, and no refresh token and no
  /// client_credentials call brings another, until the merchant consents again.
  void Revoke();

  [[nodiscard]] const TokenCounts& counts() const { return counts_; }

 private:
  struct Pair {
    std::string access;
    std::string refresh;
    Instant access_until{};
    Instant refresh_until{};
    bool refreshed = false;
  };
  struct Code {
    std::string redirect_uri;
    Instant until{};
  };

  [[nodiscard]] bool KnowsClient(const HttpCall& call) const;
  [[nodiscard]] HttpAnswer ForCode(const Fields& fields, Instant now);
  [[nodiscard]] HttpAnswer ForRefresh(const Fields& fields, Instant now);
  [[nodiscard]] HttpAnswer Refuse(unsigned status, std::string_view error, std::string_view why);
  [[nodiscard]] const Pair& Make(Instant now);
  [[nodiscard]] HttpAnswer Give(Instant now);
  [[nodiscard]] const Pair* Find(std::string_view access) const;
  [[nodiscard]] std::string Draw();

  const Options& options_;
  Random& random_;
  std::list<Pair> pairs_;
  std::map<std::string, Code> codes_;
  bool revoked_ = false;
  TokenCounts counts_;
};

}  // namespace weir::simulators::eleme
