// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/client.hpp"

#include <fmt/format.h>

#include "connectors/doudian/calls.hpp"
#include "connectors/doudian/canonical.hpp"
#include "connectors/doudian/envelope.hpp"
#include "connectors/doudian/errors.hpp"
#include "mapping/doudian/map.hpp"

namespace weir::connectors::doudian {
namespace {

/// The vendor's clients allow 12 s (protocol B1).
constexpr std::chrono::seconds kTimeout{12};

}  // namespace

boost::asio::awaitable<Result<PulledItem>> Client::Read(std::string method,
                                                        std::string params_json) {
  auto param_json = Canonical(params_json);
  if (!param_json) co_return std::unexpected(std::move(param_json.error()));
  if (!parts_.vault) {
    co_return Fail(ErrorKind::kUnauthorized, "No token is held for this connection.");
  }
  auto token = co_await parts_.vault->Access();
  if (!token) co_return std::unexpected(std::move(token.error()));
  auto answer = co_await Ask(method, *param_json, *token);
  if (answer || !IsTokenRefused(answer.error())) co_return answer;
  token = co_await parts_.vault->Renew(*std::move(token));
  if (!token) co_return std::unexpected(std::move(token.error()));
  co_return co_await Ask(std::move(method), *std::move(param_json), *std::move(token));
}

boost::asio::awaitable<Result<PulledItem>> Client::Ask(std::string method, std::string param_json,
                                                       Secret token) {
  PulledItem item;
  item.asked_at = parts_.clock.Now();
  net::Request request = CallOf(credentials_, method, param_json, token, item.asked_at);
  request.idempotent = true;
  auto response = co_await parts_.transport.Send(std::move(request), kTimeout);
  if (!response) co_return std::unexpected(std::move(response.error()));
  const auto has_data = HasData(*response);
  if (!has_data) co_return std::unexpected(has_data.error());
  if (!*has_data) {
    co_return Fail(ErrorKind::kNotFound, fmt::format("Doudian's {} answers nothing.", method));
  }
  item.dialect = mapping::doudian::kAnswers;
  item.topic = std::move(method);
  item.payload = std::move(response->body);
  co_return item;
}

}  // namespace weir::connectors::doudian
