// SPDX-License-Identifier: Apache-2.0
#include "app/demo/fleet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "app/demo/place.hpp"

namespace weir::app::demo {
namespace {

constexpr unsigned kSenders = 2;              // Of each courier.
constexpr unsigned kEventfulFromSeconds = 5;  // In less, nobody may have to take over.

std::uint64_t Of(const Dispatcher::Tally& tally, std::string_view connection) {
  const auto found = tally.find(std::string(connection));
  return found == tally.end() ? 0 : found->second;
}

}  // namespace

std::vector<ConnectionConfig> Fleet::Connections(std::span<const std::uint16_t> ports) {
  const auto all = SimulatedCouriers();
  std::vector<ConnectionConfig> connections;
  connections.reserve(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    connections.push_back(ConnectionTo(*all[i], OriginOf(ports[i])));
  }
  return connections;
}

void Fleet::Start(const std::string& gateway_origin, std::span<const std::uint16_t> ports) {
  const auto all = SimulatedCouriers();
  for (std::size_t i = 0; i < all.size(); ++i) {
    Running running{.known = all[i],
                    .courier = all[i]->make(
                        options_, gateway_origin + "/hooks/" + std::string(all[i]->connection)),
                    .shell = nullptr};
    running.shell = std::make_unique<simulators::HttpShell>(
        *running.courier, clock_,
        simulators::ShellOptions{.port = static_cast<int>(ports[i]), .senders = kSenders});
    if (auto started = running.shell->Start(); !started) {
      throw std::runtime_error(started.error().message);
    }
    couriers_.push_back(std::move(running));
  }
  dispatcher_ = std::make_unique<Dispatcher>(gateway_origin, kApiKey);
  dispatcher_->Start();
}

void Fleet::StopDispatching() {
  if (dispatcher_) dispatcher_->Stop();
}

void Fleet::Stop() {
  dispatcher_.reset();
  for (Running& running : couriers_) running.shell.reset();
  couriers_.clear();
}

std::string Fleet::Head() const {
  std::string text;
  for (const Running& running : couriers_) {
    text += fmt::format("{:<10} at {}, simulated\n", running.known->name, running.shell->origin());
  }
  const simulators::CourierTraffic lives = DemoCourierTraffic();
  text += fmt::format(
      "           carry what the merchant delivers itself: the cheaper of two by policy, every\n"
      "           fourth as a parcel; {} % are cancelled by their courier, {} % nobody takes,\n"
      "           {} % of calls are lost\n",
      lives.cancelled * 100, lives.unaccepted * 100,
      (DemoCallFaults().lost_request + DemoCallFaults().lost_answer) * 100);
  return text;
}

std::vector<CourierRow> Fleet::Rows() const {
  const Dispatcher::Tally cancelled = dispatcher_->cancelled();
  const Dispatcher::Tally taken_over = dispatcher_->taken_over();
  std::vector<CourierRow> rows;
  for (const Running& running : couriers_) {
    simulators::Counts counts;
    running.shell->With([&] { counts = running.courier->counts(); });
    rows.emplace_back(running.known->name,
                      CourierFigures{.shipments = counts.orders,
                                     .pushes = counts.pushes + counts.forged,
                                     .answered_ok = counts.answered_ok,
                                     .duplicates = counts.duplicated,
                                     .refused = counts.forged - counts.forged_accepted,
                                     .calls = counts.calls,
                                     .cancelled = Of(cancelled, running.known->connection),
                                     .taken_over = Of(taken_over, running.known->connection)});
  }
  return rows;
}

bool Fleet::PlayedOut() const {
  return dispatcher_->idle() && std::ranges::all_of(couriers_, [](const Running& running) {
           bool played_out = false;
           running.shell->With([&] { played_out = !running.courier->NextDue(); });
           return played_out;
         });
}

Result<CourierAudit::Records> Fleet::OrdersOf(GatewayClient& client,
                                              const CourierAudit::Records& shipments) {
  CourierAudit::Records orders;
  for (const auto& [id, shipment] : shipments) {
    const auto& order = shipment.at("order");
    if (!order.is_string() || orders.contains(order.get<std::string>())) continue;
    auto record = client.Order(order.get<std::string>());
    if (!record) return std::unexpected(record.error());
    if (*record) orders.emplace(order.get<std::string>(), **std::move(record));
  }
  return orders;
}

CourierAudit Fleet::Audit(GatewayClient& client) const {
  std::vector<std::string> words;
  words.reserve(couriers_.size());
  for (const Running& running : couriers_) words.emplace_back(running.known->word);
  CourierAudit audit(words, options_.seconds >= kEventfulFromSeconds);
  CourierAudit::Books books;
  for (const Running& running : couriers_) {
    running.shell->With([&] {
      books.emplace(running.known->word, running.courier->Shipments());
      audit.CheckForgeries(running.known->word, running.courier->counts());
    });
  }
  if (const std::string complaint = dispatcher_->complaint(); !complaint.empty()) {
    audit.NoteFailure(complaint);
  }
  const auto shipments = client.Shipments();
  const auto orders = shipments ? OrdersOf(client, *shipments)
                                : Result<CourierAudit::Records>(std::unexpected(shipments.error()));
  if (!orders) {
    audit.NoteFailure(orders.error().message);
    return audit;
  }
  audit.CheckBooks(books, *shipments);
  audit.CheckKnown(books, *shipments);
  audit.CheckAlone(books, *shipments);
  audit.CheckOrders(*shipments, *orders);
  return audit;
}

}  // namespace weir::app::demo
