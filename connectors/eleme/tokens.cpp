// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/tokens.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "connectors/eleme/errors.hpp"

namespace weir::connectors::eleme {
namespace {

using nlohmann::json;

constexpr std::chrono::seconds kTimeout{15};
/// No token lives longer.
constexpr std::int64_t kLongestLife = 10LL * 366 * 24 * 3600;

/// A member that is text; empty when it is none.
std::string TextOf(const json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

Result<Token> ReadToken(const net::Response& response, Instant asked_at) {
  const json answer = json::parse(response.body, nullptr, false);
  if (answer.is_object() && answer.contains("error")) {
    return std::unexpected(ToError(TextOf(answer, "error")));
  }
  if (response.status != 200) {
    return std::unexpected(ToHttpError("Ele.me", response.status));
  }
  const std::string access = answer.is_object() ? TextOf(answer, "access_token") : std::string();
  const json life = answer.is_object() ? answer.value("expires_in", json()) : json();
  if (access.empty() || !life.is_number_integer() || life.get<std::int64_t>() <= 0 ||
      life.get<std::int64_t>() > kLongestLife) {
    return Fail(ErrorKind::kMalformed, "Ele.me's answer is no token.");
  }
  // It began to live when it was made, which was not before we asked.
  return Token{.access = Secret(access),
               .refresh = Secret(TextOf(answer, "refresh_token")),
               .obtained_at = asked_at,
               .expires_at = asked_at + std::chrono::seconds(life.get<std::int64_t>()),
               .refresh_expires_at = std::nullopt};
}

}  // namespace

Tokens::Tokens(Credentials credentials, net::Transport& transport, const Clock& clock)
    : credentials_(std::move(credentials)), transport_(transport), clock_(clock) {}

Result<std::string> Tokens::GrantFor(const std::optional<Token>& former) const {
  if (former && !former->refresh.empty()) {
    return "grant_type=refresh_token&refresh_token=" + PercentEncode(former->refresh.Reveal());
  }
  if (credentials_.authorization_code.empty()) {
    return "grant_type=client_credentials";
  }
  if (code_used_) {
    return Fail(ErrorKind::kUnauthorized,
                "The authorization code was used; the merchant has to consent anew.");
  }
  return fmt::format("grant_type=authorization_code&code={}&redirect_uri={}&client_id={}",
                     PercentEncode(credentials_.authorization_code.Reveal()),
                     PercentEncode(credentials_.redirect_uri), PercentEncode(credentials_.app_key));
}

boost::asio::awaitable<Result<Token>> Tokens::Issue(std::optional<Token> former) {
  if (former) code_used_ = true;
  auto grant = GrantFor(former);
  if (!grant) co_return std::unexpected(std::move(grant.error()));
  net::Request request;
  request.method = "POST";
  request.target = credentials_.token_url;
  request.headers.Add("Content-Type", "application/x-www-form-urlencoded");
  request.headers.Add("Authorization",
                      "Basic " + ToBase64(fmt::format("{}:{}", credentials_.app_key,
                                                      credentials_.app_secret.Reveal())));
  request.body = *std::move(grant);
  const Instant asked_at = clock_.Now();
  const auto response = co_await transport_.Send(std::move(request), kTimeout);
  if (!response) {
    co_return std::unexpected(response.error());
  }
  auto token = ReadToken(*response, asked_at);
  const bool unanswered =
      !token && (IsTransient(token.error().kind) || token.error().kind == ErrorKind::kMalformed);
  if (!unanswered) code_used_ = true;
  co_return token;
}

}  // namespace weir::connectors::eleme
