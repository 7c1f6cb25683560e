// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/envelope.hpp"

#include "connectors/answers.hpp"
#include "connectors/sf_city/errors.hpp"
#include "mapping/members.hpp"

namespace weir::connectors::sf_city {

using mapping::MemberAt;
using mapping::Value;

Result<Verdict> ReadAnswer(const net::Response& response) {
  const auto document = mapping::JsonDocument::Parse(response.body);
  const Value root = document ? Value(document->root()) : Value();
  const std::string_view code = MemberAt(root, "error_code").text();
  if (!code.empty() && code != "0") {
    return std::unexpected(ToError(code, MemberAt(root, "error_msg").text()));
  }
  if (response.status != 200) {
    return std::unexpected(ToHttpError("SF intra-city", response.status));
  }
  if (code.empty()) {
    return Fail(ErrorKind::kMalformed, "SF intra-city's answer has no error_code.");
  }
  const Value result = MemberAt(root, "result");
  Verdict verdict;
  verdict.names_number = result.is_array() || !MemberAt(result, "shop_order_id").text().empty() ||
                         !MemberAt(result, "out_order_id").text().empty();
  verdict.order_status = MemberAt(result, "order_status").text();
  if (const Value tip = MemberAt(result, "total_gratuity_fee"); !tip.text().empty()) {
    verdict.total_gratuity_fee = tip.text();
  }
  return verdict;
}

}  // namespace weir::connectors::sf_city
