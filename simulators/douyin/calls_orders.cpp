// SPDX-License-Identifier: Apache-2.0
// The calls on takeaways, and the order queries (protocol notes A6).
#include <algorithm>
#include <array>
#include <chrono>
#include <functional>

#include "base/text.hpp"
#include "simulators/douyin/calls.hpp"
#include "simulators/douyin/snapshot.hpp"

namespace weir::simulators::douyin {
namespace {

constexpr std::int64_t kLargestPage = 100;
constexpr std::int64_t kLastByPage = 10'000;

/// Which orders a query asks for.
class Filter {
 public:
  explicit Filter(const Arguments& arguments)
      : id_(arguments.TextOf("order_id")),
        outer_(arguments.TextOf("ext_order_id") + arguments.TextOf("out_order_no")),
        status_(arguments.NumberOf("order_status")),
        created_from_(arguments.NumberOf("create_order_start_time")),
        created_to_(arguments.NumberOf("create_order_end_time")),
        updated_from_(arguments.NumberOf("update_order_start_time")),
        updated_to_(arguments.NumberOf("update_order_end_time")) {}

  [[nodiscard]] bool Wants(const Order& order) const {
    const auto within = [](std::int64_t at, const auto& from, const auto& to) {
      return (!from || at >= *from) && (!to || at <= *to);
    };
    return outer_.empty() && (id_.empty() || order.id == id_) &&
           (!status_ || order.order_status() == *status_) &&
           within(UnixSeconds(order.created), created_from_, created_to_) &&
           within(order.updated, updated_from_, updated_to_);
  }

