// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/pushes.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_writer.hpp"
#include "simulators/chance.hpp"
#include "simulators/eleme/signature.hpp"
#include "simulators/eleme/snapshot.hpp"

namespace weir::simulators::eleme {
namespace {

constexpr int kNewOrder = 10;
constexpr int kLeanOrder = 217;
constexpr std::size_t kUnreachedKept = 10'000;

bool IsOk(const PushAnswer& answer) {
  if (answer.status != 200) {
    return false;
  }
  const auto json = nlohmann::json::parse(answer.body, nullptr, false);
  if (!json.is_object()) {
    return false;
  }
  const auto message = json.find("message");
  return message != json.end() && *message == "ok";
}

/// Changes one character of one field; of the signature never to what it was.
void Tamper(Fields& fields, std::size_t which) {
  char& last = fields[which % fields.size()].second.back();
  last = last == '0' ? '1' : '0';
}

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
    : options_(options),
      counts_(counts),
      random_(random),
      courier_(
          options.faults, options.retry, counts, random,
          [&book](const std::string& id) -> std::vector<Event>* {
            Order* order = book.Find(id);
            return order == nullptr ? nullptr : &order->events;
          },
          [this](const MessageCourier::Parcel& parcel) {
            unreached_.push_back(parcel);
            if (unreached_.size() > kUnreachedKept) unreached_.pop_front();
          }) {}

PushDesk::Message PushDesk::Dress(int type, std::string_view shop, std::string body) {
  return {.request_id = std::to_string(++last_request_),
          .type = type,
          .shop = std::string(shop),
          .body = std::move(body),
          .type_as_text = Chance(random_, options_.quirks.type_as_text),
          .user_as_text = Chance(random_, options_.quirks.user_as_text)};
}

void PushDesk::Tell(Order& order, int type, std::string what, std::string body, Instant at) {
  courier_.Tell(order.id, order.events,
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
}

void PushDesk::TellWaybill(Order& order, Instant at) {
  const int type = order.delivery.type;
  Tell(order, type, "waybill " + std::to_string(type), WaybillJson(order), at);
}

void PushDesk::TellShop(std::string_view shop, int type, std::string body, Instant at) {
  courier_.Tell(Dress(type, shop, std::move(body)), at);
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

std::optional<OutgoingPush> PushDesk::Take(Instant now) {
  const auto attempt = courier_.Take(now);
  if (!attempt) {
    return std::nullopt;
  }
  const MessageCourier::Parcel& parcel = *attempt->parcel;
  const bool forged = parcel.kind == MessageCourier::Kind::kForged;
  return OutgoingPush{.id = attempt->id,
                      .url = options_.push_url,
                      .content_type = "application/json;charset=utf-8",
                      .body = Write(parcel.content, attempt->stamp,
                                    forged ? std::optional(parcel.tampered) : std::nullopt),
                      .timeout = courier_.plan().timeout};
}

void PushDesk::OnAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) {
  courier_.OnAnswer(push, IsOk(answer), now);
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
  std::erase_if(unreached_, [&](const MessageCourier::Parcel& parcel) {
    if (std::ranges::find(request_ids, parcel.content.request_id) == request_ids.end()) {
      return false;
    }
    courier_.Book(parcel);
    return true;
  });
}

void PushDesk::FetchedAll() {
  for (const auto& parcel : unreached_) courier_.Book(parcel);
  unreached_.clear();
}

}  // namespace weir::simulators::eleme
