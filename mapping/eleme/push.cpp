// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/push.hpp"

#include <algorithm>
#include <utility>

#include "mapping/field_reader.hpp"

namespace weir::mapping::eleme {
namespace {

std::string_view TextOf(const simdjson::dom::object& object, std::string_view name) {
  simdjson::dom::element element;
  // What is no text, number or boolean is no field: its Value has no text.
  return object.at_key(name).get(element) == simdjson::SUCCESS ? Value(element).text()
                                                               : std::string_view();
}

}  // namespace

Result<Push> Push::Decode(std::string_view body) {
  Push push;
  if (body.empty()) {
    return push;
  }
  auto document = JsonDocument::Parse(body);
  if (!document) {
    return std::unexpected(std::move(document.error()));
  }
  const Value root(document->root());
  if (!root.is_object()) {
    return Fail(ErrorKind::kMalformed, "A push is no JSON object.");
  }
  const simdjson::dom::object object = root.object();
  for (Field& field : push.fields_) {
    field.value = TextOf(object, field.name);
  }
  push.signature_ = TextOf(object, "signature");
  push.document_ = std::move(*document);
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
