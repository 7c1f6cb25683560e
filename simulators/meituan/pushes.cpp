// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/pushes.hpp"

#include <array>
#include <optional>
#include <utility>

#include "simulators/chance.hpp"
#include "simulators/meituan/signature.hpp"
#include "simulators/meituan/snapshot.hpp"

namespace weir::simulators::meituan {
namespace {

constexpr std::array kModules = {Module::kGoods, Module::kDiscounts, Module::kReceivable,
                                 Module::kAddress};

bool WasOnceGet(std::string_view topic) {
  return topic == topic::kCancelled || topic == topic::kRefund || topic == topic::kPartialRefund;
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
    : simulators::PushDesk<Order, int, Message>(options, book, counts, random), options_(options) {}

void PushDesk::Tell(Order& order, std::string_view topic, std::string what, Fields fields,
                    Instant at) {
  messenger_.Tell(order.id, order.events,
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
  messenger_.Tell(Dress(topic, std::move(fields)), at);
}

Message PushDesk::Dress(std::string_view topic, Fields fields) const {
  const Quirks& quirks = options_.quirks;
  const bool heads = Chance(random_, 0.5);
  return {.topic = std::string(topic),
          .fields = std::make_shared<const Fields>(std::move(fields)),
          .doubly_encoded = quirks.encoding == Encoding::kDouble ||
                            (quirks.encoding == Encoding::kMixed && heads),
          .by_get = quirks.get_for_cancel_and_refund && WasOnceGet(topic)};
}

OutgoingPush PushDesk::Build(const Attempt& attempt) const {
  const Message& message = attempt.parcel->content;
  Fields fields = {{"app_id", options_.app_id},
                   {"timestamp", std::to_string(UnixSeconds(attempt.stamp))}};
  fields.insert(fields.end(), message.fields->begin(), message.fields->end());
  if (!options_.quirks.send_empties) {
    std::erase_if(fields, [](const auto& field) { return field.second.empty(); });
  }
  const std::string url = options_.push_url + '/' + message.topic;
  fields.emplace_back("sig", Sign(url, fields, options_.app_secret));
  if (attempt.parcel->kind == Messenger<Message>::Kind::kForged) {
    Tamper(fields, attempt.parcel->tampered);
  }

  OutgoingPush push{.method = message.by_get ? "GET" : "POST",
                    .url = url,
                    .content_type = {},
                    .body = Encode(fields, message.doubly_encoded)};
  if (message.by_get) {
    push.url += '?' + std::exchange(push.body, {});
  } else {
    push.content_type = "application/x-www-form-urlencoded;charset=UTF-8";
  }
  return push;
}

bool PushDesk::IsOk(const PushAnswer& answer) const { return SaysOk(answer, "data"); }

}  // namespace weir::simulators::meituan
