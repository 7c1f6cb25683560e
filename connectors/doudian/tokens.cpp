// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/tokens.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "base/json_writer.hpp"
#include "connectors/doudian/calls.hpp"
#include "connectors/doudian/canonical.hpp"
#include "connectors/doudian/envelope.hpp"

namespace weir::connectors::doudian {
namespace {

using nlohmann::json;

constexpr std::chrono::seconds kTimeout{12};
/// No token lives longer.
constexpr std::int64_t kLongestLife = 10LL * 366 * 24 * 3600;
/// A refresh token lives twice as long as its access token, 14 days to 7 (protocol B2).
constexpr int kRefreshLives = 2;

/// A member that is text; empty when it is none.
std::string TextOf(const json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

Result<Token> ReadToken(const net::Response& response, Instant asked_at) {
  const auto has_data = HasData(response);
  if (!has_data) return std::unexpected(has_data.error());
  const json answer = json::parse(response.body, nullptr, false);
  const json data = answer.is_object() ? answer.value("data", json::object()) : json::object();
  const std::string access = data.is_object() ? TextOf(data, "access_token") : std::string();
  const json life = data.is_object() ? data.value("expires_in", json()) : json();
  if (access.empty() || !life.is_number_integer() || life.get<std::int64_t>() <= 0 ||
      life.get<std::int64_t>() > kLongestLife) {
    return Fail(ErrorKind::kMalformed, "Doudian's answer is no token.");
  }
  // It began to live when it was made, which was not before we asked.
  const std::chrono::seconds lives(life.get<std::int64_t>());
  return Token{.access = Secret(access),
               .refresh = Secret(TextOf(data, "refresh_token")),
               .obtained_at = asked_at,
               .expires_at = asked_at + lives,
               .refresh_expires_at = asked_at + kRefreshLives * lives};
}

std::string RefreshParams(const Secret& refresh) {
  std::string params;
  JsonWriter(params)
      .BeginObject()
      .Member("grant_type", "refresh_token")
      .Member("refresh_token", std::string(refresh.Reveal()))
      .EndObject();
  return params;
}

}  // namespace

Tokens::Tokens(Credentials credentials, net::Transport& transport, const Clock& clock)
    : credentials_(std::move(credentials)), transport_(transport), clock_(clock) {}

std::string Tokens::NewParams() const {
  std::string params;
  JsonWriter json(params);
  json.BeginObject().Member("code", std::string(credentials_.authorization_code.Reveal()));
  json.Member("grant_type", credentials_.authorization_code.empty() ? "authorization_self"
                                                                    : "authorization_code");
  if (credentials_.authorization_code.empty()) json.Key("shop_id").Number(credentials_.shop_id);
  if (credentials_.manner.test_shop) json.Member("test_shop", "1");
  json.EndObject();
  return params;
}

boost::asio::awaitable<Result<Token>> Tokens::Issue(std::optional<Token> former) {
  const bool refresh = former && !former->refresh.empty();
  const auto params = Canonical(refresh ? RefreshParams(former->refresh) : NewParams());
  if (!params) co_return std::unexpected(params.error());
  const Instant asked_at = clock_.Now();
  const auto response = co_await transport_.Send(
      CallOf(credentials_, refresh ? "token.refresh" : "token.create", *params, Secret(), asked_at),
      kTimeout);
  if (!response) co_return std::unexpected(response.error());
  auto token = ReadToken(*response, asked_at);
  if (token && former && token->access == former->access) {
    // The same pair: neither life begins anew, whatever the answer counts.
    token->expires_at = std::min(token->expires_at, former->expires_at);
    token->refresh_expires_at = former->refresh_expires_at;
  }
  co_return token;
}

}  // namespace weir::connectors::doudian
