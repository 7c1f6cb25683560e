// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/pushes.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "base/json_writer.hpp"
#include "simulators/chance.hpp"
#include "simulators/eleme/signature.hpp"
#include "simulators/eleme/snapshot.hpp"

namespace weir::simulators::eleme {
namespace {

constexpr int kNewOrder = 10;
constexpr int kLeanOrder = 217;
constexpr int kLeanState = 218;
constexpr std::size_t kUnreachedKept = 10'000;

std::string_view StateOf(int type) {
  switch (type) {
    case 12:
      return WordOf(Status::kValid);
    case 18:
      return WordOf(Status::kSettled);
    default:
      return WordOf(Status::kInvalid);
  }
}

}  // namespace

PushDesk::PushDesk(const Options& options, OrderBook& book, Counts& counts, Random& random)
    : simulators::PushDesk<Order, Shop, Message>(options, book, counts, random),
      options_(options) {}

Message PushDesk::Dress(int type, std::string_view shop, std::string body) {
  return {.request_id = std::to_string(++last_request_),
          .type = type,
          .shop = std::string(shop),
          .body = std::move(body),
          .type_as_text = Chance(random_, options_.quirks.type_as_text),
          .user_as_text = Chance(random_, options_.quirks.user_as_text)};
}

void PushDesk::Tell(Order& order, int type, std::string what, std::string body, Instant at) {
  messenger_.Tell(order.id, order.events,
                  {.topic = std::to_string(type), .what = std::move(what), .at = at},
                  type == kNewOrder, Dress(type, order.shop, std::move(body)));
}

void PushDesk::TellWhole(Order& order, Instant at) {
  const bool degraded = Chance(random_, options_.faults.degraded);
  if (degraded) {
    ++counts_.degraded;
    order.degraded_until = at + options_.quirks.degraded_for;
  }
  Tell(order, kNewOrder, "status unprocessed", OrderJson(order, degraded), at);
  if (Chance(random_, options_.quirks.lean)) {
    Tell(order, kLeanOrder, "lean", LeanJson(order), at);
  }
}

void PushDesk::TellState(Order& order, int type, Role role, Instant at) {
  constexpr std::array kWords = {Status::kValid, Status::kSettled, Status::kInvalid};
  const Status other = Pick(random_, kWords);
  const bool misnamed = Chance(random_, options_.quirks.misnamed_state);
  Tell(order, type, "status " + std::string(StateOf(type)),
       StateJson(order, misnamed ? WordOf(other) : StateOf(type), role, at), at);
  if (Chance(random_, options_.quirks.lean_state)) {
    Tell(order, kLeanState, "lean state", LeanStateJson(order), at);
  }
}

void PushDesk::TellWaybill(Order& order, Instant at) {
  const int type = order.delivery.type;
  Tell(order, type, "waybill " + std::to_string(type), WaybillJson(order), at);
}

void PushDesk::TellShop(std::string_view shop, int type, std::string body, Instant at) {
  messenger_.Tell(Dress(type, shop, std::move(body)), at);
}

std::string PushDesk::Write(const Message& message, Instant stamp,
                            std::optional<std::size_t> tampered) const {
  Fields fields = {{"requestId", message.request_id},
                   {"type", std::to_string(message.type)},
                   {"appId", std::to_string(options_.app_id)},
                   {"message", message.body},
                   {"shopId", message.shop},
                   {"timestamp", std::to_string(stamp.time_since_epoch().count())},
                   {"userId", std::to_string(options_.user_id)}};
  fields.emplace_back("signature", SignPush(fields, options_.app_secret));
  if (tampered) {
    Tamper(fields, *tampered);
  }
  const auto is_text = [&message](std::string_view name) {
    return name == "requestId" || name == "message" || name == "signature" ||
           (name == "type" && message.type_as_text) || (name == "userId" && message.user_as_text);
  };
  std::string text;
  JsonWriter json(text);
  json.BeginObject();
  for (const auto& [name, value] : fields) {
    json.Key(name);
    is_text(name) ? json.String(value) : json.Number(value);
  }
  json.EndObject();
  return text;
}

OutgoingPush PushDesk::Build(const Attempt& attempt) const {
  const Parcel& parcel = *attempt.parcel;
  const bool forged = parcel.kind == Messenger<Message>::Kind::kForged;
  return {.url = options_.push_url,
          .content_type = "application/json;charset=utf-8",
          .body = Write(parcel.content, attempt.stamp,
                        forged ? std::optional(parcel.tampered) : std::nullopt)};
}

bool PushDesk::IsOk(const PushAnswer& answer) const { return SaysOk(answer, "message"); }

void PushDesk::OnGivenUp(const Parcel& parcel) {
  unreached_.push_back(parcel);
  if (unreached_.size() > kUnreachedKept) unreached_.pop_front();
}

std::vector<std::string> PushDesk::Unreached(Instant now) const {
  std::vector<std::string> messages;
  messages.reserve(unreached_.size());
  for (const auto& parcel : unreached_) {
    messages.push_back(Write(parcel.content, parcel.stamp.value_or(now), std::nullopt));
  }
  return messages;
}

void PushDesk::Fetched(const std::vector<std::string>& request_ids) {
  std::erase_if(unreached_, [&](const Parcel& parcel) {
    if (std::ranges::find(request_ids, parcel.content.request_id) == request_ids.end()) {
      return false;
    }
    messenger_.Book(parcel);
    return true;
  });
}

void PushDesk::FetchedAll() {
  for (const auto& parcel : unreached_) messenger_.Book(parcel);
  unreached_.clear();
}

}  // namespace weir::simulators::eleme
