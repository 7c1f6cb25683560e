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
    : options_(options), book_(book), counts_(counts), random_(random), queue_(options.retry) {}

void PushDesk::Tell(Order& order, std::string_view topic, std::string what, Fields fields,
                    Instant at) {
  const bool suppressed = topic == topic::kPaid && Chance(random_, options_.faults.missing_paid);
  order.events.push_back(
      {.topic = std::string(topic), .what = std::move(what), .at = at, .suppressed = suppressed});
  if (suppressed) {
    ++counts_.suppressed;
    return;
  }
  Plan({.order = order.id,
        .event = order.events.size() - 1,
        .topic = std::string(topic),
        .fields = std::make_shared<const Fields>(std::move(fields)),
        .stamp = std::nullopt},
       at);
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
  Plan({.order = {},
        .event = 0,
        .topic = std::string(topic),
        .fields = std::make_shared<const Fields>(std::move(fields)),
        .stamp = std::nullopt},
       at);
}

bool PushDesk::DrawDouble() {
  const bool heads = Chance(random_, 0.5);
  return options_.quirks.encoding == Encoding::kDouble ||
         (options_.quirks.encoding == Encoding::kMixed && heads);
}

void PushDesk::Plan(Parcel parcel, Instant at) {
  const Faults& faults = options_.faults;
  parcel.doubly_encoded = DrawDouble();
  parcel.by_get = options_.quirks.get_for_cancel_and_refund && WasOnceGet(parcel.topic);
  const bool late = Chance(random_, faults.reordered);
  const auto extra = Within(random_, faults.reordered_within);
  const Instant first = at + faults.delay + (late ? extra : extra.zero());

  if (Chance(random_, faults.duplicated)) {
    Parcel copy = parcel;
    copy.kind = Kind::kDuplicate;
    if (Chance(random_, 0.5)) {
      copy.stamp = first;
    }
    queue_.Add(std::move(copy), first + Within(random_, faults.reordered_within), false);
  }
  if (Chance(random_, faults.forged)) {
    Parcel forgery = parcel;
    forgery.kind = Kind::kForged;
    forgery.tampered = random_.Below(1'000);
    queue_.Add(std::move(forgery), first, false);
  }
  queue_.Add(std::move(parcel), first, true);
}

OutgoingPush PushDesk::Build(const Parcel& parcel, Instant at, std::uint64_t id) const {
  Fields fields = {{"app_id", options_.app_id},
                   {"timestamp", std::to_string(UnixSeconds(parcel.stamp.value_or(at)))}};
  fields.insert(fields.end(), parcel.fields->begin(), parcel.fields->end());
  if (!options_.quirks.send_empties) {
    std::erase_if(fields, [](const auto& field) { return field.second.empty(); });
  }
  const std::string url = options_.push_base_url + '/' + parcel.topic;
  fields.emplace_back("sig", Sign(url, fields, options_.app_secret));
  if (parcel.kind == Kind::kForged) {
    Tamper(fields, parcel.tampered);
  }

  OutgoingPush push{.id = id,
                    .method = parcel.by_get ? "GET" : "POST",
                    .url = url,
                    .content_type = {},
                    .body = Encode(fields, parcel.doubly_encoded),
                    .timeout = queue_.plan().timeout};
  if (parcel.by_get) {
    push.url += '?' + std::exchange(push.body, {});
  } else {
    push.content_type = "application/x-www-form-urlencoded;charset=UTF-8";
  }
  return push;
}

std::optional<OutgoingPush> PushDesk::Take(Instant now) {
  const auto attempt = queue_.Take(now);
  if (!attempt) {
    return std::nullopt;
  }
  CountAttempt(*attempt->content, attempt->number);
  return Build(*attempt->content, attempt->at, attempt->id);
}

void PushDesk::CountAttempt(const Parcel& parcel, unsigned number) {
  if (parcel.kind == Kind::kForged) {
    ++counts_.forged;
    return;
  }
  ++counts_.pushes;
  counts_.repeated += number > 0 ? 1 : 0;
  counts_.duplicated += parcel.kind == Kind::kDuplicate ? 1 : 0;
  if (Event* event = EventOf(parcel)) {
    ++event->sent;
  }
}

Event* PushDesk::EventOf(const Parcel& parcel) {
  Order* order = parcel.order.empty() ? nullptr : book_.Find(parcel.order);
  return order == nullptr ? nullptr : &order->events[parcel.event];
}

std::optional<std::string> PushDesk::OnAnswer(std::uint64_t push, const PushAnswer& answer,
                                              Instant now) {
  const bool ok = IsOk(answer);
  const auto settled = queue_.Settle(push, ok, now);
  if (!settled) {
    return std::nullopt;
  }
  const Parcel& parcel = settled->content;
  if (parcel.kind == Kind::kForged) {
    counts_.forged_accepted += ok ? 1 : 0;
    return std::nullopt;
  }
  ++(ok ? counts_.answered_ok : counts_.failed);
  Event* event = ok ? EventOf(parcel) : nullptr;
  const bool first = event != nullptr && ++event->answered_ok == 1;
  return first && parcel.topic == topic::kPaid ? std::optional(parcel.order) : std::nullopt;
}

}  // namespace weir::simulators::meituan
