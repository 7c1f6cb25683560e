// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/push.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "mapping/field_reader.hpp"
#include "mapping/json.hpp"

namespace weir::mapping::eleme {
namespace {

/// The fields, and behind them the signature.
constexpr std::array<std::string_view, 8> kNames{"appId",     "message", "requestId", "shopId",
                                                 "timestamp", "type",    "userId",    "signature"};
constexpr std::size_t kMostDigits = 20;

/// What an object holds under kNames, until the next push is read by this thread.
struct Texts {
  std::array<std::string_view, kNames.size()> values;
  std::array<std::array<char, kMostDigits>, kNames.size()> digits;
};

/// A number's digits as they are written; nothing where the number does not tell them: 1.0, 1e3 and
/// -0. What is no text, number or boolean is no field: its text is empty.
std::optional<std::string_view> TextOf(const simdjson::dom::element& element,
                                       std::array<char, kMostDigits>& digits) {
  const auto write = [&digits](auto number) -> std::optional<std::string_view> {
    if (number == 0) return std::nullopt;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data()));
  };
  switch (element.type()) {
    case simdjson::dom::element_type::INT64:
      return write(element.get_int64().value_unsafe());
    case simdjson::dom::element_type::UINT64:
      return write(element.get_uint64().value_unsafe());
    case simdjson::dom::element_type::DOUBLE:
      return std::nullopt;
    default:
      return Value(element).text();
  }
}

/// False when some text cannot be told.
bool TakeTexts(const simdjson::dom::object& object, Texts& texts) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    simdjson::dom::element element;
    if (object.at_key(kNames.at(i)).get(element) != simdjson::SUCCESS) continue;
    const auto text = TextOf(element, texts.digits.at(i));
    if (!text) return false;
    texts.values.at(i) = *text;
  }
  return true;
}

/// Nearly every push: its message is by far its largest part, and what JsonDocument does for the
/// sake of numbers costs as much as all else that reads it. False when it must be read that way.
bool ReadPlain(std::string_view body, Texts& texts) {
  constexpr std::size_t kLargest = std::size_t{64} * 1024;
  thread_local simdjson::dom::parser parser;
  thread_local std::string padded;
  if (body.size() > kLargest) return false;
  if (parser.max_depth() != kMaxJsonDepth &&
      parser.allocate(kLargest, kMaxJsonDepth) != simdjson::SUCCESS) {
    return false;
  }
  padded.assign(body).append(simdjson::SIMDJSON_PADDING, '\0');
  simdjson::dom::object object;
  return parser.parse(padded.data(), body.size(), false).get(object) == simdjson::SUCCESS &&
         TakeTexts(object, texts);
}

}  // namespace

Result<Push> Push::Decode(std::string_view body) {
  Push push;
  if (body.empty()) {
    return push;
  }
  Texts texts{};
  std::optional<JsonDocument> document;
  if (!ReadPlain(body, texts)) {
    auto parsed = JsonDocument::Parse(body);
    if (!parsed) {
      return std::unexpected(std::move(parsed.error()));
    }
    document = std::move(*parsed);
    const Value root(document->root());
    if (!root.is_object()) {
      return Fail(ErrorKind::kMalformed, "A push is no JSON object.");
    }
    texts = {};
    TakeTexts(root.object(), texts);
  }
  std::size_t size = 0;
  for (const std::string_view text : texts.values) size += text.size();
  push.texts_ = std::make_unique_for_overwrite<char[]>(size);
  char* at = push.texts_.get();
  const auto keep = [&at](std::string_view text) {
    char* const begin = at;
    at = std::ranges::copy(text, at).out;
    return std::string_view(begin, text.size());
  };
  for (std::size_t i = 0; i < push.fields_.size(); ++i) {
    push.fields_.at(i).value = keep(texts.values.at(i));
  }
  push.signature_ = keep(texts.values.back());
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
