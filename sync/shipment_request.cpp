// SPDX-License-Identifier: Apache-2.0
#include "sync/shipment_request.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/text.hpp"

namespace weir::sync {
namespace {

using nlohmann::json;

constexpr std::size_t kLongest = 512;
constexpr std::size_t kMost = 200;
constexpr std::int64_t kMostMoney = 100'000'000;  // A million yuan.
constexpr std::int64_t kMostWeight = 1'000'000;   // A ton.
constexpr std::int64_t kMostParcels = 307;        // sf_express.md §1.6
constexpr std::int64_t kMinutesOfDay = 24 * 60;
constexpr std::int64_t kMostWeights = 1000;
constexpr std::int64_t kLongestWait = 24 * 60 * 60;

/// Reads the members of one object; the first mistake counts, all else is read as if it were right.
class Shape {
 public:
  Shape(const json& in, std::string where, std::optional<Error>& error,
        std::initializer_list<std::string_view> known)
      : in_(in.is_object() ? in : kNothing), where_(std::move(where)), error_(error) {
    if (!in.is_object()) {
      Refuse("bad_request", where_.empty() ? "the body" : where_, "an object");
      return;
    }
    for (const auto& [name, value] : in_.items()) {
      if (std::ranges::find(known, name) != known.end()) continue;
      Refuse("unknown_parameter", Named(RepairUtf8(name.substr(0, 64))),
             fmt::format("one of {}", fmt::join(known, ", ")));
    }
  }

  [[nodiscard]] const json* Find(const char* name) const {
    const auto found = in_.find(name);
    return found == in_.end() || found->is_null() ? nullptr : &*found;
  }
  void Text(const char* name, std::string& target) {
    const json* value = Find(name);
    if (value == nullptr) return;
    if (!value->is_string() || value->get_ref<const std::string&>().size() > kLongest) {
      return Refuse("invalid_parameter", Named(name),
                    fmt::format("a text of at most {} bytes", kLongest));
    }
    target = value->get<std::string>();
  }
  void Number(const char* name, std::int64_t low, std::int64_t high, std::int64_t& target) {
    const json* value = Find(name);
    if (value == nullptr) return;
    const bool fits = value->is_number_integer() && *value >= low && *value <= high;
    if (!fits) {
      return Refuse("invalid_parameter", Named(name),
                    fmt::format("an integer from {} to {}", low, high));
    }
    target = value->get<std::int64_t>();
  }
  void Sum(const char* name, Money& target) {
    std::int64_t fen = target.fen();
    Number(name, 0, kMostMoney, fen);
    target = Money::FromFen(fen);
  }
  void Time(const char* name, std::optional<Instant>& target) {
    std::string text;
    Text(name, text);
    if (text.empty()) return;
    const auto at = ParseRfc3339(text);
    if (!at) return Refuse("invalid_parameter", Named(name), "a time as 2026-11-22T03:00:00Z");
    target = *at;
  }
  void Texts(const char* name, std::vector<std::string>& target) {
    for (const json* one : Members(name)) {
      if (!one->is_string()) return Refuse("invalid_parameter", Named(name), "an array of texts");
      target.push_back(one->get<std::string>());
    }
  }
  /// The elements of an array; none where it is absent.
  [[nodiscard]] std::vector<const json*> Members(const char* name) {
    std::vector<const json*> members;
    const json* value = Find(name);
    if (value == nullptr) return members;
    if (!value->is_array() || value->size() > kMost) {
      Refuse("invalid_parameter", Named(name), fmt::format("an array of at most {}", kMost));
      return members;
    }
    for (const json& one : *value) members.push_back(&one);
    return members;
  }
  void Refuse(const char* code, std::string_view what, std::string_view expected) {
    if (error_) return;
    error_ = Error{.kind = ErrorKind::kRejected,
                   .message = fmt::format("{}: expected {}", what, expected),
                   .remote_code = code};
  }
  [[nodiscard]] std::string Named(std::string_view name) const {
    return where_.empty() ? std::string(name) : fmt::format("{}.{}", where_, name);
  }

