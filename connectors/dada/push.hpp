// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "connectors/dada/credentials.hpp"
#include "connectors/roles.hpp"
#include "mapping/dada/push.hpp"

namespace weir::connectors::dada {

/// What pushes are kept under instead of the token they came with.
inline constexpr std::string_view kStatusTopic = "status";
inline constexpr std::string_view kMessageTopic = "message";

/// Dada's callbacks (protocol §7): of an order's status, and messages. Their URL ends with the
/// connection's token, which is all that proves them; the signature of the former tells damage.
/// Any age is taken. Stateless; callable from any thread.
class Pushes final : public PushVerifier {
 public:
  explicit Pushes(Credentials credentials) : credentials_(std::move(credentials)) {}

  /// kNotFound "wrong_token", and then nothing else is looked at; kUnauthorized "missing_signature"
  /// or "bad_signature"; kMalformed for what is no JSON object. The topic is
  /// kStatusTopic or kMessageTopic, never the token.
  [[nodiscard]] Result<VerifiedPush> Verify(const net::Request& request,
                                            std::string_view topic) const override;

  /// {"status":"ok"}
  [[nodiscard]] net::Response Accepted() const override;
  /// {"status":"fail"}, under a status that is no success: Dada sends it again.
  [[nodiscard]] net::Response Refused(const Error& error) const override;

  /// Of a push, and of a call of ours. The path is not shown: the token stands in it.
  [[nodiscard]] std::string Explain(const net::Request& request, bool personal) const override;

 private:
  [[nodiscard]] bool IsToken(std::string_view topic) const;
  [[nodiscard]] std::string_view ExplainToken(std::string_view path) const;
  [[nodiscard]] std::string ExplainPush(const net::Request& request, bool personal) const;

  Credentials credentials_;
};

/// Whether what a callback signs holds; a message signs nothing. kUnauthorized as above.
[[nodiscard]] Result<void> CheckSignature(const mapping::dada::Push& push);

}  // namespace weir::connectors::dada
