// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/tokens.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "connectors/sf_express/errors.hpp"
#include "mapping/members.hpp"
#include "mapping/sf_express/answer.hpp"

namespace weir::connectors::sf_express {
namespace {

using mapping::MemberAt;
using mapping::Value;

constexpr std::chrono::seconds kTimeout{15};
/// No token lives longer.
constexpr std::int64_t kLongestLife = 7200;

Result<Token> ReadToken(const net::Response& response, Instant asked_at) {
  const auto document = mapping::JsonDocument::Parse(response.body);
  const Value root = document ? Value(document->root()) : Value();
  const std::string_view code = MemberAt(root, "apiResultCode").text();
  if (!code.empty() && code != mapping::sf_express::kPassed) {
    return std::unexpected(ToError(code));
  }
  if (response.status != 200) return std::unexpected(ToHttpError("SF Express", response.status));
  const std::string access(MemberAt(root, "accessToken").text());
  const auto life = ParseInt(MemberAt(root, "expiresIn").text());
  if (access.empty() || !life || *life <= 0 || *life > kLongestLife) {
    return Fail(ErrorKind::kMalformed, "SF Express's answer is no token.");
  }
  return Token{.access = Secret(access),
               .refresh = Secret(),
               .obtained_at = asked_at,
               .expires_at = asked_at + std::chrono::seconds(*life),
               .refresh_expires_at = std::nullopt};
}

}  // namespace

Tokens::Tokens(Credentials credentials, net::Transport& transport, const Clock& clock)
    : credentials_(std::move(credentials)), transport_(transport), clock_(clock) {}

boost::asio::awaitable<Result<Token>> Tokens::Issue(std::optional<Token> /*former*/) {
  net::Request request;
  request.method = "POST";
  request.target = credentials_.token_url;
  request.idempotent = true;
  request.headers.Add("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
  request.body = fmt::format("partnerID={}&secret={}&grantType=password",
                             PercentEncode(credentials_.partner_id),
                             PercentEncode(credentials_.check_word.Reveal()));
  const Instant asked_at = clock_.Now();
  const auto response = co_await transport_.Send(std::move(request), kTimeout);
  if (!response) co_return std::unexpected(response.error());
  co_return ReadToken(*response, asked_at);
}

}  // namespace weir::connectors::sf_express
