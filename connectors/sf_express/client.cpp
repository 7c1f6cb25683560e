// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/client.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "connectors/sf_express/envelope.hpp"
#include "connectors/sf_express/errors.hpp"
#include "connectors/sf_express/signer.hpp"
#include "mapping/sf_express/push.hpp"

namespace weir::connectors::sf_express {
namespace {

/// As long as clients in use wait (protocol §1.16).
constexpr std::chrono::seconds kTimeout{30};

/// A name for the call that no other bears, written as a UUID. It proves nothing.
std::string RequestId(std::string_view seed) {
  const std::string hex = ToHex(Md5(seed));
  const std::string_view text(hex);
  return fmt::format("{}-{}-{}-{}-{}", text.substr(0, 8), text.substr(8, 4), text.substr(12, 4),
                     text.substr(16, 4), text.substr(20));
}

}  // namespace

Client::Client(Credentials credentials, ConnectorParts parts)
    : credentials_(std::move(credentials)), parts_(std::move(parts)) {}

boost::asio::awaitable<Result<PulledItem>> Client::Call(ServiceCall call) {
  auto exchange = co_await Ask(std::move(call));
  if (!exchange) co_return std::unexpected(std::move(exchange.error()));
  if (exchange->refused) co_return std::unexpected(*std::move(exchange->refused));
  co_return std::move(exchange->item);
}

boost::asio::awaitable<Result<Exchange>> Client::Ask(ServiceCall call) {
  if (credentials_.proof != Proof::kToken) co_return co_await AskWith(std::move(call), Secret());
  if (!parts_.vault) {
    co_return Fail(ErrorKind::kUnauthorized, "No token is held for this connection.");
  }
  auto token = co_await parts_.vault->Access();
  if (!token) co_return std::unexpected(std::move(token.error()));
  auto exchange = co_await AskWith(call, *token);
  if (!exchange || !exchange->refused || !IsTokenRefusal(*exchange->refused)) co_return exchange;
  token = co_await parts_.vault->Renew(*std::move(token));
  if (!token) co_return std::unexpected(std::move(token.error()));
  co_return co_await AskWith(std::move(call), *std::move(token));
}

boost::asio::awaitable<Result<Exchange>> Client::AskWith(ServiceCall call, Secret token) {
  Exchange exchange;
  exchange.item.asked_at = parts_.clock.Now();
  net::Request request = RequestOf(call, token, exchange.item.asked_at);
  auto response = co_await parts_.transport.Send(std::move(request), kTimeout);
  if (!response) co_return std::unexpected(std::move(response.error()));
  if (const auto answer = OpenAnswer(*response); !answer) {
    // Without a code nobody said no: what came is no answer.
    if (answer.error().remote_code.empty() || response->status != 200) {
      co_return std::unexpected(answer.error());
    }
    exchange.refused = answer.error();
  }
  exchange.item.dialect = mapping::sf_express::kJsonDialect;
  exchange.item.topic = std::move(call.service);
  exchange.item.payload = std::move(response->body);
  co_return exchange;
}

net::Request Client::RequestOf(const ServiceCall& call, const Secret& token, Instant now) {
  const std::string timestamp = fmt::format("{}", now.time_since_epoch().count());
  const std::string id =
      RequestId(fmt::format("{}|{}|{}", credentials_.partner_id, timestamp, calls_++));
  net::Request request;
  request.method = "POST";
  request.target = credentials_.base_url;
  request.idempotent = call.read;
  request.headers.Add("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
  request.body = fmt::format("partnerID={}&requestID={}&serviceCode={}&timestamp={}",
                             PercentEncode(credentials_.partner_id), id,
                             PercentEncode(call.service), timestamp);
  if (credentials_.proof == Proof::kToken) {
    request.body += "&accessToken=" + PercentEncode(token.Reveal());
  } else {
    const SignedText text{.message = call.message, .timestamp = timestamp};
    const std::string digest = credentials_.proof == Proof::kDigest
                                   ? Sign(text, credentials_.check_word)
                                   : SignSimply(text, credentials_.check_word);
    request.body += "&msgDigest=" + PercentEncode(digest);
  }
  request.body += "&msgData=" + PercentEncode(call.message);
  return request;
}

boost::asio::awaitable<Result<std::string>> Client::Download(std::string url, Secret token) {
  net::Request request;
  request.target = std::move(url);
  request.idempotent = true;
  request.headers.Add("X-Auth-token", std::string(token.Reveal()));
  auto response = co_await parts_.transport.Send(std::move(request), kTimeout);
  if (!response) co_return std::unexpected(std::move(response.error()));
  if (response->status != 200) {
    co_return std::unexpected(ToHttpError("SF Express", response->status));
  }
  co_return std::move(response->body);
}

}  // namespace weir::connectors::sf_express