 private:
  static inline const json kNothing = json::object();
  const json& in_;
  const std::string where_;
  std::optional<Error>& error_;
};

void ReadParty(const json* in, const char* where, std::optional<Error>& error,
               model::ShipmentParty& party) {
  if (in == nullptr) return;
  Shape shape(*in, where, error,
              {"name", "phone", "company", "province", "city", "district", "address", "latitude",
               "longitude"});
  shape.Text("name", party.name);
  shape.Text("phone", party.phone);
  shape.Text("company", party.company);
  shape.Text("province", party.province);
  shape.Text("city", party.city);
  shape.Text("district", party.district);
  shape.Text("address", party.address);
  shape.Text("latitude", party.latitude);
  shape.Text("longitude", party.longitude);
}

json PartyJson(const model::ShipmentParty& party) {
  return {
      {"name", party.name},         {"phone", party.phone},       {"company", party.company},
      {"province", party.province}, {"city", party.city},         {"district", party.district},
      {"address", party.address},   {"latitude", party.latitude}, {"longitude", party.longitude}};
}

model::ShipmentGood ReadGood(const json& in, std::optional<Error>& error) {
  model::ShipmentGood good;
  Shape shape(in, "goods[]", error, {"name", "code", "quantity", "unit", "amount"});
  shape.Text("name", good.name);
  shape.Text("code", good.code);
  shape.Text("quantity", good.quantity);
  shape.Text("unit", good.unit);
  shape.Sum("amount", good.amount);
  return good;
}

json GoodJson(const model::ShipmentGood& good) {
  return {{"name", good.name},
          {"code", good.code},
          {"quantity", good.quantity},
          {"unit", good.unit},
          {"amount", good.amount.fen()}};
}

DispatchRule ReadRule(const json& in, std::optional<Error>& error) {
  DispatchRule rule;
  Shape shape(in, "policy.rules[]", error, {"stores", "from", "to", "couriers"});
  shape.Texts("stores", rule.stores);
  shape.Number("from", 0, kMinutesOfDay, rule.from);
  shape.Number("to", 0, kMinutesOfDay, rule.to);
  shape.Texts("couriers", rule.couriers);
  return rule;
}

void ReadPolicy(const json* in, std::optional<Error>& error, DispatchPolicy& policy) {
  if (in == nullptr) return;
  Shape shape(*in, "policy", error,
              {"by", "couriers", "rules", "ceiling", "price_weight", "time_weight",
               "accept_within_seconds"});
  std::string by(Name(policy.by));
  shape.Text("by", by);
  if (const auto word = ParseDispatchBy(by)) {
    policy.by = *word;
  } else {
    shape.Refuse("invalid_parameter", "policy.by", "preferred, cheapest, fastest or weighted");
  }
  shape.Texts("couriers", policy.couriers);
  for (const json* rule : shape.Members("rules")) policy.rules.push_back(ReadRule(*rule, error));
  if (shape.Find("ceiling") != nullptr) shape.Sum("ceiling", policy.ceiling.emplace());
  shape.Number("price_weight", 0, kMostWeights, policy.price_weight);
  shape.Number("time_weight", 0, kMostWeights, policy.time_weight);
  std::int64_t wait = 0;
  shape.Number("accept_within_seconds", 0, kLongestWait, wait);
  policy.accept_within = std::chrono::seconds(wait);
}

json PolicyJson(const DispatchPolicy& policy) {
  json rules = json::array();
  for (const DispatchRule& rule : policy.rules) {
    rules.push_back({{"stores", rule.stores},
                     {"from", rule.from},
                     {"to", rule.to},
                     {"couriers", rule.couriers}});
  }
  return {{"by", Name(policy.by)},
          {"couriers", policy.couriers},
          {"rules", rules},
          {"ceiling", policy.ceiling ? json(policy.ceiling->fen()) : json(nullptr)},
          {"price_weight", policy.price_weight},
          {"time_weight", policy.time_weight},
          {"accept_within_seconds", policy.accept_within.count()}};
}

json TimeJson(const std::optional<Instant>& at) {
  return at ? json(ToRfc3339(*at)) : json(nullptr);
}

void ReadConsignment(Shape& shape, std::optional<Error>& error, model::Consignment& to) {
  ReadParty(shape.Find("sender"), "sender", error, to.sender);
  ReadParty(shape.Find("receiver"), "receiver", error, to.receiver);
  for (const json* good : shape.Members("goods")) to.goods.push_back(ReadGood(*good, error));
  shape.Sum("goods_value", to.goods_value);
  shape.Number("weight_g", 1, kMostWeight, to.weight_g);
  shape.Number("parcels", 1, kMostParcels, to.parcels);
  shape.Text("remark", to.remark);
  shape.Time("pick_up_at", to.pick_up_at);
  shape.Time("deliver_at", to.deliver_at);
  shape.Sum("tip", to.tip);
  shape.Text("product", to.product);
}

/// The members that only an order, or a shipment before it, tells.
void ReadTold(Shape& shape, ShipmentRequest& request) {
  shape.Text("selling_platform", request.consignment.selling_platform);
  shape.Text("display_no", request.consignment.display_no);
  shape.Time("ordered_at", request.consignment.ordered_at);
  shape.Texts("tried", request.tried);
  shape.Text("predecessor", request.predecessor);
}

Result<ShipmentRequest> Read(const json& in, bool kept) {
  std::optional<Error> error;
  ShipmentRequest request;
  Shape shape(
      in, "", error,
      kept
          ? std::initializer_list<std::string_view>{"order", "store", "policy", "sender",
                                                    "receiver", "goods", "goods_value", "weight_g",
                                                    "parcels", "remark", "pick_up_at", "deliver_at",
                                                    "tip", "product", "selling_platform",
                                                    "display_no", "ordered_at", "tried",
                                                    "predecessor"}
          : std::initializer_list<std::string_view>{
                "order", "store", "courier", "policy", "sender", "receiver", "goods", "goods_value",
                "weight_g", "parcels", "remark", "pick_up_at", "deliver_at", "tip", "product"});
  shape.Text("order", request.order);
  shape.Text("store", request.store);
  ReadConsignment(shape, error, request.consignment);
  ReadPolicy(shape.Find("policy"), error, request.policy);
  std::string courier;
  shape.Text("courier", courier);
  if (!courier.empty()) request.policy.couriers = {std::move(courier)};
  if (kept) ReadTold(shape, request);
  if (error) return std::unexpected(*std::move(error));
  return request;
}

}  // namespace

Result<ShipmentRequest> ReadShipmentRequest(std::string_view body) {
  return Read(body.empty() ? json::object() : json::parse(body, nullptr, false), false);
}

std::string EncodeShipmentRequest(const ShipmentRequest& request) {
  const model::Consignment& what = request.consignment;
  json goods = json::array();
  for (const model::ShipmentGood& good : what.goods) goods.push_back(GoodJson(good));
  const json out = {{"order", request.order},
                    {"store", request.store},
                    {"policy", PolicyJson(request.policy)},
                    {"sender", PartyJson(what.sender)},
                    {"receiver", PartyJson(what.receiver)},
                    {"goods", goods},
                    {"goods_value", what.goods_value.fen()},
                    {"weight_g", what.weight_g},
                    {"parcels", what.parcels},
                    {"remark", what.remark},
                    {"pick_up_at", TimeJson(what.pick_up_at)},
                    {"deliver_at", TimeJson(what.deliver_at)},
                    {"tip", what.tip.fen()},
                    {"product", what.product},
                    {"selling_platform", what.selling_platform},
                    {"display_no", what.display_no},
                    {"ordered_at", TimeJson(what.ordered_at)},
                    {"tried", request.tried},
                    {"predecessor", request.predecessor}};
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<ShipmentRequest> DecodeShipmentRequest(std::string_view arguments) {
  return Read(json::parse(arguments, nullptr, false), true);
}

json WithoutPeople(json arguments) {
  for (const char* who : {"sender", "receiver", "remark"}) arguments.erase(who);
  return arguments;
}

}  // namespace weir::sync
