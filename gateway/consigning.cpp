// SPDX-License-Identifier: Apache-2.0
#include "gateway/consigning.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "gateway/parameters.hpp"

namespace weir::gateway {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestText = 512;
constexpr std::size_t kMostGoods = 200;
/// Couriers refuse a receiver without a name, which platforms do not always tell.
constexpr const char* kSomebody = "顾客";

/// At most so much of a text, cut between two characters.
std::string Cut(const std::string& text) {
  std::size_t end = std::min(text.size(), kLongestText);
  const auto continues = [&text](std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
  };
  while (end > 0 && continues(end)) --end;
  return text.substr(0, end);
}

/// A member of the order's own record; empty where it has none.
std::string TextOf(const json& in, const char* name) {
  const auto found = in.find(name);
  if (found == in.end() || !found->is_string()) return {};
  return Cut(found->get_ref<const std::string&>());
}

void Take(std::string& target, std::string told) {
  if (target.empty()) target = std::move(told);
}

std::optional<Instant> TimeOf(const json& in, const char* name) {
  const auto at = ParseRfc3339(TextOf(in, name));
  return at ? std::optional(*at) : std::nullopt;
}

/// Degrees as the record has them: numbers.
std::string DegreesOf(const json& in, const char* name) {
  const auto found = in.find(name);
  return found != in.end() && found->is_number() ? found->dump() : std::string();
}

void TakeReceiver(const json& customer, model::ShipmentParty& receiver) {
  Take(receiver.name, TextOf(customer, "name"));
  if (receiver.phone.empty()) {
    receiver.phone = TextOf(customer, "phone");
    const std::string extension = TextOf(customer, "phone_extension");
    if (!extension.empty()) receiver.phone += "," + extension;
  }
  Take(receiver.address, TextOf(customer, "address"));
  if (receiver.latitude.empty() && receiver.longitude.empty()) {
    receiver.latitude = DegreesOf(customer, "latitude");
    receiver.longitude = DegreesOf(customer, "longitude");
  }
}

void TakeGoods(const json& items, std::vector<model::ShipmentGood>& goods) {
  if (!goods.empty() || !items.is_array()) return;
  for (const json& item : items) {
    if (goods.size() == kMostGoods) return;
    const auto quantity = item.find("quantity");
    const bool counted = quantity != item.end() && quantity->is_number_integer();
    goods.push_back({.name = TextOf(item, "name"),
                     .code = TextOf(item, "sku"),
                     .quantity = counted ? quantity->dump() : TextOf(item, "quantity"),
                     .unit = {},
                     .amount = Money::FromFen(
                         std::max<std::int64_t>(item.value("amount", std::int64_t{0}), 0))});
  }
}

void TakeOrder(const json& order, sync::ShipmentRequest& request) {
  model::Consignment& what = request.consignment;
  Take(request.store, TextOf(order, "store"));
  TakeReceiver(order.at("customer"), what.receiver);
  TakeGoods(order.at("items"), what.goods);
  const json& paid = order.at("totals").at("paid");
  if (what.goods_value.is_zero() && paid.is_number_integer()) {
    what.goods_value = Money::FromFen(std::max<std::int64_t>(paid.get<std::int64_t>(), 0));
  }
  Take(what.remark, TextOf(order, "remark"));
  Take(what.selling_platform, TextOf(order, "platform"));
  Take(what.display_no, TextOf(order, "display_no"));
  if (!what.ordered_at) what.ordered_at = TimeOf(order, "placed_at");
  const json& expected = order.at("expected");
  if (!what.deliver_at && expected.is_object()) what.deliver_at = TimeOf(expected, "to");
}

}  // namespace

boost::asio::awaitable<Result<sync::ShipmentRequest>> Complete(storage::Storage& storage,
                                                               std::string merchant,
                                                               sync::ShipmentRequest request) {
  if (!request.order.empty()) {
    const auto record = co_await storage.ReadPublished(storage::RecordKind::kOrder,
                                                       std::move(merchant), request.order);
    if (!record) co_return std::unexpected(record.error());
    if (!*record) co_return Fail(ErrorKind::kNotFound, "no such order");
    TakeOrder(json::parse((*record)->json), request);
  }
  model::ShipmentParty& receiver = request.consignment.receiver;
  Take(receiver.name, kSomebody);
  if (receiver.phone.empty() || receiver.address.empty()) {
    co_return InvalidParameter("receiver", "phone and address, or an order that tells them");
  }
  if (request.policy.couriers.empty() && request.policy.rules.empty()) {
    co_return InvalidParameter("courier", "a connection, or a policy with couriers");
  }
  co_return request;
}

}  // namespace weir::gateway
