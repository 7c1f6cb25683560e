// SPDX-License-Identifier: Apache-2.0
// The methods on after-sales.
#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "simulators/doudian/calls.hpp"
#include "simulators/doudian/snapshot.hpp"

namespace weir::simulators::doudian {
namespace {

struct Found {
  Order* order = nullptr;
  std::size_t index = 0;

  [[nodiscard]] const Refund& refund() const { return order->refunds[index]; }
};

/// All after-sales that `wanted` says, oldest order first.
std::vector<Found> FindAll(const Call& call, auto wanted) {
  std::vector<Found> all;
  for (const Order& order : call.book.orders()) {
    for (std::size_t i = 0; i < order.refunds.size(); ++i) {
      if (wanted(order, order.refunds[i])) all.push_back({call.book.Find(order.id), i});
    }
  }
  return all;
}

std::optional<Found> FindOne(const Call& call, const std::string& id) {
  const auto all =
      FindAll(call, [&id](const Order&, const Refund& refund) { return refund.id == id; });
  return all.empty() ? std::nullopt : std::optional(all.front());
}

std::unexpected<Failure> Unknown() {
  return BusinessFailed("isv.business-failed:30010", "售后单不存在");
}

}  // namespace

Outcome AfterSaleList(const Call& call) {
  const auto page = PageOf(call, 0);
  if (!page) {
    return BadArgument("page或size错误");
  }
  std::set<std::int64_t> statuses;
  const auto given = call.params.find("standard_aftersale_status");
  if (given != call.params.end() && given->is_array()) {
    for (const auto& one : *given) {
      if (one.is_number_integer()) statuses.insert(one.get<std::int64_t>());
    }
  }
  const auto from = NumberOf(call, "update_start_time");
  const auto to = NumberOf(call, "update_end_time");
  const auto of_order = TextOf(call, "order_id");
  const auto id = TextOf(call, "aftersale_id");
  const auto type = NumberOf(call, "aftersale_type");
  const auto found = FindAll(call, [&](const Order& order, const Refund& refund) {
    return (!from || refund.updated >= *from) && (!to || refund.updated <= *to) &&
           (!of_order || order.id == *of_order) && (!id || refund.id == *id) &&
           (!type || std::to_underlying(refund.type) == *type) &&
           (statuses.empty() || statuses.contains(refund.words().status));
  });
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("items").BeginArray();
  std::int64_t index = 0;
  for (const Found& each : found) {
    if (page->holds(index++)) json.Raw(RefundItemJson(*each.order, each.refund()));
  }
  const auto total = static_cast<std::int64_t>(found.size());
  json.EndArray().Member("has_more", (page->number + 1) * page->size < total);
  json.Member("total", total).Member("page", page->number).Member("size", page->size).EndObject();
  return text;
}

Outcome AfterSaleDetail(const Call& call) {
  const auto id = TextOf(call, "after_sale_id");
  const auto other = id ? id : TextOf(call, "aftersale_id");
  const auto found = FindOne(call, other.value_or(""));
  if (!found) {
    return Unknown();
  }
  return RefundJson(*found->order, found->refund());
}

Outcome AfterSaleOperate(const Call& call) {
  // A type ends in 1 to agree and in 2 to refuse.
  constexpr std::int64_t kTypes = 10;
  const std::int64_t what = NumberOf(call, "type").value_or(0) % kTypes;
  const auto items = call.params.find("items");
  if ((what != 1 && what != 2) || items == call.params.end() || !items->is_array()) {
    return BadArgument("type或items错误");
  }
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("items").BeginArray();
  for (const auto& item : *items) {
    const std::string id = item.is_object() ? item.value("aftersale_id", "") : std::string();
    const auto found = FindOne(call, id);
    const bool stale =
        found && item.contains("update_time") && item["update_time"] != found->refund().updated;
    const bool done =
        found && !stale && call.life.DecideRefund(*found->order, found->index, what == 1, call.now);
    json.BeginObject().Member("aftersale_id", id).Member("status_code", done ? 0 : 1);
    json.Member("status_msg", done ? "success" : "售后单状态已变更").EndObject();
  }
  json.EndArray().EndObject();
  return text;
}

}  // namespace weir::simulators::doudian
