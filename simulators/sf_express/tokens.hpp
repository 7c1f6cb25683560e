// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/sf_express/options.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::sf_express {

/// The OAuth 2 side (protocol notes 1.3): one token at a time, for two hours.
class TokenServer {
 public:
  /// Both references outlive the server.
  TokenServer(const Options& options, Random& random) : options_(options), random_(random) {}

  /// Answers POST /oauth2/accessToken.
  [[nodiscard]] HttpAnswer Give(const HttpCall& call, Instant now);
  [[nodiscard]] bool Accepts(std::string_view token, Instant now) const;
  /// The token is dead before its time.
  void Revoke() { token_.clear(); }
  [[nodiscard]] std::uint64_t issued() const { return issued_; }

 private:
  const Options& options_;
  Random& random_;
  std::string token_;
  Instant until_{};
  std::uint64_t issued_ = 0;
};

}  // namespace weir::simulators::sf_express
