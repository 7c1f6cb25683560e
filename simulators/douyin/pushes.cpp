// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/pushes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_writer.hpp"
#include "simulators/chance.hpp"
#include "simulators/douyin/messages.hpp"
#include "simulators/douyin/signature.hpp"

namespace weir::simulators::douyin {
namespace {

constexpr std::string_view kBreak = "\r\n";

/// The first character of `text` from `from` on that is a digit becomes another one.
void ChangeDigit(std::string& text, std::size_t from) {
  const std::size_t place = text.find_first_of("0123456789", std::min(from, text.size()));
  char& digit = text.at(place == std::string::npos ? text.find_first_of("0123456789") : place);
  digit = digit == '0' ? '1' : '0';
}

/// Changes the last character of a signature, never to what it was.
void ChangeLast(std::string& text) { text.back() = text.back() == '0' ? '1' : '0'; }

std::int64_t IntegerOr(const nlohmann::json& object, const char* name, std::int64_t otherwise) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>()
                                                             : otherwise;
}

/// `data` of a good answer; discarded for any other.
nlohmann::json DataOf(const PushAnswer& answer) {
  const nlohmann::json bad(nlohmann::json::value_t::discarded);
  const auto body = nlohmann::json::parse(answer.body, nullptr, false);
  if (answer.status != 200 || !body.is_object() || !body.contains("data")) {
    return bad;
  }
  const auto& data = body.at("data");
  return data.is_object() && IntegerOr(data, "error_code", -1) == 0 ? data : bad;
}

bool Echoes(const PushAnswer& answer, std::int64_t challenge) {
  const auto body = nlohmann::json::parse(answer.body, nullptr, false);
  return answer.status == 200 && body.is_object() && IntegerOr(body, "challenge", -1) == challenge;
}

}  // namespace

PushDesk::PushDesk(const Options& options, Book& book, Counts& counts, Random& random)
    : options_(options),
      random_(random),
      messenger_(options.faults, options.retry, counts, random,
                 [&book](const std::string& id) { return book.EventsOf(id); }) {}

PushDesk::Message PushDesk::Dress(std::string_view event, std::string content) {
  const Quirks& quirks = options_.quirks;
  const std::uint64_t number = ++last_message_;
  const bool broken = Chance(random_, quirks.line_breaks);
  const bool covered = Chance(random_, 0.5);
  Message message{.event = std::string(event),
                  .content = std::move(content),
                  .id = fmt::format("{:08x}-{:016x}", number, random_.Below(~0ULL)),
                  .log_id = fmt::format("20221010193053010228{:014X}", number),
                  .from_user = {},
                  .refund = {},
                  .as_object = Chance(random_, quirks.content_as_object),
                  .seconds = Chance(random_, quirks.seconds_of_spi),
                  .challenge = std::nullopt};
  if (Chance(random_, quirks.from_user)) {
    message.from_user = fmt::format("f6e35c98-1e53-4943-ad6d-{:012x}", number);
  }
  if (broken) {
    message.breaks = covered ? Breaks::kSigned : Breaks::kUnsigned;
  }
  return message;
}

void PushDesk::Tell(const std::string& order, std::vector<Event>& events, std::string_view event,
                    std::string what, std::string content, Instant at) {
  const bool may_miss = event == kPaySuccess || event == kCouponOrder;
  messenger_.Tell(order, events,
                  {.topic = std::string(event), .what = std::move(what), .at = at}, may_miss,
                  Dress(event, std::move(content)));
  if (Chance(random_, options_.quirks.unknown_events)) {
    Tell("life_event_of_tomorrow", R"({"order_id":")" + order + "\"}", at);
  }
}

void PushDesk::Tell(std::string_view event, std::string content, Instant at) {
  messenger_.Tell(Dress(event, std::move(content)), at);
}

void PushDesk::AskRefund(Order& order, const std::string& refund, std::string content, Instant at) {
  Message message = Dress(kRefundApply, std::move(content));
  message.refund = refund;
  messenger_.Tell(order.id, order.events,
                  {.topic = message.event, .what = "refund " + refund + " applied", .at = at},
                  false, std::move(message));
}

