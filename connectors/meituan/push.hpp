// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "connectors/meituan/credentials.hpp"
#include "connectors/roles.hpp"
#include "mapping/meituan/form.hpp"

namespace weir::connectors::meituan {

/// Where a push's fields are and what its signature is computed over. Points into the request,
/// except where query and body had to be put together.
struct Carried {
  explicit Carried(const net::Request& request);

  std::string joined;      ///< Query, line feed, body; empty when only one of them has fields.
  std::string_view bytes;  ///< What is decoded and kept.
  bool query_and_body = false;

  Carried(const Carried&) = delete;
  Carried& operator=(const Carried&) = delete;
};

/// Meituan's pushes (protocol §1.5): form fields in the body, in the query, or in both; values
/// encoded twice or once, found out by the signature. Any age is taken: retries and backfills are
/// old. Stateless; callable from any thread.
class Pushes final : public PushVerifier {
 public:
  explicit Pushes(Credentials credentials) : credentials_(std::move(credentials)) {}

  /// kUnauthorized: "missing_signature", "wrong_app_id" or "bad_signature".
  [[nodiscard]] Result<VerifiedPush> Verify(const net::Request& request,
                                            std::string_view topic) const override;

  /// {"data":"ok"}
  [[nodiscard]] net::Response Accepted() const override;
  /// {"data":"ng","error":{...}}: 401 and 703 for a signature, 400 and 705 for what cannot be read,
  /// 503 and 700 for trouble of ours that passes.
  [[nodiscard]] net::Response Refused(const Error& error) const override;

  [[nodiscard]] std::string Explain(const net::Request& request, bool personal) const override;

 private:
  /// The URL Meituan was told to call, as it was called.
  [[nodiscard]] std::string UrlOf(const net::Request& request) const;
  /// Decoded as `dialect` says, with the signature that holds. kUnauthorized when it does not.
  [[nodiscard]] Result<mapping::meituan::Form> Check(std::string_view bytes, std::string_view url,
                                                     mapping::meituan::Dialect dialect) const;

  Credentials credentials_;
};

}  // namespace weir::connectors::meituan
