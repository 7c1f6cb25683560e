// SPDX-License-Identifier: Apache-2.0
#include "mapping/doudian/messages.hpp"

#include <algorithm>
#include <utility>

#include "mapping/members.hpp"

namespace weir::mapping::doudian {

std::string Message::DataText() const {
  if (!data.is_object() && !data.is_array()) return std::string(data.text());
  std::string text;
  JsonWriter json(text);
  data.Write(json);
  return text;
}

Result<Messages> Messages::Decode(std::string_view body) {
  auto document = JsonDocument::Parse(body);
  if (!document) return std::unexpected(std::move(document.error()));
  Messages messages(*std::move(document));
  const Value root(messages.document_.root());
  if (!root.is_array()) return Fail(ErrorKind::kMalformed, "A push is no JSON array.");
  const simdjson::dom::array list = root.array();
  if (list.size() > kMostMessages) {
    return Fail(ErrorKind::kMalformed, "A push has more than 256 messages.");
  }
  messages.messages_.reserve(list.size());
  for (const simdjson::dom::element element : list) {
    const Value message(element);
    if (!message.is_object()) return Fail(ErrorKind::kMalformed, "A message is no JSON object.");
    const std::string_view id = MemberAt(message, "msg_id").text();
    messages.messages_.push_back({.tag = MemberAt(message, "tag").text(),
                                  .id = id.empty() ? MemberAt(message, "msgId").text() : id,
                                  .data = MemberAt(message, "data")});
  }
  return messages;
}

bool Messages::is_probe() const {
  return std::ranges::all_of(messages_, [](const Message& m) { return m.tag == kProbeTag; });
}

std::string Messages::topic() const {
  if (messages_.empty()) return {};
  const std::string_view first = messages_.front().tag;
  const bool same =
      std::ranges::all_of(messages_, [&](const Message& m) { return m.tag == first; });
  return same ? std::string(first) : "batch";
}

ContentDigest Messages::Content() const {
  ContentHasher hasher;
  for (const Message& message : messages_) {
    hasher.Update(message.tag);
    hasher.Update(message.id);
    hasher.Update(message.data.is_object() ? message.DataText() : message.data.text());
  }
  return hasher.Finish();
}

}  // namespace weir::mapping::doudian
