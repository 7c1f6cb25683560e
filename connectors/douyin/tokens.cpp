// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/tokens.hpp"

#include <string>
#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "connectors/douyin/envelope.hpp"
#include "mapping/json.hpp"

namespace weir::connectors::douyin {
namespace {

constexpr std::chrono::seconds kTimeout{15};
constexpr std::chrono::minutes kWindow{5};
constexpr std::size_t kMostInWindow = 100;
constexpr std::chrono::seconds kApart{2};
/// No token lives longer.
constexpr std::int64_t kLongestLife = 30LL * 24 * 3600;

std::unexpected<Error> TooOften(std::chrono::seconds pause) {
  Error error{.kind = ErrorKind::kRateLimited,
              .message = "Another token would be too many for Douyin."};
  error.retry_after = pause;
  return std::unexpected(std::move(error));
}

Result<Token> ReadToken(const net::Response& response, Instant asked_at) {
  if (auto checked = CheckAnswer(response); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  const auto document = mapping::JsonDocument::Parse(response.body);
  if (!document) {
    return std::unexpected(document.error());
  }
  const auto text = [&](const char* name) {
    simdjson::dom::element element;
    return document->root()["data"][name].get(element) == simdjson::SUCCESS
               ? std::string(mapping::Value(element).text())
               : std::string();
  };
  const std::string access = text("access_token");
  const auto life = ParseInt(text("expires_in"));
  if (access.empty() || !life || *life <= 0 || *life > kLongestLife) {
    return Fail(ErrorKind::kMalformed, "Douyin's answer is no token.");
  }
  // It began to live when it was made, which was not before we asked.
  return Token{.access = Secret(access),
               .refresh = Secret(),
               .obtained_at = asked_at,
               .expires_at = asked_at + std::chrono::seconds(*life),
               .refresh_expires_at = std::nullopt};
}

}  // namespace

Tokens::Tokens(Credentials credentials, bool stable, net::Transport& transport, const Clock& clock)
    : credentials_(std::move(credentials)), stable_(stable), transport_(transport), clock_(clock) {}

Result<void> Tokens::Admit(const std::optional<Token>& former) {
  const Instant now = clock_.Now();
  if (former && now >= former->obtained_at && now - former->obtained_at < kApart) {
    return TooOften(kApart);
  }
  const auto at = clock_.Monotonic();
  const std::lock_guard lock(mutex_);
  while (!asked_.empty() && at - asked_.front() >= kWindow) asked_.pop_front();
  if (asked_.size() >= kMostInWindow) {
    const auto wait = asked_.front() + kWindow - at;
    return TooOften(std::chrono::ceil<std::chrono::seconds>(wait));
  }
  asked_.push_back(at);
  return {};
}

boost::asio::awaitable<Result<Token>> Tokens::Issue(std::optional<Token> former) {
  if (auto admitted = Admit(former); !admitted) {
    co_return std::unexpected(std::move(admitted.error()));
  }
  net::Request request;
  request.method = "POST";
  request.target =
      credentials_.base_url + (stable_ ? "/oauth/stable_client_token/" : "/oauth/client_token/");
  request.headers.Add("Content-Type", "application/json");
  JsonWriter(request.body)
      .BeginObject()
      .Member("client_key", credentials_.client_key)
      .Member("client_secret", credentials_.client_secret.Reveal())
      .Member("grant_type", "client_credential")
      .EndObject();
  const Instant asked_at = clock_.Now();
  const auto response = co_await transport_.Send(std::move(request), kTimeout);
  if (!response) {
    co_return std::unexpected(response.error());
  }
  co_return ReadToken(*response, asked_at);
}

}  // namespace weir::connectors::douyin
