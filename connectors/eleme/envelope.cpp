// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/envelope.hpp"

#include "connectors/answers.hpp"
#include "connectors/eleme/errors.hpp"
#include "mapping/json.hpp"

namespace weir::connectors::eleme {
namespace {

using mapping::Value;

Value MemberOf(const Value& object, std::string_view name) {
  simdjson::dom::element element;
  return object.is_object() && object.object().at_key(name).get(element) == simdjson::SUCCESS
             ? Value(element)
             : Value();
}

}  // namespace

Result<bool> HasResult(const net::Response& response) {
  const auto document = mapping::JsonDocument::Parse(response.body);
  const Value root = document ? Value(document->root()) : Value();
  if (const Value error = MemberOf(root, "error"); !error.empty()) {
    return std::unexpected(ToError(MemberOf(error, "code").text()));
  }
  if (response.status != 200) {
    return std::unexpected(ToHttpError("Ele.me", response.status));
  }
  simdjson::dom::element result;
  if (!root.is_object() || root.object().at_key("result").get(result) != simdjson::SUCCESS) {
    return Fail(ErrorKind::kMalformed, "Ele.me's answer has no result.");
  }
  return !result.is_null();
}

}  // namespace weir::connectors::eleme
