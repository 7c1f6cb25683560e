// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "connectors/eleme/credentials.hpp"
#include "connectors/roles.hpp"
#include "mapping/eleme/push.hpp"

namespace weir::connectors::eleme {

/// Ele.me's pushes (protocol §1.7): one URL for all of them, the type inside. An empty request is
/// a probe of the URL. Any age is taken: retries and backfills are old. Stateless; callable from
/// any thread.
class Pushes final : public PushVerifier {
 public:
  explicit Pushes(Credentials credentials) : credentials_(std::move(credentials)) {}

  /// kUnauthorized: "missing_signature", "wrong_app_id" or "bad_signature". The topic is the
  /// message's type, whatever the path.
  [[nodiscard]] Result<VerifiedPush> Verify(const net::Request& request,
                                            std::string_view topic) const override;

  /// {"message":"ok"}
  [[nodiscard]] net::Response Accepted() const override;
  /// {"message":<why>}, under a status that is no success.
  [[nodiscard]] net::Response Refused(const Error& error) const override;

  /// Of a push, and of a call of ours, which is told by its `action`.
  [[nodiscard]] std::string Explain(const net::Request& request, bool personal) const override;

 private:
  [[nodiscard]] Result<void> Check(const mapping::eleme::Push& push) const;
  [[nodiscard]] std::string ExplainPush(const net::Request& request, bool personal) const;
  /// Nothing when the body is no call.
  [[nodiscard]] std::optional<std::string> ExplainCall(std::string_view body, bool personal) const;

  Credentials credentials_;
};

}  // namespace weir::connectors::eleme