 private:
  std::string id_;
  std::string outer_;  ///< The simulated platform knows no numbers of others.
  std::optional<std::int64_t> status_;
  std::optional<std::int64_t> created_from_;
  std::optional<std::int64_t> created_to_;
  std::optional<std::int64_t> updated_from_;
  std::optional<std::int64_t> updated_to_;
};

using Orders = std::vector<const Order*>;

struct Page {
  Slice slice;
  std::int64_t number = 0;
  std::int64_t size = 0;
};

/// By page up to 10,000 orders; beyond them, and wherever it is asked for, by cursor.
std::expected<Page, Failure> PageOf(const Call& call, std::size_t all) {
  constexpr std::int64_t kUsual = 20;
  const Failure bad{code::kBadArgument, "page_num, page_size or cursor is not valid"};
  const std::int64_t size = call.arguments.Find("page_size") == nullptr
                                ? kUsual
                                : call.arguments.NumberOf("page_size").value_or(0);
  if (size < 1 || size > kLargestPage) {
    return std::unexpected(bad);
  }
  if (!call.arguments.TextOf("cursor").empty()) {
    const auto slice = SliceOf(call, "page_size", kLargestPage, all);
    if (!slice) return std::unexpected(bad);
    return Page{*slice, 0, size};
  }
  const std::int64_t number = call.arguments.Find("page_num") == nullptr
                                  ? 1
                                  : call.arguments.NumberOf("page_num").value_or(0);
  if (number < 1 || number > kLastByPage) {
    return std::unexpected(bad);
  }
  if (number * size > kLastByPage) {
    return std::unexpected(Failure{code::kUseCursor, "请使用游标分页查询"});
  }
  const auto first = std::min(static_cast<std::size_t>((number - 1) * size), all);
  return Page{{first, std::min(first + static_cast<std::size_t>(size), all)}, number, size};
}

/// The orders that the query's filter and `listed` want.
Outcome Answer(const Call& call, bool catering, const std::function<bool(const Order&)>& listed) {
  const Filter filter(call.arguments);
  Orders found;
  for (const Order& order : call.book.orders()) {
    if (filter.Wants(order) && listed(order)) found.push_back(&order);
  }
  const auto page = PageOf(call, found.size());
  if (!page) {
    return std::unexpected(page.error());
  }
  const Reader reader = ReaderOf(call);
  return ObjectText([&](JsonWriter& json) {
    json.Key("orders").BeginArray();
    for (std::size_t i = page->slice.first; i < page->slice.last; ++i) {
      json.Raw(OrderJson(*found[i], reader, catering));
    }
    json.EndArray().Key("page").BeginObject().Member("page_num", page->number);
    json.Member("page_size", page->size);
    json.Member("total", static_cast<std::int64_t>(found.size())).EndObject();
    json.Member("cursor", std::to_string(page->slice.last));
    json.Member("has_more", page->slice.last < found.size());
  });
}

/// Coupons; a takeaway only when its number is asked for.
Outcome QueryGeneral(const Call& call, bool catering) {
  const bool by_id = !call.arguments.TextOf("order_id").empty();
  return Answer(call, catering,
                [by_id](const Order& order) { return order.coupons.has_value() || by_id; });
}

/// For calls that do one act on one takeaway.
Outcome Act(const Call& call, const std::function<bool(Order&)>& act) {
  const auto order = OrderOf(call);
  if (!order) {
    return std::unexpected(order.error());
  }
  return NothingOr(act(**order));
}

/// Whether `name` holds {"reason_code":[...]}.
bool HasReason(const Call& call, const char* name) {
  const auto& body = call.arguments.body();
  return body.contains(name) && body.at(name).is_object() &&
         body.at(name).contains("reason_code") && body.at(name).at("reason_code").is_array();
}

}  // namespace

Outcome QueryOrders(const Call& call) { return QueryGeneral(call, false); }

Outcome QueryCateringOrders(const Call& call) { return QueryGeneral(call, true); }

Outcome QueryTakeaways(const Call& call) {
  return Answer(call, true, [](const Order& order) { return !order.coupons; });
}

Outcome QueryMeals(const Call& call) {
  return Answer(call, true, [](const Order&) { return false; });
}

Outcome ConfirmOrder(const Call& call) {
  return Act(call, [&](Order& order) { return call.life.Accept(order, call.now); });
}

Outcome RejectOrder(const Call& call) {
  if (!HasReason(call, "reject_reason")) {
    return std::unexpected(Failure{code::kBadArgument, "reject_reason is missing"});
  }
  return Act(call, [&](Order& order) { return call.life.End(order, Ending::kRejected, call.now); });
}

Outcome MealReady(const Call& call) {
  return Act(call, [](Order& order) { return Life::Prepare(order); });
}

Outcome SyncRider(const Call& call) {
  // `behavior` from 1 on, as far as it is known (protocol notes A6.3).
  constexpr std::array kStatuses = {102, 103, 104, 200, 300};
  const auto behavior = call.arguments.NumberOf("behavior").value_or(0);
  if (behavior < 1 || behavior > static_cast<std::int64_t>(kStatuses.size())) {
    return std::unexpected(Failure{code::kBadArgument, "behavior is not valid"});
  }
  return Act(call, [&](Order& order) {
    return call.life.ReportRider(order, kStatuses.at(static_cast<std::size_t>(behavior - 1)),
                                 call.arguments.TextOf("rider_name"),
                                 call.arguments.TextOf("rider_phone"), call.now);
  });
}

Outcome ApplyRefund(const Call& call) {
  const std::string out_id = call.arguments.TextOf("out_after_sale_id");
  if (out_id.empty() || !HasReason(call, "refund_reason")) {
    return std::unexpected(
        Failure{code::kBadArgument, "out_after_sale_id or refund_reason is missing"});
  }
  return Act(call, [&](Order& order) { return call.life.GiveUp(order, out_id, call.now); });
}

Outcome AuditRefund(const Call& call) {
  const std::string refund = call.arguments.TextOf("after_sale_id");
  const std::string approved = call.arguments.TextOf("is_approved");
  if (refund.empty() || (approved != "true" && approved != "false") ||
      (approved == "false" && !HasReason(call, "reject_reason"))) {
    return std::unexpected(
        Failure{code::kBadArgument, "after_sale_id, is_approved or reject_reason is missing"});
  }
  for (const Order& known : call.book.orders()) {
    if (std::ranges::find(known.refunds, refund, &Refund::id) == known.refunds.end()) continue;
    Order* order = call.book.Find(known.id);
    return NothingOr(call.life.DecideRefund(*order, refund, approved == "true", call.now));
  }
  return std::unexpected(Failure{code::kNoSuchOrder, "售后单不存在", code::kOrderMissing});
}

Outcome QueryLedger(const Call& call) {
  return ObjectText([&](JsonWriter& json) {
    json.Key("ledgers").BeginArray();
    for (const std::string& id : call.arguments.ListOf("order_ids")) {
      const Order* order = call.book.Find(id);
      if (order == nullptr || order->status != Status::kFinished) continue;
      json.BeginObject().Member("order_id", id).Member("pay_amount", order->basket.pay());
      json.Member("commission_amount", order->basket.commission());
      json.Member("merchant_amount", order->basket.income()).EndObject();
    }
    json.EndArray();
  });
}

}  // namespace weir::simulators::douyin
