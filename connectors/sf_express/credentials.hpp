// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "connectors/connection.hpp"

namespace weir::connectors::sf_express {

/// How a call proves whose it is.
enum class Proof : std::uint8_t {
  kDigest,        ///< msgDigest by the documented steps.
  kSimpleDigest,  ///< msgDigest without URL encoding.
  kToken,         ///< accessToken, by OAuth 2.
};

/// What a connection to SF Express (Fengqiao) is told, checked.
struct Credentials {
  std::string partner_id;  ///< 顾客编码.
  Secret check_word;       ///< 校验码.
  std::string base_url;    ///< Where services are called.
  std::string token_url;   ///< Where tokens are asked for.
  Secret callback_token;   ///< The word in the URLs of pushes; empty: none is taken.
  Proof proof = Proof::kDigest;
  std::string express_type = "1";  ///< The product where a consignment names none.
  std::string monthly_card;        ///< 月结卡号; empty: each parcel is paid by itself.
  std::string pay_method = "1";    ///< 1 the sender pays, 2 the receiver, 3 a third party.
  std::string print_template;      ///< Of labels.
  std::string language = "zh-CN";
  bool call_courier = true;  ///< An order sends somebody to collect it.
};

/// kMalformed, with a sentence for the operator, when a credential is missing, empty or unknown, or
/// an option has no value that is known.
[[nodiscard]] Result<Credentials> ParseCredentials(const ConnectionOptions& options);

}  // namespace weir::connectors::sf_express
