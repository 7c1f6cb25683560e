// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/envelope.hpp"

#include <optional>

#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "connectors/meituan/errors.hpp"
#include "mapping/json.hpp"

namespace weir::connectors::meituan {
namespace {

using mapping::Value;

Value MemberOf(const Value& object, std::string_view name) {
  simdjson::dom::element element;
  return object.is_object() && object.object().at_key(name).get(element) == simdjson::SUCCESS
             ? Value(element)
             : Value();
}

std::optional<std::int64_t> CodeIn(const Value& object) {
  return ParseInt(MemberOf(object, "code").text());
}

/// The code of a failure; nothing when the answer is none.
std::optional<std::int64_t> FailureOf(const Value& root) {
  const Value data = MemberOf(root, "data");
  const Value error = MemberOf(root, "error");
  const auto result = ParseInt(MemberOf(root, "result_code").text());
  constexpr std::int64_t kPartly = 2;
  if (result && *result >= 1 && *result <= kPartly) {
    return std::nullopt;
  }
  if (result || data.text() == "ng" || error.is_object()) {
    if (const auto code = CodeIn(error)) {
      return code;
    }
    if (const Value list = MemberOf(root, "error_list");
        list.is_array() && list.array().size() > 0) {
      return CodeIn(Value(list.array().at(0).value_unsafe())).value_or(0);
    }
    return 0;
  }
  const auto code = CodeIn(root);
  return data.empty() && code && *code != 0 ? code : std::nullopt;
}

}  // namespace

Result<void> CheckEnvelope(const net::Response& response) {
  const auto document = mapping::JsonDocument::Parse(response.body);
  const Value root = document ? Value(document->root()) : Value();
  if (root.is_object()) {
    if (const auto code = FailureOf(root)) {
      return std::unexpected(ToError(*code));
    }
  }
  if (response.status != 200) {
    return std::unexpected(ToHttpError("Meituan", response.status));
  }
  if (!root.is_object() || MemberOf(root, "data").empty()) {
    return Fail(ErrorKind::kMalformed, "Meituan's answer has no data.");
  }
  return {};
}

}  // namespace weir::connectors::meituan
