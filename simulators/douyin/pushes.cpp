// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/pushes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "simulators/chance.hpp"
#include "simulators/douyin/messages.hpp"
#include "simulators/douyin/signature.hpp"
#include "simulators/douyin/wire.hpp"

namespace weir::simulators::douyin {
namespace {

constexpr std::string_view kBreak = "\r\n";

/// The first digit of `text` from `from` on becomes another one.
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

/// `data` of a good answer; null for any other.
nlohmann::json DataOf(const PushAnswer& answer) {
  const auto body = nlohmann::json::parse(answer.body, nullptr, false);
  if (answer.status != 200 || !body.is_object() || !body.contains("data")) {
    return {};
  }
  const auto& data = body.at("data");
  return data.is_object() && IntegerOr(data, "error_code", -1) == 0 ? data : nlohmann::json();
}

}  // namespace

SpiResult SpiResultOf(const PushAnswer& answer) {
  const nlohmann::json data = DataOf(answer);
  constexpr auto kAtWork = static_cast<std::int64_t>(SpiResult::kAtWork);
  const std::int64_t result = data.is_null() ? kAtWork : IntegerOr(data, "result", kAtWork);
  return result == 0 || result == 1 ? static_cast<SpiResult>(result) : SpiResult::kAtWork;
}

PushDesk::PushDesk(const Options& options, OrderBook& book, Counts& counts, Random& random)
    : simulators::PushDesk<Order, Shop, Message>(options, book, counts, random),
      options_(options) {}

Message PushDesk::Dress(std::string_view event, std::string content) {
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
                  .seconds = Chance(random_, quirks.seconds_of_spi)};
  if (Chance(random_, quirks.from_user)) {
    message.from_user = fmt::format("f6e35c98-1e53-4943-ad6d-{:012x}", number);
  }
  if (broken) {
    message.breaks = covered ? Breaks::kSigned : Breaks::kUnsigned;
  }
  return message;
}

void PushDesk::Tell(Order& order, std::string_view event, std::string what, std::string content,
                    Instant at) {
  const bool may_miss = event == kPaySuccess || event == kCouponOrder;
  messenger_.Tell(order.id, order.events,
                  {.topic = std::string(event), .what = std::move(what), .at = at}, may_miss,
                  Dress(event, std::move(content)));
  if (Chance(random_, options_.quirks.unknown_events)) {
    Tell("life_event_of_tomorrow", R"({"order_id":")" + order.id + "\"}", at);
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
  challenges_.insert(challenge);
  Message message = Dress(kProbe, R"({"challenge":)" + std::to_string(challenge) + "}");
  message.as_object = !Chance(random_, options_.quirks.challenge_as_text);
  message.probe = true;
  messenger_.Tell(std::move(message), at);
}

std::string PushDesk::Write(const Message& message) const {
  return ObjectText([&](JsonWriter& json) {
    json.Member("event", message.event);
    json.Member("client_key", message.probe ? std::string() : options_.client_key);
    if (!message.from_user.empty()) json.Member("from_user_id", message.from_user);
    json.Key("content");
    message.as_object ? json.Raw(message.content) : json.String(message.content);
    json.Member("log_id", message.log_id);
  });
}

OutgoingPush PushDesk::Webhook(const Message& message, std::optional<std::size_t> tampered) const {
  std::string body = Write(message);
  std::string signature = SignWebhook(body, options_.app_secret);
  if (message.breaks != Breaks::kNone) {
    body.insert(body.size() - 1, kBreak).insert(1, kBreak);
  }
  if (message.breaks == Breaks::kSigned) {
    signature = SignWebhook(body, options_.app_secret);
  }
  if (tampered) {
    *tampered % 2 == 0 ? ChangeLast(signature) : ChangeDigit(body, body.size() / 2);
  }
  return {.url = options_.push_url,
          .content_type = {},
          .body = std::move(body),
          .headers = {{"Msg-Id", message.id}, {"X-Douyin-Signature", std::move(signature)}}};
}

OutgoingPush PushDesk::Spi(const Message& message, Instant stamp,
                           std::optional<std::size_t> tampered) const {
  const std::int64_t time = message.seconds ? UnixSeconds(stamp) : stamp.time_since_epoch().count();
  const Fields query = {{"client_key", options_.client_key}, {"timestamp", std::to_string(time)}};
  SpiSignatures signatures = SignSpi(query, message.content, options_.app_secret);
  std::string body = message.content;
  if (tampered && *tampered % 2 == 0) {
    ChangeLast(signatures.fresh);
    ChangeLast(signatures.old);
  } else if (tampered) {
    ChangeDigit(body, 0);
  }
  std::string url = options_.push_url + options_.refund_spi + '?';
  for (const auto& [name, value] : query) url += name + '=' + FormEncode(value) + '&';
  return {.url = url + "sign=" + signatures.old,
          .content_type = {},
          .body = std::move(body),
          .headers = {{"x-life-clientkey", options_.client_key},
                      {"x-life-sign", std::move(signatures.fresh)},
                      {"X-Bytedance-Logid", message.log_id}}};
}

OutgoingPush PushDesk::Build(const Attempt& attempt) const {
  const Parcel& parcel = *attempt.parcel;
  const bool forged = parcel.kind == Messenger<Message>::Kind::kForged;
  const auto tampered = forged ? std::optional(parcel.tampered) : std::nullopt;
  const Message& message = parcel.content;
  OutgoingPush push =
      message.refund.empty() ? Webhook(message, tampered) : Spi(message, attempt.stamp, tampered);
  push.content_type = "application/json";
  return push;
}

bool PushDesk::IsOk(const PushAnswer& answer) const {
  const auto body = nlohmann::json::parse(answer.body, nullptr, false);
  if (answer.status == 200 && body.is_object() && body.contains("challenge")) {
    return challenges_.contains(IntegerOr(body, "challenge", -1));
  }
  return !DataOf(answer).is_null();
}

}  // namespace weir::simulators::douyin
