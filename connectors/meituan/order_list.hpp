// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "connectors/meituan/client.hpp"

namespace weir::connectors::meituan {

/// Lists orders though Meituan has no list (protocol §1.6): it tells how many orders a shop has
/// today, and the id of each by its number of the day. Every order is read in full. Of days that
/// are over nothing is listed: how many orders they had nobody says.
class OrderList final : public OrderLister {
 public:
  /// `clock` outlives it.
  OrderList(std::shared_ptr<Client> client, const Clock& clock)
      : client_(std::move(client)), clock_(clock) {}

  [[nodiscard]] std::chrono::days reach() const override { return std::chrono::days(1); }
  boost::asio::awaitable<Result<PulledPage>> ListOrders(std::string platform_shop, Window window,
                                                        std::string cursor) override;

 private:
  std::shared_ptr<Client> client_;
  const Clock& clock_;
};

}  // namespace weir::connectors::meituan
