// SPDX-License-Identifier: Apache-2.0
#include "mapping/douyin/push.hpp"

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
  webhook.written_ = MemberOf(object, "content");
  webhook.document_ = std::move(*document);
  if (auto opened = Structure::Open(webhook.written_); opened && opened->root().is_object()) {
    webhook.opened_ = std::move(*opened);
    webhook.content_ = webhook.opened_->root();
  }
  return webhook;
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
