// SPDX-License-Identifier: Apache-2.0
#include "gateway/orders.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/json_writer.hpp"
#include "gateway/records.hpp"
#include "model/words.hpp"
#include "sync/trail.hpp"

namespace weir::gateway {
namespace {

Result<storage::ListQuery> ReadOrderQuery(const Call& call) {
  auto query = ReadListQuery(call, storage::RecordKind::kOrder, "placed");
  if (!query) return query;
  query->number = call.query.Text("platform_order_id");
  query->display = call.query.Text("display_no");
  query->status = call.query.Text("status");
  if (!query->status.empty() && !model::ParseOrderStatus(query->status)) {
    return InvalidParameter("status", "an order status, e.g. placed");
  }
  return query;
}

boost::asio::awaitable<net::Response> ListOrders(storage::Storage& storage, Call call) {
  auto query = ReadOrderQuery(call);
  return ListRecords(storage, std::move(call), std::move(query));
}

boost::asio::awaitable<net::Response> GetOrder(storage::Storage& storage, Call call) {
  const auto record =
      co_await storage.ReadPublished(storage::RecordKind::kOrder, call.merchant, call.path.at(0));
  co_return record ? ShowRecord(call, *record, "no such order") : Refuse(call, record.error());
}

/// One entry that touched the order: the entry itself while it is kept, and the change it made.
struct Moment {
  storage::Position position;
  std::optional<storage::Entry> entry;
  const storage::ChangeRow* change = nullptr;
};

void AppendMoment(JsonWriter& json, const Moment& moment) {
  json.BeginObject().Member("position", moment.position.ToText());
  if (moment.entry) {
    const storage::Envelope& envelope = moment.entry->envelope;
    json.Member("at", moment.entry->stamp)
        .Member("received_at", envelope.received_at)
        .Member("kind", Name(envelope.kind))
        .Member("connection", envelope.connection)
        .Member("topic", envelope.topic);
  } else {
    json.Key("at");
    if (moment.change != nullptr) {
      json.String(ToRfc3339(moment.change->at));
    } else {
      json.Null();
    }
    for (const char* gone : {"received_at", "kind", "connection", "topic"}) json.Key(gone).Null();
  }
  json.Key("change");
  if (moment.change != nullptr) {
    json.BeginObject()
        .Member("seq", moment.change->seq)
        .Member("type", moment.change->type)
        .Member("version", moment.change->version)
        .EndObject();
  } else {
    json.Null();
  }
  json.EndObject();
}

boost::asio::awaitable<Result<std::optional<storage::Entry>>> ReadEntry(storage::Storage& storage,
                                                                        std::uint64_t offset) {
  auto page = co_await storage.Scan({0, offset}, 1, 1);
  // Its segment is gone: the journal has a retention.
  if (!page && page.error().kind == ErrorKind::kNotFound) co_return std::nullopt;
  if (!page) co_return std::unexpected(page.error());
  if (page->empty() || page->front().position.offset != offset) co_return std::nullopt;
  co_return std::move(page->front());
}

boost::asio::awaitable<Result<std::vector<storage::ChangeRow>>> ReadChangesOf(
    storage::Storage& storage, std::string merchant, const std::vector<sync::TrailItem>& trail) {
  std::vector<std::uint64_t> seqs;
  for (const sync::TrailItem& item : trail) {
    if (item.seq != 0) seqs.push_back(item.seq);
  }
  return storage.ReadChangesAt(std::move(merchant), std::move(seqs));
}

// Partial orders have a timeline too: whoever asks why an order is not in the feed looks here.
boost::asio::awaitable<net::Response> GetTimeline(storage::Storage& storage, Call call) {
  const auto row =
      co_await storage.Read(storage::RecordKind::kOrder, call.merchant, call.path.at(0));
  if (!row) co_return Refuse(call, row.error());
  if (!*row) co_return Refuse(call, "not_found", "no such order");
  const std::vector<sync::TrailItem> trail = sync::DecodeTrail((*row)->trail);
  const auto changes = co_await ReadChangesOf(storage, call.merchant, trail);
  if (!changes) co_return Refuse(call, changes.error());

  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("data").BeginArray();
  for (const sync::TrailItem& item : trail) {
    auto entry = co_await ReadEntry(storage, item.offset);
    if (!entry) co_return Refuse(call, entry.error());
    const auto change = std::ranges::find(*changes, item.seq, &storage::ChangeRow::seq);
    AppendMoment(json, {.position = {0, item.offset},
                        .entry = std::move(*entry),
                        .change = change != changes->end() ? &*change : nullptr});
  }
  json.EndArray().Key("next_cursor").Null().EndObject();
  co_return response;
}

}  // namespace

std::vector<EndpointRow> OrderEndpoints(storage::Storage& storage) {
  return {
      {"GET",
       "/v1/orders",
       Scope::kRead,
       {"store", "platform", "status", "updated_after", "placed_from", "placed_to",
        "platform_order_id", "display_no", "limit", "cursor"},
       [&storage](Call call) { return ListOrders(storage, std::move(call)); }},
      {"GET",
       "/v1/orders/{id}",
       Scope::kRead,
       {},
       [&storage](Call call) { return GetOrder(storage, std::move(call)); }},
      {"GET",
       "/v1/orders/{id}/timeline",
       Scope::kRead,
       {},
       [&storage](Call call) { return GetTimeline(storage, std::move(call)); }},
  };
}

}  // namespace weir::gateway
