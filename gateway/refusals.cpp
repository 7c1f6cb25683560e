// SPDX-License-Identifier: Apache-2.0
#include "gateway/refusals.hpp"

#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "gateway/problem.hpp"

namespace weir::gateway {
namespace {

constexpr std::size_t kMaxPage = 500;
constexpr std::size_t kDefaultPage = 100;

void AppendRefusal(JsonWriter& json, const storage::Refusal& refusal, bool personal) {
  json.BeginObject()
      .Member("id", std::to_string(refusal.id))
      .Member("connection", refusal.connection)
      .Member("topic", refusal.topic)
      .Member("at", refusal.at)
      .Member("reason", refusal.reason)
      .Member("method", refusal.method)
      .Member("remote", refusal.remote)
      .Member("bytes", static_cast<std::uint64_t>(refusal.body.size()));
  // Whoever sent it, it may hold a customer's data.
  if (personal) {
    const bool text = IsValidUtf8(refusal.body);
    json.Member("target", refusal.target)
        .Member("encoding", text ? "text" : "base64")
        .Member("body", text ? refusal.body : ToBase64(refusal.body));
  }
  json.EndObject();
}

boost::asio::awaitable<net::Response> ListRefusals(storage::Refusals& refusals, Call call) {
  auto limit = call.query.Number("limit", kDefaultPage, 1, kMaxPage);
  if (!limit) co_return ProblemOfParameter(limit.error(), call);
  std::optional<std::uint64_t> before;
  if (call.query.Has("cursor")) {
    auto id = call.query.Number("cursor", 0, 1, UINT64_MAX);
    if (!id) co_return ProblemOfParameter(id.error(), call);
    before = *id;
  }
  const std::string connection = call.query.Text("connection");
  auto page = co_await refusals.List(call.merchant, connection, before, *limit);
  if (!page) co_return ProblemOf(page.error(), call.request.request_id);

  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("data").BeginArray();
  for (const storage::Refusal& refusal : *page) AppendRefusal(json, refusal, call.personal());
  json.EndArray().Key("counts").BeginArray();
  for (const storage::RefusalCount& count : refusals.Counts()) {
    if (count.merchant != call.merchant) continue;
    if (!connection.empty() && count.connection != connection) continue;
    json.BeginObject()
        .Member("connection", count.connection)
        .Member("reason", count.reason)
        .Member("count", count.count)
        .EndObject();
  }
  json.EndArray().Key("next_cursor");
  if (page->size() == *limit) {
    json.String(std::to_string(page->back().id));
  } else {
    json.Null();
  }
  json.EndObject();
  co_return response;
}

boost::asio::awaitable<net::Response> Redrive(storage::Refusals& refusals, RedriveRefusal redrive,
                                              Call call) {
  const std::string request = call.request.request_id;
  const auto id = ParseUint(call.path.at(0));
  if (!id) co_return Problem("not_found", "no such refusal", request);
  auto refusal = co_await refusals.Get(call.merchant, *id);
  if (!refusal) co_return ProblemOf(refusal.error(), request);
  if (!*refusal) co_return Problem("not_found", "no such refusal is kept", request);
  auto outcome = co_await redrive(std::move(**refusal));
  if (!outcome) co_return ProblemOf(outcome.error(), request);
  net::Response response;
  JsonWriter(response.body)
      .BeginObject()
      .Member("id", std::to_string(*id))
      .Member("outcome", *outcome)
      .EndObject();
  co_return response;
}

}  // namespace

std::vector<EndpointRow> RefusalEndpoints(storage::Refusals& refusals, RedriveRefusal redrive) {
  return {
      {"GET", "/v1/refusals", Scope::kRead, {"connection", "limit", "cursor"},
       [&refusals](Call call) { return ListRefusals(refusals, std::move(call)); }},
      {"POST", "/v1/refusals/{id}/redrive", Scope::kWrite, {},
       [&refusals, redrive = std::move(redrive)](Call call) {
         return Redrive(refusals, redrive, std::move(call));
       }},
  };
}

}  // namespace weir::gateway
