// SPDX-License-Identifier: Apache-2.0
#include "mapping/envelope.hpp"

#include <charconv>
#include <optional>
#include <string>

namespace weir::mapping {
namespace {

constexpr std::size_t kLargest = std::size_t{64} * 1024;

/// A number's digits as they are written; nothing where the number does not tell them.
template <typename Digits>
std::optional<std::string_view> TextOf(const simdjson::dom::element& element, Digits& digits) {
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

}  // namespace

bool Envelope::TakeEach(const simdjson::dom::object& object,
                        std::span<const std::string_view> names) {
  texts_ = {};
  for (std::size_t i = 0; i < names.size(); ++i) {
    simdjson::dom::element element;
    if (object.at_key(names[i]).get(element) != simdjson::SUCCESS) continue;
    const auto text = TextOf(element, digits_.at(i));
    if (!text) return false;
    texts_.at(i) = *text;
  }
  return true;
}

bool Envelope::Read(std::string_view body, std::span<const std::string_view> names) {
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
         TakeEach(object, names);
}

void Envelope::Take(const simdjson::dom::object& object, std::span<const std::string_view> names) {
  // A document's numbers are texts: each can be told.
  static_cast<void>(TakeEach(object, names));
}

}  // namespace weir::mapping
