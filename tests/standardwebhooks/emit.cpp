// SPDX-License-Identifier: Apache-2.0
// Prints callbacks as they leave, one JSON object a line: {"secret", "headers", "body"}.
#include <cstdio>
#include <string>

#include "base/clock.hpp"
#include "base/json_writer.hpp"
#include "webhooks/callbacks/message.hpp"

namespace {

using namespace weir;

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kOtherSecret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

void Print(const char* secret, const net::Request& request) {
  std::string line;
  JsonWriter json(line);
  json.BeginObject().Member("secret", secret).Key("headers").BeginObject();
  for (const auto& [name, value] : request.headers.items()) json.Member(name, value);
  json.EndObject().Member("body", request.body).EndObject();
  std::puts(line.c_str());
}

storage::ChangeRow Change(std::string data) {
  return {.merchant = "demo",
          .seq = 42,
          .cause = {.offset = 42},
          .type = "order.placed",
          .subject = "meituan-2701234567890123456",
          .version = 1,
          .at = SystemClock().Now(),
          .data = std::move(data)};
}

}  // namespace

int main() {
  webhooks::Subscription erp{.url = "https://erp.example/weir",
                             .keys = {*webhooks::SigningKey::Parse(kSecret)},
                             .types = {"*"},
                             .personal = true};
  webhooks::Subscription rotated = erp;
  rotated.keys = {*webhooks::SigningKey::Parse(kOtherSecret),
                  *webhooks::SigningKey::Parse(kSecret)};
  webhooks::Subscription masked = erp;
  masked.personal = false;
  const Instant now = SystemClock().Now();
  for (const char* data :
       {R"({})", R"({"customer":{"name":"张三","phone":"13800000000"},"remark":"😀 \"\\\n"})"}) {
    const storage::ChangeRow change = Change(data);
    for (const webhooks::Subscription* subscription : {&erp, &rotated, &masked}) {
      const auto body = webhooks::BodyOf(*subscription, change.Id(), change);
      const auto request = webhooks::MakeRequest(*subscription, change.Id(), body, now);
      Print(kSecret, request);
      if (subscription == &rotated) Print(kOtherSecret, request);
    }
  }
  return 0;
}
