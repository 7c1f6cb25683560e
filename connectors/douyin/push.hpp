// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connectors/douyin/credentials.hpp"
#include "connectors/roles.hpp"
#include "net/query.hpp"

namespace weir::connectors::douyin {

/// Douyin's webhooks and SPI calls (protocol A7 and A8). What proves a request tells which it is:
/// the header X-Douyin-Signature a webhook, x-life-sign or the query's `sign` an SPI call. A
/// request with nothing in it is a probe of the URL. Any age is taken. Stateless; callable from any
/// thread.
class Pushes final : public PushVerifier {
 public:
  Pushes(Credentials credentials, Options options)
      : credentials_(std::move(credentials)), options_(std::move(options)) {}

  /// kUnauthorized: "missing_signature", "wrong_app_id" or "bad_signature". A webhook's topic is
  /// its event; an SPI call's is "spi/" and what its content is, else what its path says. Whatever
  /// is signed is taken, also what is no JSON.
  [[nodiscard]] Result<VerifiedPush> Verify(const net::Request& request,
                                            std::string_view topic) const override;

  [[nodiscard]] std::vector<std::string_view> SignatureHeaders() const override;

  /// {"data":{"error_code":0,"description":"success"}}
  [[nodiscard]] net::Response Accepted() const override;
  /// The same with an error, under a status that is no success.
  [[nodiscard]] net::Response Refused(const Error& error) const override;

  /// Of a webhook, of an SPI call with either signature, and of a call of ours, which none signs.
  [[nodiscard]] std::string Explain(const net::Request& request, bool personal) const override;

 private:
  [[nodiscard]] Result<VerifiedPush> VerifyWebhook(const net::Request& request) const;
  [[nodiscard]] Result<VerifiedPush> VerifySpi(const net::Request& request, std::string_view topic,
                                               const net::Parameters& query) const;
  [[nodiscard]] bool SpiHolds(const net::Request& request, const net::Parameters& query) const;
  /// What a refund's application wants to hear: that a person will decide.
  [[nodiscard]] net::Response Processing() const;
  [[nodiscard]] std::string ExplainWebhook(const net::Request& request, bool personal) const;
  [[nodiscard]] std::string ExplainSpi(const net::Request& request, const net::Parameters& query,
                                       bool personal) const;

  Credentials credentials_;
  Options options_;
};

/// The headers that a signature stands in.
inline constexpr std::string_view kWebhookSignature = "X-Douyin-Signature";
inline constexpr std::string_view kSpiSignature = "x-life-sign";
inline constexpr std::string_view kSpiClientKey = "x-life-clientkey";

}  // namespace weir::connectors::douyin
