// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/envelope.hpp"

#include <utility>

#include "connectors/answers.hpp"
#include "connectors/sf_express/errors.hpp"

namespace weir::connectors::sf_express {

using mapping::sf_express::Answer;

Result<Answer> OpenAnswer(const net::Response& response) {
  auto answer = Answer::Parse(response.body);
  if (answer && answer->api_code() != mapping::sf_express::kPassed) {
    return std::unexpected(ToError(answer->api_code()));
  }
  if (response.status != 200) return std::unexpected(ToHttpError("SF Express", response.status));
  if (!answer) return std::unexpected(std::move(answer.error()));
  if (answer->succeeded()) return answer;
  const std::string_view code = answer->error_code();
  if (code.empty() || code == mapping::sf_express::kDone) {
    return Fail(ErrorKind::kMalformed, "SF Express's answer says neither yes nor why not.");
  }
  return std::unexpected(ToError(code));
}

}  // namespace weir::connectors::sf_express
