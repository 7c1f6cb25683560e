// SPDX-License-Identifier: Apache-2.0
#include "sync/watched.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weir::sync {
namespace {

using boost::asio::awaitable;
using connectors::PulledItem;
using connectors::PulledPage;

/// Who is told of a call's outcome.
struct Watcher {
  std::shared_ptr<ConnectionHealth> health;
  std::string clock_code;  ///< What the platform refuses a wrong clock with; empty if unknown.
};

template <typename T>
awaitable<Result<T>> Watched(Watcher watcher, CallKind call, awaitable<Result<T>> work) {
  Result<T> result = co_await std::move(work);
  if (result) {
    watcher.health->NoteAnswer(call);
  } else {
    const Error& error = result.error();
    watcher.health->NoteError(
        call, error, !watcher.clock_code.empty() && error.remote_code == watcher.clock_code);
  }
  co_return result;
}

class WatchedOrders final : public connectors::OrderSource {
 public:
  WatchedOrders(std::shared_ptr<OrderSource> source, Watcher watcher)
      : source_(std::move(source)), watcher_(std::move(watcher)) {}
  awaitable<Result<PulledItem>> GetOrder(std::string platform_order_id) override {
    return Watched(watcher_, CallKind::kOrders, source_->GetOrder(std::move(platform_order_id)));
  }

 private:
  const std::shared_ptr<OrderSource> source_;
  const Watcher watcher_;
};

class WatchedLister final : public connectors::OrderLister {
 public:
  WatchedLister(std::shared_ptr<OrderLister> source, Watcher watcher)
      : source_(std::move(source)), watcher_(std::move(watcher)) {}
  [[nodiscard]] std::chrono::days reach() const override { return source_->reach(); }
  awaitable<Result<PulledPage>> ListOrders(std::string platform_shop, connectors::Window window,
                                           std::string cursor) override {
    return Watched(watcher_, CallKind::kOrders,
                   source_->ListOrders(std::move(platform_shop), window, std::move(cursor)));
  }

 private:
  const std::shared_ptr<OrderLister> source_;
  const Watcher watcher_;
};

class WatchedReviews final : public connectors::ReviewSource {
 public:
  WatchedReviews(std::shared_ptr<ReviewSource> source, Watcher watcher)
      : source_(std::move(source)), watcher_(std::move(watcher)) {}
  [[nodiscard]] std::chrono::days reach() const override { return source_->reach(); }
  awaitable<Result<PulledPage>> ListReviews(std::string platform_shop, connectors::Window window,
                                            std::string cursor) override {
    return Watched(watcher_, CallKind::kReviews,
                   source_->ListReviews(std::move(platform_shop), window, std::move(cursor)));
  }

 private:
  const std::shared_ptr<ReviewSource> source_;
  const Watcher watcher_;
};

class WatchedMenus final : public connectors::MenuSource {
 public:
  WatchedMenus(std::shared_ptr<MenuSource> source, Watcher watcher)
      : source_(std::move(source)), watcher_(std::move(watcher)) {}
  awaitable<Result<PulledItem>> ReadMenu(std::string platform_shop) override {
    return Watched(watcher_, CallKind::kMenus, source_->ReadMenu(std::move(platform_shop)));
  }

 private:
  const std::shared_ptr<MenuSource> source_;
  const Watcher watcher_;
};

class WatchedStores final : public connectors::StoreSource {
 public:
  WatchedStores(std::shared_ptr<StoreSource> source, Watcher watcher)
      : source_(std::move(source)), watcher_(std::move(watcher)) {}
  awaitable<Result<std::vector<std::string>>> ListShops() override {
    return Watched(watcher_, CallKind::kStores, source_->ListShops());
  }
  awaitable<Result<std::vector<PulledItem>>> ReadShops(
      std::vector<std::string> platform_shops) override {
    return Watched(watcher_, CallKind::kStores, source_->ReadShops(std::move(platform_shops)));
  }

