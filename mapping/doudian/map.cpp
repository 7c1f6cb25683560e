// SPDX-License-Identifier: Apache-2.0
#include "mapping/doudian/map.hpp"

#include <fmt/format.h>

#include <utility>

#include "mapping/doudian/answers.hpp"
#include "mapping/doudian/tags.hpp"

namespace weir::mapping::doudian {
namespace {

Mapped Malformed(std::string detail) {
  Mapped mapped;
  mapped.unmappable = {.reason = "malformed_payload", .detail = std::move(detail)};
  return mapped;
}

Mapped MapSpi(std::string_view param_json) {
  const auto document = JsonDocument::Parse(param_json);
  if (!document) return Malformed(document.error().message);
  const Value params(document->root());
  if (!params.is_object()) return Malformed("The call's parameters are no JSON object.");
  Mapped mapped;
  if (auto added = AddSpi(params, mapped); !added) mapped.unmappable = std::move(added.error());
  return mapped;
}

}  // namespace

Mapped MapMessages(const Messages& messages) {
  Mapped mapped;
  mapped.orders.reserve(messages.all().size());
  std::size_t number = 0;
  std::size_t refused = 0;
  for (const Message& message : messages.all()) {
    ++number;
    auto added = AddMessage(message, mapped);
    if (added) continue;
    if (++refused > 1) continue;
    mapped.unmappable = std::move(added.error());
    mapped.unmappable->detail = fmt::format("Message {}: {}", number, mapped.unmappable->detail);
  }
  if (!mapped.unmappable) return mapped;
  if (refused > 1) {
    mapped.unmappable->detail += fmt::format(" So it is with {} more.", refused - 1);
  }
  mapped.unmappable->in_part = refused < messages.all().size();
  return mapped;
}

Mapped Map(const Payload& payload) {
  if (payload.pulled) return MapAnswers(payload);
  if (payload.dialect == kSpi) return MapSpi(payload.bytes);
  if (payload.dialect != kMessages) return Malformed("The payload's dialect is unknown.");
  const auto messages = Messages::Decode(payload.bytes);
  return messages ? MapMessages(*messages) : Malformed(messages.error().message);
}

}  // namespace weir::mapping::doudian
