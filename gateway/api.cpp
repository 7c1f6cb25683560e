// SPDX-License-Identifier: Apache-2.0
#include "gateway/api.hpp"

#include <memory>
#include <utility>

#include "base/json_writer.hpp"
#include "gateway/changes.hpp"
#include "gateway/journal.hpp"
#include "gateway/orders.hpp"
#include "gateway/problem.hpp"

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

// Until the fold has reached the journal's end nothing is shown: what a reader saw could not be
// taken back.
Endpoint OnceServing(std::function<Readiness()> readiness, Endpoint endpoint) {
  return [readiness = std::move(readiness), endpoint = std::move(endpoint)](Call call) {
    const Readiness now = readiness();
    if (now.ready || now.status == "behind" || now.status == "disk_full") {
      return endpoint(std::move(call));
    }
    return Answer(Problem("busy", "the gateway is " + std::string(now.status),
                          call.request.request_id));
  };
}

void MountOpenPages(net::Router& router, const ApiParts& parts) {
  router.Add("GET", "/healthz", [](net::Request, net::PathParameters) {
    return Answer(Plain(R"({"status":"ok"})"));
  });
  router.Add("GET", "/readyz",
             [readiness = parts.readiness](net::Request, net::PathParameters) {
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

void MountApi(net::Router& router, ApiParts parts) {
  MountOpenPages(router, parts);
  std::vector<std::vector<EndpointRow>> groups;
  groups.push_back(OrderEndpoints(parts.storage));
  groups.push_back(ChangeEndpoints(parts.storage));
  groups.push_back(JournalEndpoints(parts.storage, parts.timer, parts.clock));
  groups.push_back(RefusalEndpoints(parts.refusals, parts.redrive_refusal));
  for (std::vector<EndpointRow>& group : groups) {
    for (EndpointRow& row : group) {
      row.endpoint = OnceServing(parts.readiness, std::move(row.endpoint));
      MountEndpoint(router, parts.keys, parts.storage, std::move(row));
    }
  }
  router.SetFallback([](const net::Request& request, unsigned status) {
    constexpr std::string_view kWhy = "no route of this API";
    return ProblemOfStatus(status, kWhy, request.request_id);
  });
}

}  // namespace weir::gateway
