// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/retail/push.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "mapping/field_reader.hpp"

namespace weir::mapping::eleme::retail {
namespace {

constexpr std::string_view kAccessToken = "access_token";
constexpr std::string_view kSign = "sign";

/// Cuts `rest` behind the first `separator` and returns what stood before it.
std::string_view Cut(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view head = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
  return head;
}

}  // namespace

Result<Push> Push::Decode(std::string_view form) {
  Push push;
  bool signed_twice = false;
  while (!form.empty()) {
    std::string_view value = Cut(form, '&');
    std::string name;
    if (!AppendPercentDecoded(name, Cut(value, '='), true)) {
      return Fail(ErrorKind::kMalformed, "A push's form is broken.");
    }
    auto* const field = std::ranges::find(push.fields_, name, &Field::name);
    const bool known = field != push.fields_.end();
    if (!known && name != kSign) continue;
    // Of a name that comes twice nobody could say which one is signed.
    if (known ? field->told : signed_twice) {
      return Fail(ErrorKind::kMalformed, fmt::format("A push has two fields '{}'.", name));
    }
    (known ? field->told : signed_twice) = true;
    if (!AppendPercentDecoded(known ? field->value : push.sign_, value, true)) {
      return Fail(ErrorKind::kMalformed, fmt::format("A push's field '{}' is broken.", name));
    }
  }
  if (push.empty()) return push;
  for (const Field& field : push.fields_) {
    if (!field.told && field.name != kAccessToken) {
      return Fail(ErrorKind::kMalformed, fmt::format("A push has no field '{}'.", field.name));
    }
  }
  return push;
}

bool Push::empty() const { return sign_.empty() && std::ranges::none_of(fields_, &Field::told); }

std::optional<Instant> Push::sent_at() const {
  std::vector<model::Issue> unused;
  return FieldReader(unused).Seconds("timestamp", Value(timestamp()));
}

ContentDigest Push::Content() const {
  ContentHasher hasher;
  for (const std::string_view part : {body(), cmd(), encrypt(), source(), version()}) {
    hasher.Update(part);
  }
  return hasher.Finish();
}

}  // namespace weir::mapping::eleme::retail
