// SPDX-License-Identifier: Apache-2.0
#include "gateway/body.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "gateway/parameters.hpp"

namespace weir::gateway {
namespace {

using nlohmann::json;

constexpr std::size_t kLongest = 2048;
constexpr std::size_t kMost = 256;
constexpr std::size_t kShownName = 64;

bool IsText(const json& value) {
  return value.is_string() && !value.get_ref<const std::string&>().empty() &&
         value.get_ref<const std::string&>().size() <= kLongest;
}

Error Rejected(const char* code, std::string message) {
  return {.kind = ErrorKind::kRejected, .message = std::move(message), .remote_code = code};
}

}  // namespace

BodyReader::BodyReader(std::string_view body, std::initializer_list<std::string_view> known)
    : body_(body.empty() ? json::object() : json::parse(body, nullptr, false)) {
  if (!body_.is_object()) {
    error_ = Rejected("bad_request", "the body is no JSON object");
    body_ = json::object();
  }
  for (const auto& [name, value] : body_.items()) {
    if (error_ || std::ranges::find(known, name) != known.end()) continue;
    error_ = Rejected("unknown_parameter",
                      fmt::format("'{}' is not known; known are: {}",
                                  RepairUtf8(name.substr(0, kShownName)), fmt::join(known, ", ")));
  }
}

const json* BodyReader::Find(const char* name) const {
  const auto found = body_.find(name);
  return found == body_.end() ? nullptr : &*found;
}

void BodyReader::Refuse(std::string_view name, std::string_view expected) {
  if (!error_) error_ = InvalidParameter(name, expected).error();
}

BodyReader& BodyReader::Text(const char* name, std::string& target) {
  const json* value = Find(name);
  if (value == nullptr) return *this;
  if (IsText(*value)) {
    target = value->get<std::string>();
  } else {
    Refuse(name, "a text of 1 to 2048 bytes");
  }
  return *this;
}

BodyReader& BodyReader::Flag(const char* name, bool& target) {
  const json* value = Find(name);
  if (value == nullptr) return *this;
  if (value->is_boolean()) {
    target = value->get<bool>();
  } else {
    Refuse(name, "true or false");
  }
  return *this;
}

BodyReader& BodyReader::Number(const char* name, std::uint32_t low, std::uint32_t high,
                               std::optional<std::uint32_t>& target) {
  const json* value = Find(name);
  if (value == nullptr) return *this;
  if (value->is_null()) {
    target.reset();
  } else if (value->is_number_unsigned() && value->get<std::uint64_t>() >= low &&
             value->get<std::uint64_t>() <= high) {
    target = value->get<std::uint32_t>();
  } else {
    Refuse(name, fmt::format("an integer from {} to {}, or null", low, high));
  }
  return *this;
}

BodyReader& BodyReader::Texts(const char* name, std::vector<std::string>& target) {
  const json* value = Find(name);
  if (value == nullptr) return *this;
  if (value->is_array() && value->size() <= kMost && std::ranges::all_of(*value, IsText)) {
    target = value->get<std::vector<std::string>>();
  } else {
    Refuse(name, "a list of at most 256 texts");
  }
  return *this;
}

BodyReader& BodyReader::TextMap(const char* name, std::map<std::string, std::string>& target) {
  const json* value = Find(name);
  if (value == nullptr) return *this;
  if (value->is_object() && std::ranges::all_of(*value, IsText)) {
    target = value->get<std::map<std::string, std::string>>();
  } else {
    Refuse(name, "an object whose members are texts");
  }
  return *this;
}

BodyReader& BodyReader::Require(const char* name) {
  if (!Has(name)) Refuse(name, "to be given");
  return *this;
}

Result<void> BodyReader::Finish() const {
  if (error_) return std::unexpected(*error_);
  return {};
}

}  // namespace weir::gateway
