// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "gateway/callbacks.hpp"
#include "gateway/changes.hpp"
#include "gateway/problem.hpp"

namespace weir::gateway {
namespace {

void AppendList(JsonWriter& json, std::string_view name, const std::vector<std::string>& items) {
  json.Key(name).BeginArray();
  for (const std::string& item : items) json.String(item);
  json.EndArray();
}

void AppendSubscription(JsonWriter& json, const SubscriptionState& state) {
  json.BeginObject().Member("id", state.id).Member("url", state.url);
  AppendList(json, "types", state.types);
  AppendList(json, "stores", state.stores);
  AppendList(json, "platforms", state.platforms);
  json.Member("personal", state.personal)
      .Member("allow_private", state.allow_private)
      .Member("rate_per_second", state.rate_per_second)
      .Member("status", state.status)
      .Member("cursor", state.cursor)
      .Member("lag", state.lag)
      .Member("pending", state.pending)
      .Member("delivered", state.delivered)
      .EndObject();
}

boost::asio::awaitable<net::Response> ListSubscriptions(CallbackParts parts, Call call) {
  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("data").BeginArray();
  for (const SubscriptionState& state : parts.subscriptions(call.merchant)) {
    AppendSubscription(json, state);
  }
  json.EndArray().Key("next_cursor").Null().EndObject();
  co_return response;
}

boost::asio::awaitable<net::Response> Test(CallbackParts parts, Call call) {
  const auto attempt = co_await parts.test(call.merchant, call.path.at(0));
  if (!attempt) co_return Refuse(call, attempt.error());
  net::Response response;
  JsonWriter json(response.body);
  // The answer is to a message that says nothing.
  AppendAttempt(json, *attempt, true);
  co_return response;
}

Result<ReplayRequest> ReadReplay(const Parameters& query) {
  ReplayRequest request;
  const auto from = query.Number("from", 1, 1, UINT64_MAX);
  if (!from) return std::unexpected(from.error());
  const auto to = query.Number("to", UINT64_MAX, *from, UINT64_MAX);
  if (!to) return std::unexpected(to.error());
  auto types = query.List("types");
  if (!types) return std::unexpected(types.error());
  for (const std::string& type : *types) {
    if (!IsChangePattern(type)) {
      return InvalidParameter("types", "types of changes or families of them, e.g. order.*");
    }
  }
  return ReplayRequest{
      .from = *from, .to = *to, .types = std::move(*types), .subject = query.Text("subject")};
}

boost::asio::awaitable<net::Response> Replay(CallbackParts parts, Call call) {
  auto request = ReadReplay(call.query);
  if (!request) co_return Refuse(call, request.error());
  const auto replayed = co_await parts.replay(call.merchant, call.path.at(0), std::move(*request));
  if (!replayed) co_return Refuse(call, replayed.error());
  net::Response response;
  JsonWriter(response.body)
      .BeginObject()
      .Member("callbacks", replayed->callbacks)
      .Member("through", replayed->through)
      .EndObject();
  co_return response;
}

}  // namespace

std::vector<EndpointRow> SubscriptionEndpoints(const CallbackParts& parts) {
  return {
      {"GET",
       "/v1/subscriptions",
       Scope::kAdmin,
       {},
       [parts](Call call) { return ListSubscriptions(parts, std::move(call)); }},
      {"POST",
       "/v1/subscriptions/{id}/test",
       Scope::kAdmin,
       {},
       [parts](Call call) { return Test(parts, std::move(call)); }},
      {"POST",
       "/v1/subscriptions/{id}/replay",
       Scope::kAdmin,
       {"from", "to", "types", "subject"},
       [parts](Call call) { return Replay(parts, std::move(call)); }},
  };
}

}  // namespace weir::gateway
