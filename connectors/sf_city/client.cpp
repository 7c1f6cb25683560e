// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/client.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/text.hpp"
#include "connectors/sf_city/signer.hpp"

namespace weir::connectors::sf_city {
namespace {

/// SF states none; its parcels' clients allow 30 seconds (protocol §1, limits).
constexpr std::chrono::seconds kTimeout{30};

}  // namespace

Client::Client(Credentials credentials, ConnectorParts parts)
    : credentials_(std::move(credentials)), parts_(std::move(parts)) {}

boost::asio::awaitable<Result<Answer>> Client::Post(Action action, std::string body) {
  net::Request request;
  request.method = "POST";
  request.target =
      fmt::format("{}/open/api/external/{}?sign={}", credentials_.base_url, action.name,
                  PercentEncode(Sign(body, credentials_.dev_id, credentials_.dev_key)));
  request.headers.Add("Content-Type", "application/json; charset=utf-8");
  request.body = std::move(body);
  request.idempotent = action.read;
  Answer answer;
  answer.item.dialect = credentials_.dialect;
  answer.item.topic = action.name;
  answer.item.asked_at = parts_.clock.Now();
  auto response = co_await parts_.transport.Send(std::move(request), kTimeout);
  if (!response) co_return std::unexpected(std::move(response.error()));
  auto verdict = ReadAnswer(*response);
  if (!verdict) co_return std::unexpected(std::move(verdict.error()));
  answer.verdict = *std::move(verdict);
  answer.item.payload = std::move(response->body);
  co_return answer;
}

}  // namespace weir::connectors::sf_city
