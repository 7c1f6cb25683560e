// SPDX-License-Identifier: Apache-2.0
// The methods on orders, their riders and tracks.
#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

#include "base/text.hpp"
#include "simulators/chance.hpp"
#include "simulators/doudian/calls.hpp"
#include "simulators/doudian/snapshot.hpp"

namespace weir::simulators::doudian {
namespace {

constexpr std::string_view kNothing = "{}";

/// What order.searchList is asked for.
struct Search {
  std::optional<std::int64_t> created_from;
  std::optional<std::int64_t> created_to;
  std::optional<std::int64_t> updated_from;
  std::optional<std::int64_t> updated_to;
  std::set<std::int64_t> statuses;  ///< Empty: all.
  bool not_accepted = false;
  bool by_update = false;
  bool ascending = false;

  [[nodiscard]] bool wants(const Order& order) const {
    const auto within = [](std::int64_t at, auto from, auto to) {
      return (!from || at >= *from) && (!to || at <= *to);
    };
    return within(UnixSeconds(order.created), created_from, created_to) &&
           within(order.updated, updated_from, updated_to) &&
           (statuses.empty() || statuses.contains(order.status)) &&
           (!not_accepted || order.awaits_acceptance());
  }
  [[nodiscard]] std::int64_t place(const Order& order) const {
    return by_update ? order.updated : UnixSeconds(order.created);
  }
};

/// Of `combine_status`, an array of one object whose order_status is "2,101".
std::optional<std::set<std::int64_t>> StatusesOf(const nlohmann::json& params) {
  std::set<std::int64_t> statuses;
  const auto given = params.find("combine_status");
  if (given == params.end()) {
    return statuses;
  }
  if (!given->is_array() || given->size() != 1 || !given->front().is_object()) {
    return std::nullopt;
  }
  std::string_view left;
  const auto text = given->front().find("order_status");
  if (text != given->front().end() && text->is_string()) {
    left = text->get_ref<const std::string&>();
  }
  while (!left.empty()) {
    const std::string_view piece = left.substr(0, left.find(','));
    const auto number = ParseInt(piece);
    if (!number) return std::nullopt;
    statuses.insert(*number);
    left.remove_prefix(std::min(piece.size() + 1, left.size()));
  }
  return statuses;
}

std::optional<Search> SearchOf(const Call& call) {
  const auto statuses = StatusesOf(call.params);
  const auto order_by = TextOf(call, "order_by").value_or("create_time");
  if (!statuses || (order_by != "create_time" && order_by != "update_time")) {
    return std::nullopt;
  }
  const auto ascending = call.params.find("order_asc");
  return Search{.created_from = NumberOf(call, "create_time_start"),
                .created_to = NumberOf(call, "create_time_end"),
                .updated_from = NumberOf(call, "update_time_start"),
                .updated_to = NumberOf(call, "update_time_end"),
                .statuses = *statuses,
                .not_accepted = TextOf(call, "fulfil_status") == "no_accept",
                .by_update = order_by == "update_time",
                .ascending = ascending != call.params.end() && *ascending == true};
}

/// Opens one of an order's ciphertexts; false when it is none of them.
bool WriteDecrypted(JsonWriter& json, const Call& call, const std::string& order_id,
                    std::string_view cipher) {
  const Order* order = call.book.Find(order_id);
  for (const Personal which : kPersonal) {
    if (order == nullptr || CipherOf(order->recipient, which, order->id) != cipher) continue;
    const bool is_virtual = which == Personal::kPhone && !order->recipient.host.empty();
    json.Member("decrypt_text", PlainOf(order->recipient, which)).Member("err_no", 0);
    json.Member("err_msg", "").Member("data_type", static_cast<int>(which));
    json.Member("is_virtual_tel", is_virtual);
    json.Member("phone_no_a", is_virtual ? order->recipient.host : std::string());
    json.Member("phone_no_b", is_virtual ? order->recipient.extension : std::string());
    json.Member("expire_time", is_virtual ? UnixSeconds(call.now) + 86'400 : 0);
    return true;
  }
  return false;
}

}  // namespace

Outcome OrderDetail(const Call& call) {
  const auto order = OrderOf(call);
  if (!order) {
    return std::unexpected(order.error());
  }
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("shop_order_detail");
  json.Raw(OrderJson(**order, call.options.shop_id)).EndObject();
  return text;
}

Outcome SearchList(const Call& call) {
  const auto page = PageOf(call, 0);
  const auto search = SearchOf(call);
  if (!page || !search) {
    return BadArgument("page, size, order_by或combine_status错误");
  }
  // By time; those of one second as they were created.
  std::vector<std::tuple<std::int64_t, std::size_t, const Order*>> found;
  for (const Order& order : call.book.orders()) {
    const std::int64_t place = search->place(order);
    if (search->wants(order)) {
      found.emplace_back(search->ascending ? place : -place, found.size(), &order);
    }
  }
  std::ranges::sort(found);
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("page", page->number).Member("size", page->size);
  json.Member("total", static_cast<std::int64_t>(found.size()));
  json.Key("shop_order_list").BeginArray();
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (page->holds(static_cast<std::int64_t>(i))) {
      json.Raw(OrderJson(*std::get<const Order*>(found[i]), call.options.shop_id));
    }
  }
  json.EndArray().EndObject();
  return text;
}

Outcome BatchDecrypt(const Call& call) {
  constexpr std::size_t kMost = 50;
  constexpr int kUnknownCipher = 300008;
  const auto infos = call.params.find("cipher_infos");
  if (infos == call.params.end() || !infos->is_array() || infos->size() > kMost) {
    return BadArgument("cipher_infos错误");
  }
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("decrypt_infos").BeginArray();
  for (const auto& info : *infos) {
    const std::string order = info.is_object() ? info.value("auth_id", "") : std::string();
    const std::string cipher = info.is_object() ? info.value("cipher_text", "") : std::string();
    json.BeginObject().Member("auth_id", order).Member("cipher_text", cipher);
    if (!WriteDecrypted(json, call, order, cipher)) {
      json.Member("decrypt_text", "").Member("err_no", kUnknownCipher);
      json.Member("err_msg", "密文无效");
    }
    json.EndObject();
  }
  json.EndArray().Key("custom_err").BeginObject().Member("err_code", 0).Member("err_msg", "");
  json.EndObject().EndObject();
  return text;
}

Outcome LogisticsAdd(const Call& call) {
  const auto order = OrderOf(call);
  if (!order) {
    return std::unexpected(order.error());
  }
  const auto company = TextOf(call, "company_code");
  const auto number = TextOf(call, "logistics_code");
  if (!company || !number || TextOf(call, "store_id") != (*order)->shop) {
    return BadArgument("company_code, logistics_code或store_id错误");
  }
  const Parcel parcel{
      .tracking_no = *number, .company = *company, .shipped = UnixSeconds(call.now)};
  if (!call.life.Ship(**order, parcel, call.now)) {
    return BusinessFailed("isv.business-failed:30005", "订单状态不允许发货");
  }
  return std::string(kNothing);
}

Outcome LogisticsCompanyList(const Call& /*call*/) {
  return R"([{"id":12,"name":"顺丰速运","code":"shunfeng"},{"id":900,"name":"商家自配",)"
         R"("code":"shangjiapeisong"}])";
}

Outcome GetShipmentInfo(const Call& call) {
  const auto order = OrderOf(call);
  if (!order) {
    return std::unexpected(order.error());
  }
  const bool outward = NumberOf(call, "shipment_type").value_or(1) == 1;
  const bool is_there = outward && (*order)->delivery.shipment_status != 0;
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("shipment_info");
  json.Raw(is_there ? ShipmentJson(**order, call.options.shop_id, call.now) : "null");
  json.EndObject();
  return text;
}

Outcome ShopOrderDispatcher(const Call& call) {
  constexpr std::int64_t kCall = 1;
  constexpr std::int64_t kCancel = 2;
  const auto order = OrderOf(call);
  if (!order) {
    return std::unexpected(order.error());
  }
  const auto type = NumberOf(call, "dispatcher_type");
  if ((type != kCall && type != kCancel) || TextOf(call, "store_id") != (*order)->shop) {
    return BadArgument("dispatcher_type或store_id错误");
  }
  const bool done = type == kCall ? call.life.CallRider(**order, call.now)
                                  : call.life.SendRiderAway(**order, call.now);
  if (!done) {
    return BusinessFailed("isv.business-failed:30006", "订单状态不允许呼叫骑手");
  }
  return R"({"pickup_code":")" + std::to_string((*order)->day_seq) + R"("})";
}

Outcome GetDispatcherInfo(const Call& call) {
  const auto order = OrderOf(call);
  if (!order) {
    return std::unexpected(order.error());
  }
  std::string text;
  JsonWriter(text).BeginObject().Member("fee", (*order)->basket.delivery + 200).EndObject();
  return text;
}

Outcome TrackNoRouteDetail(const Call& call) {
  const auto number = TextOf(call, "track_no");
  const bool doubly = Chance(call.random, call.options.quirks.double_underscore);
  for (const Order& order : call.book.orders()) {
    const auto parcel = std::ranges::find(order.parcels, number.value_or(""), &Parcel::tracking_no);
    if (parcel == order.parcels.end() || TextOf(call, "logistics_code") != parcel->company)
      continue;
    return TrackJson(order, *parcel, doubly ? "route__node_list" : "route_node_list");
  }
  return BusinessFailed("isv.business-failed:40001", "运单不存在");
}

}  // namespace weir::simulators::doudian
