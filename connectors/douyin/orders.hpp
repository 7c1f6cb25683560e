// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connectors/douyin/client.hpp"

namespace weir::connectors::douyin {

/// Reads orders (protocol A6): takeaways and coupons alike.
class Orders final : public OrderSource, public OrderLister {
 public:
  Orders(std::shared_ptr<Client> client, Secret client_secret, Options options)
      : client_(std::move(client)),
        client_secret_(std::move(client_secret)),
        options_(std::move(options)) {}

  /// Asks the order queries in turn for the order. Of coupons it asks for these, too, and for the
  /// records of their verifications in the order's shop, and it decrypts the contact where there is
  /// one: then the item is of dialect "pages", the order as it stands in its answer, the coupons'
  /// answers, and what the encrypted texts say.
  boost::asio::awaitable<Result<PulledItem>> GetOrder(std::string platform_order_id) override;

  /// The orders of one shop, and those that name none: coupons. By the first of the order queries,
  /// by page number for the first 10,000, then by cursor; each with its contact decrypted.
  [[nodiscard]] std::chrono::days reach() const override { return std::chrono::days(7); }
  boost::asio::awaitable<Result<PulledPage>> ListOrders(std::string platform_shop, Window window,
                                                        std::string cursor) override;

 private:
  /// The order's text in the answer of the first query that knows it.
  boost::asio::awaitable<Result<PulledItem>> Find(std::string platform_order_id);
  /// Adds a page of the coupons' own answer where the order has some, and their records.
  boost::asio::awaitable<Result<void>> AddCertificates(std::string platform_order_id,
                                                       std::string order, std::string& pages);
  /// Adds what the shop verified when the coupons of `answer` were: only these records say where.
  boost::asio::awaitable<void> AddRecords(std::string answer, std::string platform_shop,
                                          std::string& pages);
  /// The page that says what the order's encrypted texts say; empty where there is none.
  boost::asio::awaitable<std::string> DecryptContacts(std::string order);
  /// Of those that the secret does not open: what the platform says of them.
  boost::asio::awaitable<Arguments> AskToDecrypt(std::vector<std::string> ciphers);
  boost::asio::awaitable<PulledItem> WithContacts(PulledItem order);

  std::shared_ptr<Client> client_;
  Secret client_secret_;
  Options options_;
};

}  // namespace weir::connectors::douyin
