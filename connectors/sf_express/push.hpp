// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "connectors/roles.hpp"
#include "connectors/sf_express/credentials.hpp"
#include "mapping/sf_express/push.hpp"

namespace weir::connectors::sf_express {

/// SF Express's pushes (protocol §1.12). Nothing in them proves anything: the topic is
/// `<kind>/<callback_token>`, and becomes `<kind>`. JSON, a form and XML alone are told apart by
/// what they are. An empty request is a probe. Stateless; callable from any thread.
class Pushes final : public PushVerifier {
 public:
  explicit Pushes(Credentials credentials) : credentials_(std::move(credentials)) {}

  /// kNotFound "wrong_token" for a topic without the token, or of no kind that is known; kMalformed
  /// for what holds no record.
  [[nodiscard]] Result<VerifiedPush> Verify(const net::Request& request,
                                            std::string_view topic) const override;

  /// What a route push in JSON wants to hear; each push brings its own reply.
  [[nodiscard]] net::Response Accepted() const override;
  /// The same failing: the platform sends the whole batch again.
  [[nodiscard]] net::Response Refused(const Error& error) const override;

  /// Of a push, and of a call of ours, which is told by its `serviceCode`.
  [[nodiscard]] std::string Explain(const net::Request& request, bool personal) const override;

 private:
  [[nodiscard]] Result<mapping::sf_express::PushKind> KindOf(std::string_view topic) const;
  [[nodiscard]] std::string ExplainPush(const net::Request& request, bool personal) const;
  /// Nothing when the body is no call.
  [[nodiscard]] std::optional<std::string> ExplainCall(std::string_view body, bool personal) const;

  Credentials credentials_;
};

/// How a push is written: a form, XML or JSON.
[[nodiscard]] std::string_view DialectOf(const net::Request& request);

}  // namespace weir::connectors::sf_express
