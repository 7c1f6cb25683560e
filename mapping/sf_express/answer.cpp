// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_express/answer.hpp"

#include <utility>

#include "mapping/members.hpp"

namespace weir::mapping::sf_express {

Result<Answer> Answer::Parse(std::string_view body) {
  auto document = JsonDocument::Parse(body);
  if (!document) return std::unexpected(std::move(document.error()));
  Answer answer;
  answer.document_ = *std::move(document);
  const Value root(answer.document_->root());
  answer.api_code_ = MemberAt(root, "apiResultCode");
  auto data = Structure::Open(MemberAt(root, "apiResultData"));
  if (answer.api_code_.empty() || !data) {
    return Fail(ErrorKind::kMalformed, "The answer is none of SF Express's.");
  }
  answer.data_ = *std::move(data);
  return answer;
}

std::string_view Answer::error_code() const { return MemberAt(service(), "errorCode").text(); }

bool Answer::succeeded() const {
  return api_code() == kPassed && MemberAt(service(), "success").text() == "true" &&
         (error_code().empty() || error_code() == kDone);
}

Value Answer::message() const { return MemberAt(service(), "msgData"); }

}  // namespace weir::mapping::sf_express
