// SPDX-License-Identifier: Apache-2.0
#include "gateway/journal.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "gateway/problem.hpp"
#include "sync/mappers.hpp"

namespace weir::gateway {
namespace {

using storage::Entry;
using storage::Position;

constexpr std::size_t kMaxPage = 500;
constexpr std::size_t kDefaultPage = 100;
// A filtered page looks at no more entries than this; its cursor leads on from there.
constexpr std::uint64_t kMaxLookedAt = 20'000;
constexpr std::uint64_t kWindow = 1'000;
constexpr std::size_t kWindowBytes = 8U << 20;
constexpr auto kFoldPatience = std::chrono::seconds(5);
constexpr auto kFoldPoll = std::chrono::milliseconds(2);

/// What lists filter by; empty ones do not filter.
struct EntryFilter {
  std::string merchant;
  std::string connection;
  std::string kind;

  [[nodiscard]] bool Takes(const storage::Envelope& envelope) const {
    return envelope.merchant == merchant &&
           (connection.empty() || envelope.connection == connection) &&
           (kind.empty() || Name(envelope.kind) == kind);
  }
};

void AppendEnvelope(JsonWriter& json, const Entry& entry) {
  json.Member("position", entry.position.ToText())
      .Member("kind", std::string(Name(entry.envelope.kind)))
      .Member("at", entry.stamp)
      .Member("received_at", entry.envelope.received_at)
      .Member("connection", entry.envelope.connection)
      .Member("platform", entry.envelope.platform)
      .Member("topic", entry.envelope.topic)
      .Member("dialect", entry.envelope.dialect)
      .Member("bytes", static_cast<std::uint64_t>(entry.payload.size()));
}

void AppendCursor(JsonWriter& json, std::optional<std::uint64_t> before) {
  json.Key("next_cursor");
  if (before) {
    json.String(Position{0, *before}.ToText());
  } else {
    json.Null();
  }
}

boost::asio::awaitable<net::Response> ListQuarantined(storage::Storage& storage, Call call,
                                                      std::optional<Position> before,
                                                      std::size_t limit) {
  auto rows = co_await storage.ListQuarantine(call.merchant, before, limit);
  if (!rows) co_return ProblemOf(rows.error(), call.request.request_id);
  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("data").BeginArray();
  for (const storage::QuarantineRow& row : *rows) {
    json.BeginObject()
        .Member("position", row.position.ToText())
        .Member("state", "quarantined")
        .Member("at", row.at)
        .Member("connection", row.connection)
        .Member("topic", row.topic)
        .Member("reason", row.reason)
        .Member("detail", row.detail)
        .EndObject();
  }
  json.EndArray();
  const bool full = rows->size() == limit;
  AppendCursor(json, full ? std::optional(rows->back().position.offset) : std::nullopt);
  json.EndObject();
  co_return response;
}

// Newest first over a journal that reads forwards: windows from the end on, each reversed.
boost::asio::awaitable<Result<std::pair<std::vector<Entry>, std::uint64_t>>> CollectNewest(
    storage::Storage& storage, EntryFilter filter, std::uint64_t before, std::size_t limit) {
  std::vector<Entry> found;
  const std::uint64_t begin = storage.journal_begin().offset;
  const std::uint64_t floor = before > begin + kMaxLookedAt ? before - kMaxLookedAt : begin;
  while (before > floor && found.size() < limit) {
    const std::uint64_t from = before > floor + kWindow ? before - kWindow : floor;
    std::vector<Entry> window;
    while (from + window.size() < before) {
      auto page = co_await storage.Scan({0, from + window.size()}, before - from - window.size(),
                                        kWindowBytes);
      if (!page) co_return std::unexpected(page.error());
      if (page->empty()) break;
      std::move(page->begin(), page->end(), std::back_inserter(window));
    }
    for (auto entry = window.rbegin(); entry != window.rend() && found.size() < limit; ++entry) {
      before = entry->position.offset;
      if (filter.Takes(entry->envelope)) found.push_back(std::move(*entry));
    }
    if (found.size() < limit) before = from;
  }
  co_return std::pair(std::move(found), before > begin ? before : 0);
}

boost::asio::awaitable<net::Response> ListEntries(storage::Storage& storage, Call call) {
  auto limit = call.query.Number("limit", kDefaultPage, 1, kMaxPage);
  if (!limit) co_return ProblemOfParameter(limit.error(), call);
  std::optional<Position> before;
  if (call.query.Has("cursor")) {
    before = Position::Parse(call.query.Text("cursor"));
    if (!before) {
      co_return ProblemOfParameter(InvalidParameter("cursor", "a cursor this list gave").error(),
                                   call);
    }
  }
  const std::string state = call.query.Text("state");
  if (state == "quarantined") {
    co_return co_await ListQuarantined(storage, std::move(call), before, *limit);
  }
  if (!state.empty()) {
    co_return ProblemOfParameter(InvalidParameter("state", "quarantined").error(), call);
  }
  EntryFilter filter{.merchant = call.merchant,
                     .connection = call.query.Text("connection"),
                     .kind = call.query.Text("kind")};
  const std::uint64_t end = storage.journal_end().offset + 1;
  auto found = co_await CollectNewest(storage, std::move(filter),
                                      before ? std::min(before->offset, end) : end, *limit);
  if (!found) co_return ProblemOf(found.error(), call.request.request_id);
  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("data").BeginArray();
  for (const Entry& entry : found->first) {
    json.BeginObject();
    AppendEnvelope(json, entry);
    json.EndObject();
  }
  json.EndArray();
  AppendCursor(json, found->second > 0 ? std::optional(found->second) : std::nullopt);
  json.EndObject();
  co_return response;
}

// The entry, if it is kept and the caller's; others look like none.
boost::asio::awaitable<Result<Entry>> FindEntry(storage::Storage& storage, std::string merchant,
                                                std::string text) {
  const auto position = Position::Parse(text);
  if (!position) co_return Fail(ErrorKind::kNotFound, "not a position of this journal");
  auto page = co_await storage.Scan(*position, 1, 1);
  if (!page) co_return std::unexpected(page.error());
  if (page->empty() || page->front().position != *position ||
      page->front().envelope.merchant != merchant) {
    co_return Fail(ErrorKind::kNotFound, "no such entry is kept");
  }
  co_return std::move(page->front());
}

boost::asio::awaitable<net::Response> GetEntry(storage::Storage& storage, Call call) {
  auto entry = co_await FindEntry(storage, call.merchant, call.path.at(0));
  if (!entry) co_return ProblemOf(entry.error(), call.request.request_id);
  auto parked = co_await storage.ListQuarantine(
      call.merchant, Position{entry->position.shard, entry->position.offset + 1}, 1);
  if (!parked) co_return ProblemOf(parked.error(), call.request.request_id);
  const bool quarantined = !parked->empty() && parked->front().position == entry->position;
  const bool folded = storage.view_position() >= entry->position;

  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject();
  AppendEnvelope(json, *entry);
  json.Member("state", quarantined ? "quarantined" : folded ? "folded" : "pending");
  if (quarantined) {
    json.Member("reason", parked->front().reason).Member("detail", parked->front().detail);
  }
  // The payload is personal data as a whole; bytes that are no text come as base64.
  if (call.personal()) {
    const bool text = IsValidUtf8(entry->payload);
    json.Member("encoding", text ? "text" : "base64");
    json.Member("payload", text ? entry->payload : ToBase64(entry->payload));
  } else {
    json.Key("payload").Null();
  }
  json.EndObject();
  co_return response;
}

boost::asio::awaitable<bool> WaitFolded(storage::Storage& storage, Timer& timer, const Clock& clock,
                                        Position position) {
  const auto deadline = clock.Monotonic() + kFoldPatience;
  while (storage.view_position() < position) {
    if (clock.Monotonic() >= deadline) co_return false;
    co_await timer.Wait(kFoldPoll);
  }
  co_return true;
}

// What the redrive of an entry that was itself a redrive carries is the first entry, not a nest.
Result<sync::Redriven> Carry(Entry entry) {
  switch (entry.envelope.kind) {
    case storage::EntryKind::kPush:
    case storage::EntryKind::kPulled:
      return sync::Redriven{entry.position, std::move(entry.envelope), std::move(entry.payload)};
    case storage::EntryKind::kRedrive:
      return sync::DecodeRedriven(entry.payload);
    default:
      return Fail(ErrorKind::kConflict, "only pushes and pulled items can be driven again");
  }
}

boost::asio::awaitable<net::Response> Redrive(storage::Storage& storage, Timer& timer,
                                              const Clock& clock, Call call) {
  const std::string request = call.request.request_id;
  auto entry = co_await FindEntry(storage, call.merchant, call.path.at(0));
  if (!entry) co_return ProblemOf(entry.error(), request);
  auto carried = Carry(std::move(*entry));
  if (!carried) co_return ProblemOf(carried.error(), request);

  std::vector<storage::NewEntry> entries(1);
  entries[0].envelope = carried->envelope;
  entries[0].envelope.kind = storage::EntryKind::kRedrive;
  entries[0].envelope.received_at = clock.Now();
  entries[0].payload = sync::EncodeRedriven(*carried);
  auto position = co_await storage.Append(std::move(entries));
  if (!position) co_return ProblemOf(position.error(), request);
  if (!co_await WaitFolded(storage, timer, clock, *position)) {
    co_return Problem("busy", "stored as " + position->ToText() + " but not folded yet", request);
  }
  auto parked = co_await storage.ListQuarantine(call.merchant,
                                                Position{position->shard, position->offset + 1}, 1);
  if (!parked) co_return ProblemOf(parked.error(), request);
  const bool quarantined = !parked->empty() && parked->front().position == *position;
  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject()
      .Member("position", position->ToText())
      .Member("redrives", carried->position.ToText())
      .Member("state", quarantined ? "quarantined" : "folded");
  if (quarantined) {
    json.Member("reason", parked->front().reason).Member("detail", parked->front().detail);
  }
  json.EndObject();
  co_return response;
}

}  // namespace

std::vector<EndpointRow> JournalEndpoints(storage::Storage& storage, Timer& timer,
                                          const Clock& clock) {
  return {
      {"GET", "/v1/journal", Scope::kRead, {"connection", "kind", "state", "limit", "cursor"},
       [&storage](Call call) { return ListEntries(storage, std::move(call)); }},
      {"GET", "/v1/journal/{position}", Scope::kRead, {},
       [&storage](Call call) { return GetEntry(storage, std::move(call)); }},
      {"POST", "/v1/journal/{position}/redrive", Scope::kWrite, {},
       [&storage, &timer, &clock](Call call) {
         return Redrive(storage, timer, clock, std::move(call));
       }},
  };
}

}  // namespace weir::gateway
