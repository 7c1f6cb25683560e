// SPDX-License-Identifier: Apache-2.0
#include "gateway/orders.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/json_writer.hpp"
#include "gateway/cursor.hpp"
#include "gateway/masking.hpp"
#include "gateway/problem.hpp"
#include "model/words.hpp"
#include "sync/trail.hpp"

namespace weir::gateway {
namespace {

constexpr std::size_t kMaxPage = 500;
constexpr std::size_t kDefaultPage = 100;
constexpr std::size_t kTimelineScanBytes = 64U << 10;

Result<storage::ListQuery> ReadListQuery(const Call& call) {
  storage::ListQuery query;
  query.kind = storage::RecordKind::kOrder;
  query.merchant = call.merchant;
  query.store = call.query.Text("store");
  query.platform = call.query.Text("platform");
  query.number = call.query.Text("platform_order_id");
  query.display = call.query.Text("display_no");
  query.status = call.query.Text("status");
  if (!query.status.empty() && !model::ParseOrderStatus(query.status)) {
    return InvalidParameter("status", "an order status, e.g. placed");
  }
  for (auto [name, target] : {std::pair{"updated_after", &query.updated_after},
                              {"placed_from", &query.sorted_from},
                              {"placed_to", &query.sorted_to}}) {
    auto at = call.query.Time(name);
    if (!at) return std::unexpected(at.error());
    *target = *at;
  }
  auto limit = call.query.Number("limit", kDefaultPage, 1, kMaxPage);
  if (!limit) return std::unexpected(limit.error());
  query.limit = *limit;
  if (call.query.Has("cursor")) {
    query.behind = DecodeCursor(call.query.Text("cursor"));
    if (!query.behind) return InvalidParameter("cursor", "a cursor this list gave");
  }
  return query;
}

boost::asio::awaitable<net::Response> ListOrders(storage::Storage& storage, Call call) {
  auto query = ReadListQuery(call);
  if (!query) co_return ProblemOfParameter(query.error(), call);
  auto page = co_await storage.List(std::move(*query));
  if (!page) co_return ProblemOf(page.error(), call.request.request_id);
  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("data").BeginArray();
  for (const storage::Published& record : page->records) {
    json.Raw(call.personal() ? std::string_view(record.json) : MaskRecord(record.json));
  }
  json.EndArray().Key("next_cursor");
  if (page->more && !page->records.empty()) {
    json.String(EncodeCursor({page->records.back().sorted_at, page->records.back().id}));
  } else {
    json.Null();
  }
  json.EndObject();
  co_return response;
}

boost::asio::awaitable<net::Response> GetOrder(storage::Storage& storage, Call call) {
  auto record = co_await storage.ReadPublished(storage::RecordKind::kOrder, call.merchant,
                                               call.path.at(0));
  if (!record) co_return ProblemOf(record.error(), call.request.request_id);
  if (!*record) co_return Problem("not_found", "no such order", call.request.request_id);
  // A masked answer is another representation: it must not share the tag of the full one.
  const std::string tag =
      fmt::format("\"{}{}\"", (*record)->version, call.personal() ? "" : "-masked");
  net::Response response;
  response.headers.Add("ETag", tag);
  if (call.request.headers.Find("If-None-Match") == tag) {
    response.status = 304;
    co_return response;
  }
  response.body = call.personal() ? std::move((*record)->json) : MaskRecord((*record)->json);
  co_return response;
}

void AppendMoment(JsonWriter& json, const storage::Entry& entry,
                  const storage::ChangeRow* change) {
  json.BeginObject()
      .Member("position", entry.position.ToText())
      .Member("at", entry.stamp)
      .Member("received_at", entry.envelope.received_at)
      .Member("kind", std::string(Name(entry.envelope.kind)))
      .Member("connection", entry.envelope.connection)
      .Member("topic", entry.envelope.topic)
      .Key("change");
  if (change != nullptr) {
    json.BeginObject()
        .Member("seq", change->seq)
        .Member("type", change->type)
        .Member("version", change->version)
        .EndObject();
  } else {
    json.Null();
  }
  json.EndObject();
}

boost::asio::awaitable<net::Response> GetTimeline(storage::Storage& storage, Call call) {
  auto row = co_await storage.Read(storage::RecordKind::kOrder, call.merchant, call.path.at(0));
  if (!row) co_return ProblemOf(row.error(), call.request.request_id);
  if (!*row) co_return Problem("not_found", "no such order", call.request.request_id);
  const std::vector<sync::TrailItem> trail = sync::DecodeTrail((*row)->trail);
  std::vector<std::uint64_t> seqs;
  for (const sync::TrailItem& item : trail) {
    if (item.seq != 0) seqs.push_back(item.seq);
  }
  auto changes = co_await storage.ReadChangesAt(call.merchant, std::move(seqs));
  if (!changes) co_return ProblemOf(changes.error(), call.request.request_id);

  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("data").BeginArray();
  auto change = changes->begin();
  for (const sync::TrailItem& item : trail) {
    auto entry = co_await storage.Scan({0, item.offset}, 1, kTimelineScanBytes);
    const bool kept = entry && !entry->empty() && entry->front().position.offset == item.offset;
    while (change != changes->end() && change->seq < item.seq) ++change;
    const bool published = change != changes->end() && change->seq == item.seq;
    if (kept) AppendMoment(json, entry->front(), published ? &*change : nullptr);
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
      {"GET", "/v1/orders/{id}", Scope::kRead, {},
       [&storage](Call call) { return GetOrder(storage, std::move(call)); }},
      {"GET", "/v1/orders/{id}/timeline", Scope::kRead, {},
       [&storage](Call call) { return GetTimeline(storage, std::move(call)); }},
  };
}

}  // namespace weir::gateway
