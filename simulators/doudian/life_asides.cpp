// SPDX-License-Identifier: Apache-2.0
// What happens beside an order's way.
#include <chrono>

#include "simulators/chance.hpp"
#include "simulators/doudian/life.hpp"

namespace weir::simulators::doudian {

bool Life::ReducePrice(Order& order, Instant at) {
  if (order.status != status::kUnpaid || !order.basket.Reduce(Between(random_, 10, 200))) {
    return false;
  }
  Tell(order, tag::kAmountChanged, at);
  return true;
}

bool Life::WriteMemo(Order& order, Instant at) {
  if (order.status == status::kUnpaid) {
    return false;
  }
  order.seller_words = "老客户, 送小礼品";
  order.stars = static_cast<int>(Between(random_, 0, 5));
  Tell(order, tag::kMemo, at);
  return true;
}

bool Life::Appoint(Order& order, Instant at) {
  if (order.status != status::kToShip) {
    return false;
  }
  order.appointment = at + std::chrono::hours(1);
  Tell(order, tag::kAppointment, at);
  return true;
}

bool Life::WantOtherAddress(Order& order, Instant at) {
  if (order.status != status::kToShip) {
    return false;
  }
  Tell(order, tag::kAddressWanted, at);
  Plan(&Life::ChangeAddress, order, at + Stage() / 2);
  return true;
}

bool Life::ChangeAddress(Order& order, Instant at) {
  if (order.status != status::kToShip) {
    return false;
  }
  MoveHouse(random_, order.recipient);
  Tell(order, tag::kAddressChanged, at);
  return true;
}

bool Life::ChangeDeadline(Order& order, Instant at) {
  if (order.status != status::kToShip) {
    return false;
  }
  Tell(order, tag::kDeadlineChanged, at);
  return true;
}

bool Life::ChangeLogistics(Order& order, Instant at) {
  if (order.parcels.empty() || !order.live()) {
    return false;
  }
  order.parcels.front().tracking_no = "SJ" + std::to_string(++last_track_);
  Tell(order, tag::kLogisticsChanged, at);
  return true;
}

}  // namespace weir::simulators::doudian
