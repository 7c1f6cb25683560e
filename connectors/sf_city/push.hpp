// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "connectors/roles.hpp"
#include "connectors/sf_city/credentials.hpp"

namespace weir::connectors::sf_city {

/// SF intra-city's callbacks (protocol §2.4): JSON, signed in the query as calls are. One URL may
/// serve all kinds; the kind stands inside. Nothing at all is a probe of the URL. Any age is taken:
/// SF repeats up to 20 times. Stateless; callable from any thread.
class Pushes final : public PushVerifier {
 public:
  explicit Pushes(Credentials credentials) : credentials_(std::move(credentials)) {}

  /// kUnauthorized: "missing_signature" or "bad_signature". The topic is the callback's kind,
  /// whatever the path.
  [[nodiscard]] Result<VerifiedPush> Verify(const net::Request& request,
                                            std::string_view topic) const override;

  /// {"error_code":0,"error_msg":"success"}
  [[nodiscard]] net::Response Accepted() const override;
  /// Without a body: one source says that any body stops SF's repeats.
  [[nodiscard]] net::Response Refused(const Error& error) const override;

  /// Of a callback, and of a call of ours, which is signed the same way.
  [[nodiscard]] std::string Explain(const net::Request& request, bool personal) const override;

 private:
  [[nodiscard]] Result<void> Check(std::string_view body, std::string_view received) const;

  Credentials credentials_;
};

}  // namespace weir::connectors::sf_city
