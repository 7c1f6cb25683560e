// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/envelope.hpp"

#include "connectors/answers.hpp"
#include "connectors/doudian/errors.hpp"
#include "mapping/members.hpp"

namespace weir::connectors::doudian {

using mapping::MemberAt;
using mapping::Value;
Result<bool> HasData(const net::Response& response) {
  const auto document = mapping::JsonDocument::Parse(response.body);
  const Value root = document ? Value(document->root()) : Value();
  const std::string_view code = MemberAt(root, "code").text();
  const std::string_view legacy = MemberAt(root, "err_no").text();
  const bool has_data = !MemberAt(root, "data").empty();
  const bool ok = code.empty() ? legacy == "0" : code == kOk || (code == kPartly && has_data);
  if (!ok && !(code.empty() && legacy.empty())) {
    return std::unexpected(
        ToError(code.empty() ? legacy : code, MemberAt(root, "sub_code").text()));
  }
  if (response.status != 200) {
    return std::unexpected(ToHttpError("Doudian", response.status));
  }
  if (!ok) {
    return Fail(ErrorKind::kMalformed, "Doudian's answer has no code.");
  }
  return has_data;
}

}  // namespace weir::connectors::doudian
