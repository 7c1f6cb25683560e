// SPDX-License-Identifier: Apache-2.0
#include "gateway/journal.hpp"

#include <optional>
#include <utility>

#include "base/text.hpp"
#include "gateway/entry_pages.hpp"
#include "sync/mappers.hpp"
#include "sync/settings.hpp"

namespace weir::gateway {
namespace {

using storage::Entry;
using storage::EntryKind;
using storage::Position;

std::optional<EntryKind> ParseKind(std::string_view word) {
  for (auto kind = EntryKind::kPush; kind <= EntryKind::kRequest;
       kind = static_cast<EntryKind>(std::to_underlying(kind) + 1)) {
    if (Name(kind) == word) return kind;
  }
  return std::nullopt;
}

/// What a list of entries was asked for.
struct JournalQuery {
  EntryFilter filter;
  bool quarantined = false;
  std::optional<Position> before;
  std::size_t limit = 0;
};

Result<JournalQuery> ReadJournalQuery(const Call& call) {
  JournalQuery query;
  query.filter.merchant = call.merchant;
  query.filter.connection = call.query.Text("connection");
  const auto limit = call.query.Limit();
  if (!limit) return std::unexpected(limit.error());
  query.limit = *limit;
  query.quarantined = call.query.Has("state");
  if (query.quarantined && call.query.Text("state") != "quarantined") {
    return InvalidParameter("state", "quarantined");
  }
  if (call.query.Has("kind")) {
    query.filter.kind = ParseKind(call.query.Text("kind"));
    if (!query.filter.kind) return InvalidParameter("kind", "a kind of entry, e.g. push");
    if (query.quarantined) return InvalidParameter("kind", "to be given without 'state'");
  }
  if (call.query.Has("cursor")) {
    query.before = Position::Parse(call.query.Text("cursor"));
    if (!query.before) return InvalidParameter("cursor", "the next_cursor of this list");
  }
  return query;
}

void AppendHead(JsonWriter& json, const EntryHead& head) {
  json.Member("position", head.position.ToText())
      .Member("kind", Name(head.envelope.kind))
      .Member("at", head.stamp)
      .Member("received_at", head.envelope.received_at)
      .Member("connection", head.envelope.connection)
      .Member("platform", head.envelope.platform)
      .Member("topic", head.envelope.topic)
      .Member("dialect", head.envelope.dialect)
      .Member("bytes", head.bytes);
}

void AppendRow(JsonWriter& json, const EntryHead& head) {
  json.BeginObject();
  AppendHead(json, head);
  json.EndObject();
}

void AppendRow(JsonWriter& json, const storage::QuarantineRow& row) {
  json.BeginObject()
      .Member("position", row.position.ToText())
      .Member("at", row.at)
      .Member("connection", row.connection)
      .Member("topic", row.topic);
  AppendState(json, true, row);
  json.EndObject();
}

template <typename Row>
net::Response ShowList(const Page<Row>& page) {
  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("data").BeginArray();
  for (const Row& row : page.rows) AppendRow(json, row);
  json.EndArray().Key("next_cursor");
  if (page.next) {
    json.String(page.next->ToText());
  } else {
    json.Null();
  }
  json.EndObject();
  return response;
}

boost::asio::awaitable<net::Response> ListEntries(storage::Storage& storage, Call call) {
  auto query = ReadJournalQuery(call);
  if (!query) co_return Refuse(call, query.error());
  if (query->quarantined) {
    const auto page =
        co_await ReadQuarantine(storage, std::move(query->filter), query->before, query->limit);
    co_return page ? ShowList(*page) : Refuse(call, page.error());
  }
  const auto page =
      co_await ReadEntries(storage, std::move(query->filter), query->before, query->limit);
  co_return page ? ShowList(*page) : Refuse(call, page.error());
}

// The payload is personal data as a whole; bytes that are no text come as base64. A redrive shows
// the payload it carries. Tokens are shown to nobody, and of what was erased there is none.
void AppendPayload(JsonWriter& json, Entry entry, bool personal) {
  if (entry.envelope.kind == EntryKind::kRedrive) {
    if (auto carried = sync::DecodeRedriven(entry.payload)) {
      json.Member("redrives", carried->position.ToText());
      entry.payload = std::move(carried->payload);
    }
  }
  if (!personal || entry.erased || entry.envelope.kind == EntryKind::kToken) {
    json.Key("encoding").Null().Key("payload").Null();
    return;
  }
  if (entry.envelope.kind == EntryKind::kSetting) {
    entry.payload = sync::WithoutSecrets(entry.payload);
  }
  const bool text = IsValidUtf8(entry.payload);
  json.Member("encoding", text ? "text" : "base64")
      .Member("payload", text ? entry.payload : ToBase64(entry.payload));
}

boost::asio::awaitable<net::Response> GetEntry(storage::Storage& storage, Call call) {
  auto entry = co_await FindEntry(storage, call.merchant, call.path.at(0));
  if (!entry) co_return Refuse(call, entry.error());
  const bool folded = storage.view_position() >= entry->position;
  const auto parked = co_await FindQuarantined(storage, call.merchant, entry->position);
  if (!parked) co_return Refuse(call, parked.error());

  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject();
  AppendHead(json, {.position = entry->position,
                    .stamp = entry->stamp,
                    .envelope = entry->envelope,
                    .bytes = entry->payload.size(),
                    .payload = {}});
  AppendState(json, folded, *parked);
  json.Member("erased", entry->erased);
  AppendPayload(json, std::move(*entry), call.personal());
  json.EndObject();
  co_return response;
}

}  // namespace

boost::asio::awaitable<Result<Entry>> FindEntry(storage::Storage& storage, std::string merchant,
                                                std::string position) {
  const auto parsed = Position::Parse(position);
  if (!parsed) co_return Fail(ErrorKind::kNotFound, "not a position of this journal");
  auto page = co_await storage.Scan(*parsed, 1, 1);
  if (!page) co_return std::unexpected(page.error());
  if (page->empty() || page->front().position != *parsed ||
      page->front().envelope.merchant != merchant) {
    co_return Fail(ErrorKind::kNotFound, "no such entry is kept");
  }
  co_return std::move(page->front());
}

void AppendState(JsonWriter& json, bool folded,
                 const std::optional<storage::QuarantineRow>& parked) {
  if (parked) {
    json.Member("state", "quarantined")
        .Member("reason", parked->reason)
        .Member("detail", parked->detail);
  } else {
    json.Member("state", folded ? "folded" : "pending");
  }
}

std::vector<EndpointRow> JournalEndpoints(storage::Storage& storage, Writing writing,
                                          const Clock& clock) {
  return {
      {"GET",
       "/v1/journal",
       Scope::kRead,
       {"connection", "kind", "state", "limit", "cursor"},
       [&storage](Call call) { return ListEntries(storage, std::move(call)); }},
      {"GET",
       "/v1/journal/{position}",
       Scope::kRead,
       {},
       [&storage](Call call) { return GetEntry(storage, std::move(call)); }},
      {"POST",
       "/v1/journal/{position}/redrive",
       Scope::kWrite,
       {},
       [&storage, writing, &clock](Call call) {
         return RedriveEntry(storage, writing, clock, std::move(call));
       }},
  };
}

}  // namespace weir::gateway
