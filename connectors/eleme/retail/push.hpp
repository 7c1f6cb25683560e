// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "connectors/eleme/credentials.hpp"
#include "connectors/roles.hpp"
#include "mapping/eleme/retail/push.hpp"

namespace weir::connectors::eleme::retail {

/// The retail platform's pushes (protocol §2): one URL for all of them, the command inside; each
/// wants a signed envelope for an answer. An empty request is a probe of the URL. Any age is taken:
/// retries and backfills are old. Stateless; callable from any thread.
class Pushes final : public PushVerifier {
 public:
  explicit Pushes(Credentials credentials) : credentials_(std::move(credentials)) {}

  /// kUnauthorized: "missing_signature", "wrong_app_id" (another account) or "bad_signature". The
  /// topic is the command, whatever the path.
  [[nodiscard]] Result<VerifiedPush> Verify(const net::Request& request,
                                            std::string_view topic) const override;

  /// Of a probe: {"body":{"errno":0,"error":"success"}}
  [[nodiscard]] net::Response Accepted() const override;
  /// {"body":{"errno":-1,"error":<why>}}, under a status that is no success.
  [[nodiscard]] net::Response Refused(const Error& error) const override;

  /// Of a push, and of a call of ours: they are signed alike.
  [[nodiscard]] std::string Explain(const net::Request& request, bool personal) const override;

 private:
  [[nodiscard]] Result<void> Check(const mapping::eleme::retail::Push& push) const;
  /// The envelope resp.<cmd> with the push's own ticket and time, which say what it answers. Of a
  /// new order it names the order as Weir does.
  [[nodiscard]] net::Response ReplyTo(const mapping::eleme::retail::Push& push,
                                      const mapping::Mapped& mapped) const;

  Credentials credentials_;
};

}  // namespace weir::connectors::eleme::retail
