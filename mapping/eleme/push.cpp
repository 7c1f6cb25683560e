// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/push.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "mapping/envelope.hpp"
#include "mapping/field_reader.hpp"
#include "mapping/json.hpp"

namespace weir::mapping::eleme {
namespace {

/// The fields, and behind them the signature.
constexpr std::array<std::string_view, 8> kNames{"appId",     "message", "requestId", "shopId",
                                                 "timestamp", "type",    "userId",    "signature"};

}  // namespace

Result<Push> Push::Decode(std::string_view body) {
  Push push;
  if (body.empty()) {
    return push;
  }
  Envelope envelope;
  std::optional<JsonDocument> document;
  if (!envelope.Read(body, kNames)) {
    auto parsed = JsonDocument::Parse(body);
    if (!parsed) {
      return std::unexpected(std::move(parsed.error()));
    }
    document = std::move(*parsed);
    const Value root(document->root());
    if (!root.is_object()) {
      return Fail(ErrorKind::kMalformed, "A push is no JSON object.");
    }
    envelope.Take(root.object(), kNames);
  }
  std::size_t size = 0;
  for (std::size_t i = 0; i < kNames.size(); ++i) size += envelope.text(i).size();
  push.texts_ = std::make_unique_for_overwrite<char[]>(size);
  char* at = push.texts_.get();
  const auto keep = [&at](std::string_view text) {
    char* const begin = at;
    at = std::ranges::copy(text, at).out;
    return std::string_view(begin, text.size());
  };
  for (std::size_t i = 0; i < push.fields_.size(); ++i) {
    push.fields_.at(i).value = keep(envelope.text(i));
  }
  push.signature_ = keep(envelope.text(kNames.size() - 1));
  return push;
}

bool Push::empty() const {
  return signature_.empty() &&
         std::ranges::all_of(fields_, [](const Field& field) { return field.value.empty(); });
}

std::optional<Instant> Push::sent_at() const {
  std::vector<model::Issue> unused;
  return FieldReader(unused).Milliseconds("timestamp", Value(fields_[4].value));
}

ContentDigest Push::Content() const {
  ContentHasher hasher;
  for (const std::size_t place : {1U, 3U, 5U, 6U}) {
    hasher.Update(fields_.at(place).value);
  }
  return hasher.Finish();
}

}  // namespace weir::mapping::eleme