void PushDesk::Probe(Instant at) {
  const std::int64_t challenge = Between(random_, 10'000, 99'999);
  Message message = Dress(kProbe, R"({"challenge":)" + std::to_string(challenge) + "}");
  message.as_object = !Chance(random_, options_.quirks.challenge_as_text);
  message.challenge = challenge;
  messenger_.Tell(std::move(message), at);
}

std::string PushDesk::Write(const Message& message) const {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("event", message.event);
  json.Member("client_key", message.challenge ? std::string() : options_.client_key);
  if (!message.from_user.empty()) json.Member("from_user_id", message.from_user);
  json.Key("content");
  message.as_object ? json.Raw(message.content) : json.String(message.content);
  json.Member("log_id", message.log_id).EndObject();
  return text;
}

void PushDesk::MakeWebhook(const Message& message, std::optional<std::size_t> tampered,
                           OutgoingPush& push) const {
  push.url = options_.push_url;
  std::string body = Write(message);
  std::string signature = SignWebhook(body, options_.client_secret);
  if (message.breaks != Breaks::kNone) {
    body.insert(body.size() - 1, kBreak).insert(1, kBreak);
  }
  if (message.breaks == Breaks::kSigned) {
    signature = SignWebhook(body, options_.client_secret);
  }
  if (tampered) {
    *tampered % 2 == 0 ? ChangeLast(signature) : ChangeDigit(body, body.size() / 2);
  }
  push.body = std::move(body);
  push.headers = {{"Msg-Id", message.id}, {"X-Douyin-Signature", std::move(signature)}};
}

void PushDesk::MakeSpi(const Message& message, Instant stamp, std::optional<std::size_t> tampered,
                       OutgoingPush& push) const {
  const std::int64_t time =
      message.seconds ? UnixSeconds(stamp) : stamp.time_since_epoch().count();
  const Fields query = {{"client_key", options_.client_key}, {"timestamp", std::to_string(time)}};
  SpiSignatures signatures = SignSpi(query, message.content, options_.client_secret);
  push.body = message.content;
  if (tampered && *tampered % 2 == 0) {
    ChangeLast(signatures.fresh);
    ChangeLast(signatures.old);
  } else if (tampered) {
    ChangeDigit(push.body, 0);
  }
  push.url = options_.push_url + options_.refund_spi + '?';
  for (const auto& [name, value] : query) push.url += name + '=' + FormEncode(value) + '&';
  push.url += "sign=" + signatures.old;
  push.headers = {{"x-life-clientkey", options_.client_key},
                  {"x-life-sign", std::move(signatures.fresh)},
                  {"X-Bytedance-Logid", message.log_id}};
}

std::optional<OutgoingPush> PushDesk::Take(Instant now) {
  const auto attempt = messenger_.Take(now);
  if (!attempt) {
    return std::nullopt;
  }
  const OurMessenger::Parcel& parcel = *attempt->parcel;
  const bool forged = parcel.kind == OurMessenger::Kind::kForged;
  const auto tampered = forged ? std::optional(parcel.tampered) : std::nullopt;
  const Message& message = parcel.content;
  OutgoingPush push;
  push.id = attempt->id;
  push.content_type = "application/json";
  push.timeout = messenger_.plan().timeout;
  if (message.refund.empty()) {
    MakeWebhook(message, tampered, push);
  } else {
    MakeSpi(message, attempt->stamp, tampered, push);
  }
  if (message.challenge) {
    challenges_[push.id] = *message.challenge;
  }
  return push;
}

std::optional<SpiVerdict> PushDesk::OnAnswer(std::uint64_t push, const PushAnswer& answer,
                                             Instant now) {
  const auto challenge = challenges_.extract(push);
  const nlohmann::json data = DataOf(answer);
  const bool ok = challenge ? Echoes(answer, challenge.mapped()) : !data.is_discarded();
  const auto parcel = messenger_.OnAnswer(push, ok, now);
  if (!parcel || parcel->content.refund.empty()) {
    return std::nullopt;
  }
  constexpr int kAtWork = 2;
  return SpiVerdict{.order = parcel->order,
                    .refund = parcel->content.refund,
                    .result = static_cast<int>(IntegerOr(data, "result", kAtWork))};
}

}  // namespace weir::simulators::douyin
