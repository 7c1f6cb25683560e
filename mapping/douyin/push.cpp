// SPDX-License-Identifier: Apache-2.0
#include "mapping/douyin/push.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace weir::mapping::douyin {
namespace {

Value MemberOf(const simdjson::dom::object& object, std::string_view name) {
  simdjson::dom::element element;
  return object.at_key(name).get(element) == simdjson::SUCCESS ? Value(element) : Value();
}

}  // namespace

Result<Webhook> Webhook::Decode(std::string_view body) {
  auto document = JsonDocument::Parse(body);
  if (!document) {
    return std::unexpected(std::move(document.error()));
  }
  const Value root(document->root());
  if (!root.is_object()) {
    return Fail(ErrorKind::kMalformed, "A webhook is no JSON object.");
  }
  Webhook webhook;
  const simdjson::dom::object object = root.object();
  webhook.event_ = MemberOf(object, "event").text();
  webhook.client_key_ = MemberOf(object, "client_key").text();
  webhook.log_id_ = MemberOf(object, "log_id").text();
  webhook.written_ = MemberOf(object, "content");
  webhook.document_ = std::move(*document);
  if (auto opened = Structure::Open(webhook.written_); opened && opened->root().is_object()) {
    webhook.opened_ = std::move(*opened);
    webhook.content_ = webhook.opened_->root();
  }
  return webhook;
}

std::optional<Instant> Webhook::sent_at() const {
  constexpr std::size_t kTime = 14;
  const std::string_view digits = log_id_.substr(0, kTime);
  const bool plain = digits.size() == kTime &&
                     std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  if (!plain) {
    return std::nullopt;
  }
  std::string text;
  for (std::size_t i = 0; i < kTime; ++i) {
    if (i == 4 || i == 6) text += '-';
    if (i == 8) text += ' ';
    if (i == 10 || i == 12) text += ':';
    text += digits[i];
  }
  const auto at = ParseLocalTime(text, Zone::China());
  return at ? std::optional(*at) : std::nullopt;
}

ContentDigest Webhook::Content() const {
  ContentHasher hasher;
  hasher.Update(event_);
  if (written_.is_object() || written_.is_array()) {
    std::string text;
    JsonWriter json(text);
    written_.Write(json);
    hasher.Update(text);
  } else {
    hasher.Update(written_.text());
  }
  return hasher.Finish();
}

}  // namespace weir::mapping::douyin
