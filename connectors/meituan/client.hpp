// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "connectors/meituan/credentials.hpp"
#include "connectors/roles.hpp"
#include "net/transport.hpp"

namespace weir::connectors::meituan {

/// "20231115", in Meituan's zone.
[[nodiscard]] std::string DayOf(Instant at);

/// Calls Meituan's API: builds, signs, sends and unwraps. Keeps no state of its own; `transport`
/// and `clock` outlive it.
class Client final : public OrderSource,
                     public ReviewSource,
                     public MenuSource,
                     public StoreSource,
                     public OrderDesk {
 public:
  Client(Credentials credentials, net::Transport& transport, const Clock& clock);

  /// order/getOrderDetail with the delivery's fields. Takes order_id as well as wm_order_id_view.
  boost::asio::awaitable<Result<PulledItem>> GetOrder(std::string platform_order_id) override;

  /// comment/query: whole days of Meituan's, the last 30, without today.
  [[nodiscard]] std::chrono::days reach() const override { return std::chrono::days(30); }
  boost::asio::awaitable<Result<PulledPage>> ListReviews(std::string platform_shop, Window window,
                                                         std::string cursor) override;

  /// order/getOrderDaySeq: the number of the shop's last order of today; 0 before the first.
  boost::asio::awaitable<Result<std::int64_t>> LastOfDay(std::string platform_shop);
  /// order/getOrderIdByDaySeq. kNotFound when the shop has no such order of `day`, a date of
  /// Meituan's ("20231115").
  boost::asio::awaitable<Result<std::string>> OrderOfDay(std::string platform_shop, std::string day,
                                                         std::int64_t number);

  /// foodCat/list, then food/list until a page is empty: pages may be shorter than asked for.
  boost::asio::awaitable<Result<PulledItem>> ReadMenu(std::string platform_shop) override;

  /// order/confirm.
  boost::asio::awaitable<Result<void>> Accept(std::string platform_order_id) override;
  /// order/cancel.
  boost::asio::awaitable<Result<void>> Refuse(std::string platform_order_id,
                                              std::string reason) override;
  /// order/preparationMealComplete.
  boost::asio::awaitable<Result<void>> Ready(std::string platform_order_id) override;
  /// order/refund/agree, order/refund/reject: of the application that is open, whole or partial.
  boost::asio::awaitable<Result<void>> DecideRefund(std::string platform_order_id,
                                                    std::string refund_id, bool approve,
                                                    std::string reason) override;
  /// ecommerce/order/logistics/sync.
  boost::asio::awaitable<Result<void>> TellDelivery(DeliveryNews news) override;

  /// poi/getids, poi/mget.
  boost::asio::awaitable<Result<std::vector<std::string>>> ListShops() override;
  boost::asio::awaitable<Result<std::vector<PulledItem>>> ReadShops(
      std::vector<std::string> platform_shops) override;

 private:
  using Parameters = std::vector<std::pair<std::string, std::string>>;

  /// A call that changes something.
  boost::asio::awaitable<Result<void>> Act(std::string path, Parameters parameters);

  /// A signed GET; `parameters` are the business ones.
  boost::asio::awaitable<Result<PulledItem>> Get(std::string path, Parameters parameters);

  /// The absolute URL of a signed GET (protocol §1.1): values encoded in it, raw in the signature.
  [[nodiscard]] std::string SignedUrl(std::string_view path, Parameters parameters,
                                      Instant now) const;

  Credentials credentials_;
  net::Transport& transport_;
  const Clock& clock_;
};

}  // namespace weir::connectors::meituan
