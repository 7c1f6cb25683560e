// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/client.hpp"

#include "base/text.hpp"
#include "connectors/douyin/envelope.hpp"
#include "connectors/douyin/errors.hpp"
#include "mapping/douyin/push.hpp"

namespace weir::connectors::douyin {
namespace {

constexpr std::chrono::seconds kTimeout{15};

}  // namespace

Client::Client(Credentials credentials, ConnectorParts parts)
    : credentials_(std::move(credentials)), parts_(std::move(parts)) {}

std::string Client::UrlOf(std::string_view path) const {
  return credentials_.base_url + "/" + std::string(path) + "/";
}

boost::asio::awaitable<Result<PulledItem>> Client::Get(std::string path, Arguments arguments) {
  net::Request request;
  request.method = "GET";
  request.target = UrlOf(path);
  char before = '?';
  for (const auto& [name, value] : arguments) {
    request.target.append(1, before).append(name).append("=").append(PercentEncode(value));
    before = '&';
  }
  request.idempotent = true;
  co_return co_await Call(std::move(request), std::move(path));
}

boost::asio::awaitable<Result<PulledItem>> Client::Post(std::string path, std::string body,
                                                        bool idempotent) {
  net::Request request;
  request.method = "POST";
  request.target = UrlOf(path);
  request.body = std::move(body);
  request.idempotent = idempotent;
  co_return co_await Call(std::move(request), std::move(path));
}

boost::asio::awaitable<Result<PulledItem>> Client::Call(net::Request request, std::string topic) {
  if (!parts_.vault) {
    co_return Fail(ErrorKind::kUnauthorized, "No token is held for this connection.");
  }
  auto token = co_await parts_.vault->Access();
  if (!token) {
    co_return std::unexpected(std::move(token.error()));
  }
  auto item = co_await Ask(request, topic, *token);
  if (item || !IsTokenRefusal(item.error())) {
    co_return item;
  }
  token = co_await parts_.vault->Renew(*std::move(token));
  if (!token) {
    co_return std::unexpected(std::move(token.error()));
  }
  co_return co_await Ask(std::move(request), std::move(topic), *std::move(token));
}

boost::asio::awaitable<Result<PulledItem>> Client::Ask(net::Request request, std::string topic,
                                                       Secret token) {
  request.headers.Add("Content-Type", "application/json");
  request.headers.Add("access-token", std::string(token.Reveal()));
  request.headers.Add("Rpc-Transit-Life-Account", credentials_.account_id);
  const Instant asked_at = parts_.clock.Now();
  auto response = co_await parts_.transport.Send(std::move(request), kTimeout);
  if (!response) {
    co_return std::unexpected(std::move(response.error()));
  }
  if (auto checked = CheckAnswer(*response); !checked) {
    co_return std::unexpected(std::move(checked.error()));
  }
  co_return PulledItem{.dialect = std::string(mapping::douyin::kAnswerDialect),
                       .topic = std::move(topic),
                       .payload = std::move(response->body),
                       .asked_at = asked_at};
}

}  // namespace weir::connectors::douyin
