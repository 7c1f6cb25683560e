// SPDX-License-Identifier: Apache-2.0
#include "gateway/api.hpp"

#include <string>
#include <utility>

#include "base/json_writer.hpp"
#include "gateway/audit.hpp"
#include "gateway/changes.hpp"
#include "gateway/commands.hpp"
#include "gateway/dispatch.hpp"
#include "gateway/journal.hpp"
#include "gateway/menus.hpp"
#include "gateway/orders.hpp"
#include "gateway/problem.hpp"
#include "gateway/pulls.hpp"
#include "gateway/reviews.hpp"
#include "gateway/shipments.hpp"
#include "gateway/stores.hpp"
#include "gateway/subscriptions.hpp"

namespace weir::gateway {
namespace {

boost::asio::awaitable<net::Response> Answer(net::Response response) { co_return response; }

net::Response Plain(std::string body, std::string content_type = "application/json") {
  net::Response response;
  response.body = std::move(body);
  response.content_type = std::move(content_type);
  return response;
}

net::Response ReadyPage(const Readiness& readiness) {
  net::Response response;
  response.status = readiness.ready ? 200 : 503;
  JsonWriter(response.body)
      .BeginObject()
      .Member("status", readiness.status)
      .Member("lag_entries", readiness.lag_entries)
      .Member("lag_ms", readiness.lag_ms)
      .EndObject();
  return response;
}

Endpoint OnceServing(ReadinessNow readiness, bool writes, Endpoint endpoint) {
  return [readiness = std::move(readiness), writes, endpoint = std::move(endpoint)](Call call) {
    const Readiness now = readiness();
    if (writes ? now.may_write() : now.may_read()) return endpoint(std::move(call));
    return Answer(
        Problem("busy", "the gateway is " + std::string(now.status), call.request.request_id));
  };
}

std::string_view WhyNoRoute(unsigned status) {
  switch (status) {
    case 400:
      return "the path is not percent-encoded UTF-8";
    case 404:
      return "no route of this API";
    case 405:
      return "the path takes the methods that Allow names";
    default:
      return "the call failed; the log tells more under this request_id";
  }
}

void MountOpenPages(net::Router& router, const ApiParts& parts) {
  router.Add("GET", "/healthz",
             [](net::Request, net::PathParameters) { return Answer(Plain(R"({"status":"ok"})")); });
  router.Add("GET", "/readyz", [readiness = parts.readiness](net::Request, net::PathParameters) {
    return Answer(ReadyPage(readiness()));
  });
  router.Add("GET", "/metrics", [metrics = parts.metrics](net::Request, net::PathParameters) {
    return Answer(Plain(RenderMetrics(metrics), "text/plain; version=0.0.4; charset=utf-8"));
  });
  router.Add("GET", "/openapi.json", [](net::Request, net::PathParameters) {
    return Answer(Plain(std::string(OpenApiDocument())));
  });
}

}  // namespace

std::vector<EndpointRow> ApiEndpoints(const ApiParts& parts) {
  std::vector<EndpointRow> all;
  const auto add = [&all](std::vector<EndpointRow> rows) {
    for (EndpointRow& row : rows) all.push_back(std::move(row));
  };
  const Writing writing(parts.storage, parts.timer, parts.clock, parts.use_settings);
  add(OrderEndpoints(parts.storage));
  const CommandEndpointParts commands{
      .storage = parts.storage, .writing = writing, .clock = parts.clock, .timer = parts.timer};
  add(CommandEndpoints(commands));
  add(DispatchEndpoints({.commands = commands,
                         .quotes = {parts.storage, parts.readers, parts.timer},
                         .readers = parts.readers}));
  add(ChangeEndpoints(parts.storage, parts.clock, parts.readiness));
  add(JournalEndpoints(parts.storage, writing, parts.clock));
  add(RefusalEndpoints(parts.storage, parts.refusals, parts.redrive_refusal, writing));
  add(AuditEndpoints(parts.storage));
  add(ConnectionEndpoints({.storage = parts.storage,
                           .writing = writing,
                           .check = parts.check_connection,
                           .standing = parts.standing}));
  add(PullEndpoints(parts.storage, writing, parts.clock));
  add(StoreEndpoints(parts.storage));
  add(MenuEndpoints(parts.storage));
  add(ReviewEndpoints(parts.storage));
  add(ShipmentEndpoints(parts.storage));
  add(CallbackEndpoints(parts.callbacks, writing));
  add(SubscriptionEndpoints({.storage = parts.storage,
                             .callbacks = parts.callbacks,
                             .writing = writing,
                             .clock = parts.clock,
                             .random = parts.random}));
  return all;
}

void MountApi(net::Router& router, ApiParts parts) {
  MountOpenPages(router, parts);
  for (EndpointRow& row : ApiEndpoints(parts)) {
    row.endpoint = OnceServing(parts.readiness, row.method != "GET", std::move(row.endpoint));
    MountEndpoint(router, parts.keys, parts.storage, std::move(row));
  }
  router.SetFallback([](const net::Request& request, unsigned status) {
    return ProblemOfStatus(status, WhyNoRoute(status), request.request_id);
  });
}

}  // namespace weir::gateway
