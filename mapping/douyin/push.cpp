// SPDX-License-Identifier: Apache-2.0
#include "mapping/douyin/push.hpp"

#include <array>
#include <memory>
#include <string>
#include <utility>

namespace weir::mapping::douyin {
namespace {

Value MemberOf(const simdjson::dom::object& object, std::string_view name) {
  simdjson::dom::element element;
  return object.at_key(name).get(element) == simdjson::SUCCESS ? Value(element) : Value();
}

constexpr std::array<std::string_view, 3> kNames{"event", "client_key", "content"};

}  // namespace

Webhook::Webhook(const Envelope& envelope)
    : texts_(std::make_unique<Texts>(Texts{.event = std::string(envelope.text(0)),
                                           .client_key = std::string(envelope.text(1)),
                                           .content = std::string(envelope.text(2))})),
      event_(texts_->event),
      client_key_(texts_->client_key),
      written_(texts_->content) {}

Result<Webhook> Webhook::Decode(std::string_view body) {
  // Nearly every webhook: its content is a text.
  Envelope envelope;
  if (envelope.Read(body, kNames) && !envelope.text(2).empty()) {
    Webhook webhook(envelope);
    webhook.Open();
    return webhook;
  }
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
  webhook.written_ = MemberOf(object, "content");
  webhook.document_ = std::move(*document);
  webhook.Open();
  return webhook;
}

void Webhook::Open() {
  if (auto opened = Structure::Open(written_); opened && opened->root().is_object()) {
    opened_ = std::move(*opened);
    content_ = opened_->root();
  }
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
