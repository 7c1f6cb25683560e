// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/pushes.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_writer.hpp"
#include "simulators/chance.hpp"
#include "simulators/doudian/signature.hpp"

namespace weir::simulators::doudian {
namespace {

bool IsOk(const PushAnswer& answer) {
  if (answer.status != 200) {
    return false;
  }
  const auto json = nlohmann::json::parse(answer.body, nullptr, false);
  return json.is_object() && json.contains("code") && json.at("code") == 0;
}

/// Changes one character, never to what it was.
void Tamper(std::string& text, std::size_t which) {
  char& victim = text[which % text.size()];
  victim = victim == '0' ? '1' : '0';
}

std::string ArrayOf(const std::vector<std::string>& messages) {
  std::string body;
  JsonWriter json(body);
  json.BeginArray();
  for (const std::string& message : messages) json.Raw(message);
  json.EndArray();
  return body;
}

}  // namespace

PushDesk::PushDesk(const Options& options, OrderBook& book, Counts& counts, Random& random)
    : options_(options),
      random_(random),
      messenger_(options.faults, options.retry, counts, random,
                 [&book](const std::string& id) -> std::vector<Event>* {
                   Order* order = book.Find(id);
                   return order == nullptr ? nullptr : &order->events;
                 }) {}

MessageStyle PushDesk::DrawStyle() {
  return {.shop_id = options_.shop_id, .ids_as_text = Chance(random_, options_.quirks.ids_as_text)};
}

PushDesk::Message PushDesk::Dress(int tag, std::string_view subject, std::string data, Instant at) {
  const Quirks& quirks = options_.quirks;
  std::string id = std::to_string(++last_message_);
  id.append(1, ':').append(std::to_string(tag)).append(1, ':');
  id.append(std::to_string(UnixSeconds(at))).append(1, ':').append(subject);
  return {.tag = tag,
          .id = std::move(id),
          .data = std::move(data),
          .tag_as_number = Chance(random_, quirks.tag_as_number),
          .camel_id = Chance(random_, quirks.camel_msg_id),
          .data_as_object = Chance(random_, quirks.data_as_object)};
}

void PushDesk::Tell(Order& order, int tag, Instant at) {
  const bool of_payment = tag == tag::kPaid || tag == tag::kToShip;
  messenger_.Tell(
      order.id, order.events,
      {.topic = std::to_string(tag), .what = "status " + std::to_string(order.status), .at = at},
      of_payment, Dress(tag, order.id, TradeData(order, tag, DrawStyle()), at));
}

void PushDesk::TellRefund(Order& order, const Refund& refund, RefundStep step, Instant at) {
  const int tag = static_cast<int>(step);
  messenger_.Tell(
      order.id, order.events,
      {.topic = std::to_string(tag), .what = "refund " + std::string(WordsOf(step).name), .at = at},
      false, Dress(tag, refund.id, RefundData(order, refund, step, DrawStyle()), at));
}

std::string PushDesk::Write(const Message& message) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("tag");
  message.tag_as_number ? json.Int(message.tag) : json.String(std::to_string(message.tag));
  json.Member(message.camel_id ? "msgId" : "msg_id", message.id).Key("data");
  message.data_as_object ? json.Raw(message.data) : json.String(message.data);
  json.EndObject();
  return text;
}

std::string PushDesk::Sign(std::string_view body) const {
  return SignPush(options_.app_key, body, options_.app_secret);
}

void PushDesk::Probe(Instant at) {
  const Message probe = Dress(tag::kProbe, options_.app_key, "{}", at);
  std::string body = ArrayOf({Write(probe)});
  std::string sign = Sign(body);
  alone_.push_back({.at = at,
                    .body = std::move(body),
                    .sign = std::move(sign),
                    .request = {.attempts = {}, .probe = true}});
}

void PushDesk::SetAside(const OurMessenger::Attempt& attempt, Instant now) {
  std::string body = ArrayOf({Write(attempt.parcel->content)});
  std::string sign = Sign(body);
  const std::size_t which = attempt.parcel->tampered;
  Tamper(which % 2 == 0 ? sign : body, which / 2);
  alone_.push_back({.at = now,
                    .body = std::move(body),
                    .sign = std::move(sign),
                    .request = {.attempts = {attempt.id}}});
}

OutgoingPush PushDesk::Send(Request request, std::string body, std::string sign, Instant now) {
  request.deadline = now + messenger_.plan().timeout;
  std::erase_if(under_way_, [now](const auto& each) { return each.second.deadline <= now; });
  const std::uint64_t id = ++last_push_;
  under_way_.emplace(id, std::move(request));
  return {.id = id,
          .url = options_.push_url,
          .content_type = "application/json",
          .body = std::move(body),
          .timeout = messenger_.plan().timeout,
          .headers = {{"event-sign", std::move(sign)}, {"app-id", options_.app_key}}};
}

PushDesk::Batch PushDesk::Gather(Instant now) {
  Batch batch{.request = {.attempts = {}}, .messages = {}};
  while (batch.messages.size() < std::max<std::size_t>(options_.batches.most, 1)) {
    const auto attempt = messenger_.Take(now);
    if (!attempt) break;
    if (attempt->parcel->kind == OurMessenger::Kind::kForged) {
      SetAside(*attempt, now);
      continue;
    }
    batch.request.attempts.push_back(attempt->id);
    batch.messages.push_back(Write(attempt->parcel->content));
  }
  return batch;
}

void PushDesk::Disturb(std::vector<std::string>& messages) {
  if (Chance(random_, options_.batches.doubled)) {
    messages.push_back(messages[random_.Below(messages.size())]);
  }
  if (Chance(random_, options_.batches.shuffled)) {
    for (std::size_t i = messages.size(); i > 1; --i) {
      std::swap(messages[i - 1], messages[random_.Below(i)]);
    }
  }
}

std::optional<OutgoingPush> PushDesk::TakeAlone(Instant now) {
  if (alone_.empty() || alone_.front().at > now) {
    return std::nullopt;
  }
  Alone first = std::move(alone_.front());
  alone_.pop_front();
  return Send(std::move(first.request), std::move(first.body), std::move(first.sign), now);
}

std::optional<OutgoingPush> PushDesk::Take(Instant now) {
  if (auto alone = TakeAlone(now)) {
    return alone;
  }
  const auto next = messenger_.NextDue();
  if (!next || *next + options_.batches.gathered > now) {
    return std::nullopt;
  }
  Batch batch = Gather(now);
  if (batch.messages.empty()) {
    return TakeAlone(now);
  }
  Disturb(batch.messages);
  std::string body = ArrayOf(batch.messages);
  std::string sign = Sign(body);
  return Send(std::move(batch.request), std::move(body), std::move(sign), now);
}

void PushDesk::OnAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) {
  const auto node = under_way_.extract(push);
  if (!node) {
    return;
  }
  const bool ok = IsOk(answer);
  probes_answered_ += node.mapped().probe && ok ? 1 : 0;
  for (const std::uint64_t attempt : node.mapped().attempts) {
    (void)messenger_.OnAnswer(attempt, ok, now);
  }
}

std::optional<Instant> PushDesk::NextDue() const {
  if (!alone_.empty()) {
    return alone_.front().at;
  }
  const auto next = messenger_.NextDue();
  return next ? std::optional(*next + options_.batches.gathered) : std::nullopt;
}

}  // namespace weir::simulators::doudian
