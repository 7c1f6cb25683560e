// SPDX-License-Identifier: Apache-2.0
#include "gateway/callbacks.hpp"

#include <utility>

#include "gateway/problem.hpp"

namespace weir::gateway {
namespace {

using storage::CallbackKey;
using storage::CallbackStatus;

Result<storage::CallbackQuery> ReadQuery(const Call& call) {
  storage::CallbackQuery query;
  query.merchant = call.merchant;
  query.subscription = call.query.Text("subscription");
  query.subject = call.query.Text("subject");
  const auto limit = call.query.Limit();
  if (!limit) return std::unexpected(limit.error());
  query.limit = *limit;
  if (call.query.Has("status")) {
    for (const auto status :
         {CallbackStatus::kDelivered, CallbackStatus::kPending, CallbackStatus::kParked}) {
      if (Name(status) == call.query.Text("status")) query.status = status;
    }
    if (!query.status) return InvalidParameter("status", "delivered, pending or parked");
  }
  if (call.query.Has("cursor")) {
    query.before = CallbackKey::Parse(call.query.Text("cursor"));
    if (!query.before) return InvalidParameter("cursor", "the next_cursor of this list");
  }
  return query;
}

void AppendCallback(JsonWriter& json, const storage::CallbackRow& row, bool personal) {
  const bool pending = row.status == CallbackStatus::kPending;
  json.BeginObject()
      .Member("id", row.key.ToText())
      .Member("subscription", row.key.subscription)
      .Member("webhook_id", row.id)
      .Member("sequence", row.key.seq)
      .Member("type", row.type)
      .Member("subject", row.subject)
      .Member("status", Name(row.status))
      .Member("due_at", pending ? std::optional(row.due_at) : std::nullopt)
      .Key("attempts")
      .BeginArray();
  for (const storage::CallbackAttempt& attempt : row.attempts) {
    AppendAttempt(json, attempt, personal);
  }
  json.EndArray().EndObject();
}

boost::asio::awaitable<net::Response> ListCallbacks(storage::CallbackLog& log, Call call) {
  auto query = ReadQuery(call);
  if (!query) co_return Refuse(call, query.error());
  const auto page = co_await log.List(std::move(*query));
  if (!page) co_return Refuse(call, page.error());
  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("data").BeginArray();
  for (const storage::CallbackRow& row : page->callbacks) {
    AppendCallback(json, row, call.personal());
  }
  json.EndArray().Member("next_cursor",
                         page->next ? std::optional(page->next->ToText()) : std::nullopt);
  json.EndObject();
  co_return response;
}

boost::asio::awaitable<net::Response> RetryOne(CallbackParts parts, CallbackKey key, Call call) {
  const auto done = co_await parts.retry(call.merchant, key);
  if (!done) co_return Refuse(call, done.error());
  net::Response response;
  JsonWriter(response.body)
      .BeginObject()
      .Member("id", key.ToText())
      .Member("status", Name(CallbackStatus::kPending))
      .EndObject();
  co_return response;
}

boost::asio::awaitable<net::Response> Retry(CallbackParts parts, Writing writing, Call call) {
  const auto key = CallbackKey::Parse(call.path.at(0));
  if (!key) co_return Refuse(call, "not_found", "no such callback is kept");
  std::string payload;
  JsonWriter(payload)
      .BeginObject()
      .Member("kind", "retry")
      .Member("callback", key->ToText())
      .EndObject();
  co_return co_await writing.Perform(call, std::move(payload),
                                     [&] { return RetryOne(parts, *key, call); });
}

}  // namespace

void AppendAttempt(JsonWriter& json, const storage::CallbackAttempt& attempt, bool personal) {
  json.BeginObject()
      .Member("at", attempt.at)
      .Member("duration_ms", static_cast<std::int64_t>(attempt.duration.count()))
      .Member("outcome", attempt.outcome)
      .Member("status", attempt.status == 0
                            ? std::nullopt
                            : std::optional(static_cast<std::uint64_t>(attempt.status)));
  if (personal) json.Member("answer", attempt.answer);
  json.EndObject();
}

std::vector<EndpointRow> CallbackEndpoints(const CallbackParts& parts, Writing writing) {
  return {
      {"GET",
       "/v1/callbacks",
       Scope::kRead,
       {"subscription", "status", "subject", "limit", "cursor"},
       [&log = parts.log](Call call) { return ListCallbacks(log, std::move(call)); }},
      {"POST",
       "/v1/callbacks/{id}/retry",
       Scope::kWrite,
       {},
       [parts, writing](Call call) { return Retry(parts, writing, std::move(call)); }},
  };
}

}  // namespace weir::gateway
