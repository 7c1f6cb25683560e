// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/client.hpp"

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "connectors/dada/envelope.hpp"
#include "connectors/dada/signer.hpp"
#include "mapping/dada/map.hpp"

namespace weir::connectors::dada {
namespace {

/// What the SDKs allow (protocol §1).
constexpr std::chrono::seconds kTimeout{10};

}  // namespace

net::Request Client::RequestOf(Endpoint endpoint, std::string_view body, Instant at) const {
  const std::string timestamp = fmt::format("{}", UnixSeconds(at));
  const CallText text{.app_key = credentials_.app_key,
                      .body = body,
                      .source_id = credentials_.source_id,
                      .timestamp = timestamp};
  net::Request request;
  request.method = "POST";
  request.target = credentials_.base_url + std::string(endpoint.path);
  request.headers.Add("Content-Type", "application/json");
  request.idempotent = endpoint.read;
  JsonWriter(request.body)
      .BeginObject()
      .Member("app_key", text.app_key)
      .Member("body", text.body)
      .Member("format", "json")
      .Member("source_id", text.source_id)
      .Key("timestamp")
      .Number(timestamp)
      .Member("v", "1.0")
      .Member("signature", Sign(text, credentials_.app_secret))
      .EndObject();
  return request;
}

boost::asio::awaitable<Result<PulledItem>> Client::Call(Endpoint endpoint, std::string body) {
  PulledItem item;
  item.asked_at = parts_.clock.Now();
  net::Request request = RequestOf(endpoint, body, item.asked_at);
  auto response = co_await parts_.transport.Send(std::move(request), kTimeout);
  if (!response) co_return std::unexpected(std::move(response.error()));
  if (auto checked = CheckAnswer(*response); !checked) {
    co_return std::unexpected(std::move(checked.error()));
  }
  item.dialect = mapping::dada::kAnswers;
  item.topic = endpoint.topic();
  item.payload = std::move(response->body);
  co_return item;
}

}  // namespace weir::connectors::dada
