// SPDX-License-Identifier: Apache-2.0
#include "sync/order_look.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/ids.hpp"
#include "model/words.hpp"
#include "sync/order_record.hpp"

namespace weir::sync {
namespace {

using model::OrderStatus;
using nlohmann::json;

constexpr std::array kOpen = {OrderStatus::kPendingPayment, OrderStatus::kPlaced,
                              OrderStatus::kAccepted,       OrderStatus::kPreparing,
                              OrderStatus::kReady,          OrderStatus::kDispatched,
                              OrderStatus::kDelivered};

}  // namespace

boost::asio::awaitable<Result<OrderNews>> LookFor(storage::Storage& storage, std::string merchant,
                                                  model::OrderFacts facts) {
  auto row = co_await storage.Read(storage::RecordKind::kOrder, std::move(merchant),
                                   PlatformRecordId(facts.platform, facts.platform_order_id));
  if (!row) co_return std::unexpected(row.error());
  if (!*row) co_return OrderNews::kOrder;
  const auto record = FromRow(**std::move(row));
  if (!record) co_return std::unexpected(record.error());
  // What waits to be read again is better for it even when it says the same.
  const bool shown = facts.snapshot && record->state.Shows(facts.snapshot->key.digest) &&
                     !record->state.wants_reread();
  co_return shown ? OrderNews::kNothing : OrderNews::kMore;
}

boost::asio::awaitable<Result<std::vector<std::string>>> OpenOrders(storage::Storage& storage,
                                                                    std::string merchant,
                                                                    std::string platform,
                                                                    std::string connection) {
  std::vector<std::string> open;
  for (const OrderStatus status : kOpen) {
    storage::ListQuery query;
    query.merchant = merchant;
    query.platform = platform;
    query.status = Name(status);
    for (bool more = true; more;) {
      const auto page = co_await storage.List(query);
      if (!page) co_return std::unexpected(page.error());
      for (const storage::Published& order : page->records) {
        const json record = json::parse(order.json, nullptr, false);
        if (!record.is_object() || record.value("connection", "") != connection) continue;
        open.push_back(record.value("platform_order_id", ""));
      }
      more = page->more && !page->records.empty();
      if (more) query.behind = {page->records.back().sorted_at, page->records.back().id};
    }
  }
  co_return open;
}

}  // namespace weir::sync
