// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/envelope.hpp"

#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "connectors/douyin/errors.hpp"
#include "mapping/json.hpp"

namespace weir::connectors::douyin {
namespace {

using mapping::Value;

Value MemberOf(const Value& object, std::string_view name) {
  simdjson::dom::element element;
  return object.is_object() && object.object().at_key(name).get(element) == simdjson::SUCCESS
             ? Value(element)
             : Value();
}

/// 0 where it is missing; what is no number is an error of its own.
std::int64_t CodeOf(const Value& object, std::string_view name) {
  const Value code = MemberOf(object, name);
  return code.empty() ? 0 : ParseInt(code.text()).value_or(-1);
}

}  // namespace

Result<void> CheckAnswer(const net::Response& response) {
  const auto document = mapping::JsonDocument::Parse(response.body);
  const Value root = document ? Value(document->root()) : Value();
  const Value data = MemberOf(root, "data");
  // One family of interfaces spells it so.
  const Value extra = MemberOf(root, MemberOf(root, "extra").is_object() ? "extra" : "Extra");
  const std::int64_t in_data = CodeOf(data, "error_code");
  const std::int64_t code = in_data != 0 ? in_data : CodeOf(extra, "error_code");
  if (code != 0) {
    return std::unexpected(ToError(code, CodeOf(extra, "sub_error_code")));
  }
  if (response.status != 200) {
    return std::unexpected(ToHttpError("Douyin", response.status));
  }
  if (!data.is_object()) {
    return Fail(ErrorKind::kMalformed, "Douyin's answer has no data.");
  }
  return {};
}

}  // namespace weir::connectors::douyin
