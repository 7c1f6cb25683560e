// SPDX-License-Identifier: Apache-2.0
#include "gateway/refusals.hpp"

#include <optional>
#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"

namespace weir::gateway {
namespace {

constexpr std::string_view kStored = "stored";

struct RefusalParts {
  storage::Storage& storage;
  storage::Refusals& refusals;
  RedriveRefusal redrive;
  Writing writing;
};

void AppendRefusal(JsonWriter& json, const storage::Refusal& refusal, bool personal) {
  json.BeginObject()
      .Member("id", std::to_string(refusal.number))
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

void AppendCounts(JsonWriter& json, const std::vector<storage::RefusalCount>& counts,
                  const std::string& merchant, const std::string& connection) {
  json.BeginArray();
  for (const storage::RefusalCount& count : counts) {
    if (count.merchant != merchant) continue;
    if (!connection.empty() && count.connection != connection) continue;
    json.BeginObject()
        .Member("connection", count.connection)
        .Member("reason", count.reason)
        .Member("count", count.count)
        .EndObject();
  }
  json.EndArray();
}

boost::asio::awaitable<net::Response> ListRefusals(storage::Refusals& refusals, Call call) {
  const auto limit = call.query.Limit();
  if (!limit) co_return Refuse(call, limit.error());
  std::optional<std::uint64_t> before;
  if (call.query.Has("cursor")) {
    before = ParseUint(call.query.Text("cursor"));
    if (!before) {
      co_return Refuse(call, InvalidParameter("cursor", "the next_cursor of this list").error());
    }
  }
  const std::string connection = call.query.Text("connection");
  auto page = co_await refusals.List(call.merchant, connection, before, *limit + 1);
  if (!page) co_return Refuse(call, page.error());
  const bool more = page->size() > *limit;
  if (more) page->pop_back();

  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("data").BeginArray();
  for (const storage::Refusal& refusal : *page) AppendRefusal(json, refusal, call.personal());
  json.EndArray().Key("counts");
  AppendCounts(json, refusals.Counts(), call.merchant, connection);
  json.Key("next_cursor");
  if (more) {
    json.String(std::to_string(page->back().number));
  } else {
    json.Null();
  }
  json.EndObject();
  co_return response;
}

net::Response ShowOutcome(const Call& call, std::string_view outcome) {
  net::Response response;
  JsonWriter(response.body)
      .BeginObject()
      .Member("id", call.path.at(0))
      .Member("outcome", outcome)
      .EndObject();
  return response;
}

boost::asio::awaitable<net::Response> Redrive(RefusalParts parts, Call call) {
  const auto asked = ReadAsked(call);
  if (!asked) co_return Refuse(call, asked.error());
  const auto first = co_await parts.writing.Repeated(call.merchant, *asked);
  if (!first) co_return Refuse(call, first.error());
  // A key stands for what was stored under it; a duplicate stores nothing.
  if (*first) co_return ShowOutcome(call, kStored);
  const auto number = ParseUint(call.path.at(0));
  if (!number) co_return Refuse(call, "not_found", "no such refusal is kept");
  auto refusal = co_await parts.refusals.Get(call.merchant, *number);
  if (!refusal) co_return Refuse(call, refusal.error());
  if (!*refusal) co_return Refuse(call, "not_found", "no such refusal is kept");
  const auto outcome = co_await parts.redrive(std::move(**refusal), sync::EncodeAsked(*asked));
  if (!outcome) co_return Refuse(call, outcome.error());
  if (auto folded = co_await parts.writing.WaitFolded(parts.storage.journal_end()); !folded) {
    co_return Refuse(call, folded.error());
  }
  // Two may have asked at once under one key: the fold has decided which came first.
  const auto decided = co_await parts.writing.Repeated(call.merchant, *asked);
  if (!decided) co_return Refuse(call, decided.error());
  co_return ShowOutcome(call, *decided ? kStored : std::string_view(*outcome));
}

}  // namespace

std::vector<EndpointRow> RefusalEndpoints(storage::Storage& storage, storage::Refusals& refusals,
                                          RedriveRefusal redrive, Writing writing) {
  return {
      {"GET",
       "/v1/refusals",
       Scope::kRead,
       {"connection", "limit", "cursor"},
       [&refusals](Call call) { return ListRefusals(refusals, std::move(call)); }},
      {"POST",
       "/v1/refusals/{id}/redrive",
       Scope::kWrite,
       {},
       [parts = RefusalParts{storage, refusals, std::move(redrive), writing}](Call call) {
         return Redrive(parts, std::move(call));
       }},
  };
}

}  // namespace weir::gateway
