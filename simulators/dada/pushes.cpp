// SPDX-License-Identifier: Apache-2.0
#include "simulators/dada/pushes.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "simulators/chance.hpp"
#include "simulators/dada/signature.hpp"
#include "simulators/dada/status.hpp"
#include "simulators/members.hpp"

namespace weir::simulators::dada {
namespace {

constexpr std::string_view kSignature = R"("signature":")";

char Another(char c) { return c == '0' ? '1' : '0'; }

std::string InUpperCase(std::string hex) {
  std::ranges::transform(hex, hex.begin(), [](char c) {
    return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return hex;
}

bool NamesRider(const Delivery& delivery) {
  return delivery.rider &&
         (delivery.stage != Stage::kCancelled || delivery.cancellation.by == Canceller::kRider);
}

void WriteRest(JsonWriter& json, const Delivery& delivery) {
  const Repeat repeat = delivery.steps.back().repeat;
  if (repeat != Repeat::kNone) {
    json.Member("repeat_reason_type", repeat == Repeat::kGivenUp ? 1 : 2);
  }
  if (NamesRider(delivery)) {
    json.Member("dm_id", delivery.rider->id)
        .Member("dm_name", delivery.rider->name)
        .Member("dm_mobile", delivery.rider->phone);
  }
  const bool with_code = delivery.stage == Stage::kPickedUp || delivery.stage == Stage::kDelivered;
  if (with_code && !delivery.finish_code.empty()) {
    json.Member("finish_code", delivery.finish_code);
  }
}

}  // namespace

PushDesk::PushDesk(const Options& options, Deliveries& book, Counts& counts, Random& random)
    : CourierDesk(options, book, counts, random), options_(options) {}

void PushDesk::TellStage(Delivery& delivery, Instant at) {
  const bool text_time = Chance(random_, options_.quirks.text_time);
  const bool upper = Chance(random_, options_.quirks.upper_signature);
  // What never began has no number of the platform's, and its time is in milliseconds.
  const bool stillborn = delivery.stage == Stage::kStillborn;
  const CallbackSigned values{
      .client_id = stillborn ? std::string() : delivery.platform_no,
      .order_id = delivery.number,
      .update_time = std::to_string(stillborn ? at.time_since_epoch().count() : UnixSeconds(at))};
  const int status = StatusOf(delivery);
  std::string signature = SignCallback(values);
  if (upper) signature = InUpperCase(std::move(signature));
  std::string body;
  JsonWriter json(body);
  json.BeginObject()
      .Member("client_id", values.client_id)
      .Member("order_id", values.order_id)
      .Member("order_status", status)
      .Member("cancel_reason", delivery.cancellation.reason)
      .Member("cancel_from", static_cast<int>(delivery.cancellation.by))
      .Key("update_time");
  text_time ? json.String(values.update_time) : json.Number(values.update_time);
  WriteRest(json, delivery);
  json.Member("signature", signature).EndObject();
  Send(delivery,
       {.topic = std::to_string(status), .what = "status " + std::to_string(status), .at = at},
       {.url = delivery.callback, .body = std::move(body)});
}

void PushDesk::TellAsk(Delivery& delivery, Instant at) {
  if (options_.message_url.empty()) {
    return;
  }
  std::string inner;
  JsonWriter(inner)
      .BeginObject()
      .Member("orderId", delivery.number)
      .Key("dadaOrderId")
      .Number(delivery.platform_no)
      .Member("cancelReason", "车辆故障")
      .EndObject();
  std::string body;
  JsonWriter(body)
      .BeginObject()
      .Member("messageType", 1)
      .Member("messageBody", inner)
      .Member("createTime", UnixSeconds(at))
      .EndObject();
  Send(delivery, {.topic = "message", .what = "rider asks off", .at = at},
       {.url = options_.message_url, .body = std::move(body)});
}

bool PushDesk::IsOk(const PushAnswer& answer) const {
  if (answer.status != 200) {
    return false;
  }
  // Only a message's answer is judged by its body, and only when it asks for a repeat.
  const auto json = nlohmann::json::parse(answer.body, nullptr, false);
  return !json.is_object() || TextIn(json, "status") != "fail";
}

void PushDesk::Forge(CourierMessage& message, std::size_t which) const {
  const std::size_t found = message.body.find(kSignature);
  if (which % 2 == 0 && found != std::string::npos) {
    char& c = message.body[found + kSignature.size() + which / 2 % 32];
    c = Another(c);
  } else if (!message.url.empty()) {
    message.url.back() = Another(message.url.back());
  }
}

}  // namespace weir::simulators::dada
