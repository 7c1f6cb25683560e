// SPDX-License-Identifier: Apache-2.0
#include "gateway/menus.hpp"

#include <algorithm>
#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "gateway/cursor.hpp"
#include "gateway/records.hpp"
#include "gateway/settings.hpp"
#include "model/masking.hpp"
#include "sync/menu_fold.hpp"

namespace weir::gateway {
namespace {

constexpr auto kKind = storage::RecordKind::kMenu;

boost::asio::awaitable<net::Response> List(storage::Storage& storage, Call call) {
  auto query = ReadListQuery(call, kKind);
  return ListRecords(storage, std::move(call), std::move(query));
}

/// A menu's head and items, of one version.
struct WholeMenu {
  storage::Published head;
  model::MenuState state;
};

/// kNotFound when there is none, kRateLimited when it changes under every look.
boost::asio::awaitable<Result<WholeMenu>> ReadMenu(storage::Storage& storage, std::string merchant,
                                                   std::string id) {
  constexpr int kTries = 5;
  for (int i = 0; i < kTries; ++i) {
    auto head = co_await storage.ReadPublished(kKind, merchant, id);
    if (!head) co_return std::unexpected(head.error());
    if (!*head) break;
    auto row = co_await storage.Read(kKind, merchant, id);
    if (!row) co_return std::unexpected(row.error());
    if (!*row || (*row)->version != (*head)->version) continue;
    auto state = sync::MenuOf(**std::move(row));
    if (!state) co_return std::unexpected(state.error());
    co_return WholeMenu{**std::move(head), *std::move(state)};
  }
  co_return Fail(ErrorKind::kNotFound, "no menu of this store and connection has been read");
}

/// The shop of the connection that is this store; of several the first.
std::string ShopOf(const Settings& settings, const std::string& store,
                   const std::string& connection) {
  const auto found = settings.connections.find(connection);
  if (found == settings.connections.end()) return {};
  for (const auto& [shop, linked] : found->second.setting.stores) {
    if (linked == store) return shop;
  }
  return {};
}

/// Where a page begins: behind how many items, of which version.
Result<std::size_t> ReadStart(const Call& call, const WholeMenu& menu, std::uint64_t list) {
  if (!call.query.Has("cursor")) return std::size_t{0};
  const auto cursor = DecodeCursor(call.query.Text("cursor"), list);
  const auto start = cursor ? ParseUint(cursor->second) : std::nullopt;
  if (!start) return InvalidParameter("cursor", "the next_cursor of this menu");
  if (cursor->first.time_since_epoch().count() != static_cast<std::int64_t>(menu.head.version)) {
    return Rejected("cursor_expired", "the menu has changed since; read it from its beginning");
  }
  return static_cast<std::size_t>(*start);
}

net::Response ShowMenu(const Call& call, const WholeMenu& menu, std::size_t start,
                       std::size_t limit, std::uint64_t list) {
  const auto& items = menu.state.items();
  const std::size_t end = std::min(items.size(), start + limit);
  net::Response response;
  std::string& body = response.body;
  model::AppendRecord(body, menu.head.json, call.personal());
  body.pop_back();
  body.append(R"(,"items":[)");
  for (std::size_t i = start; i < end; ++i) {
    if (i != start) body.push_back(',');
    model::AppendRecord(body, items[i].json, call.personal());
  }
  body.append(R"(],"next_cursor":)");
  if (end < items.size()) {
    const Instant version{std::chrono::milliseconds(menu.head.version)};
    JsonWriter(body).String(EncodeCursor({version, std::to_string(end)}, list));
  } else {
    body.append("null");
  }
  body.push_back('}');
  return response;
}

boost::asio::awaitable<net::Response> Get(storage::Storage& storage, Call call) {
  const auto limit = call.query.Limit();
  if (!limit) co_return Refuse(call, limit.error());
  const auto settings = co_await ReadSettings(storage, call.merchant);
  if (!settings) co_return Refuse(call, settings.error());
  const std::string& connection = call.path.at(1);
  const std::string id = sync::MenuId(connection, ShopOf(*settings, call.path.at(0), connection));
  const auto menu = co_await ReadMenu(storage, call.merchant, id);
  if (!menu) co_return Refuse(call, menu.error());
  const std::uint64_t list = call.query.Fingerprint(call.merchant + "/" + id);
  const auto start = ReadStart(call, *menu, list);
  if (!start) co_return Refuse(call, start.error());
  co_return ShowMenu(call, *menu, *start, *limit, list);
}

}  // namespace

std::vector<EndpointRow> MenuEndpoints(storage::Storage& storage) {
  return {
      {"GET",
       "/v1/menus",
       Scope::kRead,
       {"store", "platform", "updated_after", "limit", "cursor"},
       [&storage](Call call) { return List(storage, std::move(call)); }},
      {"GET",
       "/v1/menus/{store}/{connection}",
       Scope::kRead,
       {"limit", "cursor"},
       [&storage](Call call) { return Get(storage, std::move(call)); }},
  };
}

}  // namespace weir::gateway
