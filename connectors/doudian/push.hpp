// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connectors/doudian/credentials.hpp"
#include "connectors/doudian/spi.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::doudian {

/// Doudian's pushes (protocol B9), many messages in one request, and its calls of us (SPI, B10),
/// told by how they are signed. Any age is taken: retries and backfills are old. Stateless;
/// callable from any thread.
class Pushes final : public PushVerifier {
 public:
  explicit Pushes(Credentials credentials) : credentials_(std::move(credentials)) {}

  /// kUnauthorized: "missing_signature", "wrong_app_id" or "bad_signature". A push proves itself by
  /// its bytes, so one that holds no messages is kept too, to be quarantined. The topic is the tag
  /// all messages have, else "batch"; a call of us has its path's, else "spi".
  [[nodiscard]] Result<VerifiedPush> Verify(const net::Request& request,
                                            std::string_view topic) const override;

  /// A call of us is told from a push by how it is written, too.
  [[nodiscard]] std::vector<std::string_view> SignatureHeaders() const override {
    return {"event-sign", "app-id", "Content-Type"};
  }

  /// {"code":0,"msg":"success"}
  [[nodiscard]] net::Response Accepted() const override;
  /// {"code":10001,"msg":<why>,"message":<why>}, under a status that is no success.
  [[nodiscard]] net::Response Refused(const Error& error) const override;

  /// Of a push, of a call of us, and of a call of ours.
  [[nodiscard]] std::string Explain(const net::Request& request, bool personal) const override;

 private:
  [[nodiscard]] Result<VerifiedPush> VerifyMessages(const net::Request& request) const;
  [[nodiscard]] Result<VerifiedPush> VerifySpi(const SpiCall& call, std::string_view topic) const;
  [[nodiscard]] Result<void> CheckEvent(const net::Request& request) const;
  [[nodiscard]] std::string ExplainMessages(const net::Request& request, bool personal) const;
  [[nodiscard]] std::string ExplainSpi(const SpiCall& call, bool personal) const;

  Credentials credentials_;
};

}  // namespace weir::connectors::doudian
