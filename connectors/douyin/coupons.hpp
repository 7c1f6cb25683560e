// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connectors/douyin/client.hpp"

namespace weir::connectors::douyin {

/// What becomes of one coupon that was to be verified.
struct Verified {
  std::string code;  ///< As it was asked for: encrypted, or plain.
  std::string certificate_id;
  std::string verify_id;
  bool already = false;        ///< It had been verified before, which a repeated call may hear.
  std::optional<Error> error;  ///< Nothing where it is verified.
};

/// What a code stands for, and the token to verify it with, once.
struct Prepared {
  std::string verify_token;
  std::string order_id;
  std::vector<std::string> encrypted_codes;
};

/// Takes coupons in at a shop (protocol A9).
class Coupons {
 public:
  explicit Coupons(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  /// The coupons behind the long address of a QR code (its `object_id`, whole).
  boost::asio::awaitable<Result<Prepared>> PrepareScanned(std::string encrypted_data,
                                                          std::string platform_shop);
  /// The coupons of a code that the customer says.
  boost::asio::awaitable<Result<Prepared>> PrepareCode(std::string code, std::string platform_shop);

  /// Verifies coupons of one order. The token makes it safe to call again after an outcome that is
  /// unknown: then "used already" (1208 or 2) is success.
  boost::asio::awaitable<Result<std::vector<Verified>>> Verify(
      std::string verify_token, std::vector<std::string> encrypted_codes,
      std::string platform_shop);

  /// Takes a verification back, within an hour. The token makes it safe to call again within that
  /// hour. Taken back already is success.
  boost::asio::awaitable<Result<void>> Cancel(std::string verify_id, std::string certificate_id,
                                              std::string cancel_token);

 private:
  boost::asio::awaitable<Result<Prepared>> Prepare(Arguments arguments);

  std::shared_ptr<Client> client_;
};

}  // namespace weir::connectors::douyin
