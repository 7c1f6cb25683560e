// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/envelope.hpp"

#include "connectors/answers.hpp"
#include "connectors/dada/errors.hpp"
#include "mapping/members.hpp"

namespace weir::connectors::dada {

Result<void> CheckAnswer(const net::Response& response) {
  using mapping::MemberAt;
  using mapping::Value;
  const auto document = mapping::JsonDocument::Parse(response.body);
  const Value root = document ? Value(document->root()) : Value();
  const Value told = MemberAt(root, "code");
  const std::string_view code = told.empty() ? MemberAt(root, "errorCode").text() : told.text();
  if (!code.empty() && code != kOk) return std::unexpected(ToError(code));
  if (response.status != 200) {
    return std::unexpected(ToHttpError("Dada", response.status));
  }
  if (code.empty() || MemberAt(root, "status").text() != "success") {
    return Fail(ErrorKind::kMalformed, "Dada's answer says neither success nor why not.");
  }
  return {};
}

}  // namespace weir::connectors::dada
