// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/pushes.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "simulators/chance.hpp"
#include "simulators/meituan/signature.hpp"
#include "simulators/meituan/snapshot.hpp"

namespace weir::simulators::meituan {
namespace {

constexpr std::array kModules = {Module::kGoods, Module::kDiscounts, Module::kReceivable,
                                 Module::kAddress};

bool IsOk(const PushAnswer& answer) {
  if (answer.status != 200) {
    return false;
  }
  const auto json = nlohmann::json::parse(answer.body, nullptr, false);
  if (!json.is_object()) {
    return false;
  }
  const auto data = json.find("data");
  return data != json.end() && *data == "ok";
}

bool WasOnceGet(std::string_view topic) {
  return topic == topic::kCancelled || topic == topic::kRefund || topic == topic::kPartialRefund;
}

/// Changes one character of one field; of the signature, the last field, never to what it was.
void Tamper(Fields& fields, std::size_t which) {
  std::string& value = fields[which % fields.size()].second;
  if (value.empty()) {
    value = "1";
  } else {
    value.back() = value.back() == '0' ? '1' : '0';
  }
}

std::string Encode(const Fields& fields, bool doubly) {
  std::string text;
  for (const auto& [name, value] : fields) {
    if (!text.empty()) {
      text += '&';
    }
    text += name;
    text += '=';
    text += doubly ? FormEncode(FormEncode(value)) : FormEncode(value);
  }
  return text;
}

}  // namespace

PushDesk::PushDesk(const Options& options, OrderBook& book, Counts& counts, Random& random)
    : options_(options),
      counts_(counts),
      random_(random),
      courier_(options.faults, options.retry, counts, random,
               [&book](const std::string& id) -> std::vector<Event>* {
                 Order* order = book.Find(id);
                 return order == nullptr ? nullptr : &order->events;
               }) {}

void PushDesk::Tell(Order& order, std::string_view topic, std::string what, Fields fields,
                    Instant at) {
  courier_.Tell(order.id, order.events,
                {.topic = std::string(topic), .what = std::move(what), .at = at},
                topic == topic::kPaid, Dress(topic, std::move(fields)));
}

void PushDesk::TellWhole(Order& order, std::string_view topic, Instant at) {
  const bool degraded = Chance(random_, options_.faults.degraded);
  const Module part = Pick(random_, kModules);
  counts_.degraded += degraded ? 1 : 0;
  Tell(order, topic, "status " + std::to_string(order.status),
       SnapshotFields(order, options_.quirks, degraded ? std::optional(part) : std::nullopt,
                      topic != topic::kPaid),
       at);
}

void PushDesk::TellShop(std::string_view topic, Fields fields, Instant at) {
  courier_.Tell(Dress(topic, std::move(fields)), at);
}

PushDesk::Message PushDesk::Dress(std::string_view topic, Fields fields) {
  const Quirks& quirks = options_.quirks;
  const bool heads = Chance(random_, 0.5);
  return {.topic = std::string(topic),
          .fields = std::make_shared<const Fields>(std::move(fields)),
          .doubly_encoded = quirks.encoding == Encoding::kDouble ||
                            (quirks.encoding == Encoding::kMixed && heads),
          .by_get = quirks.get_for_cancel_and_refund && WasOnceGet(topic)};
}

OutgoingPush PushDesk::Build(const Courier<Message>::Attempt& attempt) const {
  const Message& message = attempt.parcel->content;
  Fields fields = {{"app_id", options_.app_id},
                   {"timestamp", std::to_string(UnixSeconds(attempt.stamp))}};
  fields.insert(fields.end(), message.fields->begin(), message.fields->end());
  if (!options_.quirks.send_empties) {
    std::erase_if(fields, [](const auto& field) { return field.second.empty(); });
  }
  const std::string url = options_.push_base_url + '/' + message.topic;
  fields.emplace_back("sig", Sign(url, fields, options_.app_secret));
  if (attempt.parcel->kind == Courier<Message>::Kind::kForged) {
    Tamper(fields, attempt.parcel->tampered);
  }

  OutgoingPush push{.id = attempt.id,
                    .method = message.by_get ? "GET" : "POST",
                    .url = url,
                    .content_type = {},
                    .body = Encode(fields, message.doubly_encoded),
                    .timeout = courier_.plan().timeout};
  if (message.by_get) {
    push.url += '?' + std::exchange(push.body, {});
  } else {
    push.content_type = "application/x-www-form-urlencoded;charset=UTF-8";
  }
  return push;
}

std::optional<OutgoingPush> PushDesk::Take(Instant now) {
  const auto attempt = courier_.Take(now);
  return attempt ? std::optional(Build(*attempt)) : std::nullopt;
}

std::optional<std::string> PushDesk::OnAnswer(std::uint64_t push, const PushAnswer& answer,
                                              Instant now) {
  const auto first = courier_.OnAnswer(push, IsOk(answer), now);
  return first && first->content.topic == topic::kPaid ? std::optional(first->order) : std::nullopt;
}

}  // namespace weir::simulators::meituan