 private:
  const std::shared_ptr<StoreSource> source_;
  const Watcher watcher_;
};

class WatchedDesk final : public connectors::OrderDesk {
 public:
  WatchedDesk(std::shared_ptr<OrderDesk> desk, Watcher watcher)
      : desk_(std::move(desk)), watcher_(std::move(watcher)) {}
  awaitable<Result<void>> Accept(std::string platform_order_id) override {
    return Watched(watcher_, CallKind::kCommands, desk_->Accept(std::move(platform_order_id)));
  }
  awaitable<Result<void>> Refuse(std::string platform_order_id, std::string reason) override {
    return Watched(watcher_, CallKind::kCommands,
                   desk_->Refuse(std::move(platform_order_id), std::move(reason)));
  }
  awaitable<Result<void>> Ready(std::string platform_order_id) override {
    return Watched(watcher_, CallKind::kCommands, desk_->Ready(std::move(platform_order_id)));
  }
  awaitable<Result<void>> DecideRefund(std::string platform_order_id, std::string refund_id,
                                       bool approve, std::string reason) override {
    return Watched(watcher_, CallKind::kCommands,
                   desk_->DecideRefund(std::move(platform_order_id), std::move(refund_id), approve,
                                       std::move(reason)));
  }
  awaitable<Result<void>> TellDelivery(connectors::DeliveryNews news) override {
    return Watched(watcher_, CallKind::kCommands, desk_->TellDelivery(std::move(news)));
  }

 private:
  const std::shared_ptr<OrderDesk> desk_;
  const Watcher watcher_;
};

class WatchedCourier final : public connectors::Courier {
 public:
  WatchedCourier(std::shared_ptr<Courier> courier, Watcher watcher)
      : courier_(std::move(courier)), watcher_(std::move(watcher)) {}
  awaitable<Result<connectors::CourierQuote>> Quote(connectors::Consignment consignment) override {
    return Watched(watcher_, CallKind::kShipments, courier_->Quote(std::move(consignment)));
  }
  awaitable<Result<PulledItem>> Create(connectors::Consignment consignment,
                                       std::optional<connectors::CourierQuote> quote) override {
    return Watched(watcher_, CallKind::kCommands,
                   courier_->Create(std::move(consignment), std::move(quote)));
  }
  awaitable<Result<std::vector<PulledItem>>> Read(connectors::ShipmentRef shipment) override {
    return Watched(watcher_, CallKind::kShipments, courier_->Read(std::move(shipment)));
  }
  awaitable<Result<PulledItem>> Locate(connectors::ShipmentRef shipment) override {
    return Watched(watcher_, CallKind::kShipments, courier_->Locate(std::move(shipment)));
  }
  awaitable<Result<PulledItem>> Act(connectors::ShipmentRef shipment,
                                    connectors::ShipmentAct act) override {
    return Watched(watcher_, CallKind::kCommands,
                   courier_->Act(std::move(shipment), std::move(act)));
  }
  awaitable<Result<std::string>> Label(connectors::ShipmentRef shipment) override {
    return Watched(watcher_, CallKind::kShipments, courier_->Label(std::move(shipment)));
  }

 private:
  const std::shared_ptr<Courier> courier_;
  const Watcher watcher_;
};

/// The role behind its watcher; null where the connector does not play it.
template <typename Role, typename Source>
void Wrap(std::shared_ptr<Source>& source, const Watcher& watcher) {
  if (source) source = std::make_shared<Role>(std::move(source), watcher);
}

}  // namespace

connectors::Connector Watch(connectors::Connector connector,
                            const std::shared_ptr<ConnectionHealth>& health) {
  const Watcher watcher{.health = health, .clock_code = std::string(connector.clock_code)};
  Wrap<WatchedOrders>(connector.orders, watcher);
  Wrap<WatchedLister>(connector.lists, watcher);
  Wrap<WatchedReviews>(connector.reviews, watcher);
  Wrap<WatchedMenus>(connector.menus, watcher);
  Wrap<WatchedStores>(connector.stores, watcher);
  Wrap<WatchedDesk>(connector.desk, watcher);
  Wrap<WatchedCourier>(connector.courier, watcher);
  return connector;
}

}  // namespace weir::sync
