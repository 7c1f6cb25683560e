// SPDX-License-Identifier: Apache-2.0
#include "gateway/settings.hpp"

#include <utility>

#include "base/json_writer.hpp"

namespace weir::gateway {

boost::asio::awaitable<Result<Settings>> ReadSettings(storage::Storage& storage,
                                                      std::string merchant) {
  const auto rows = co_await storage.ReadAll(storage::RecordKind::kSetting);
  if (!rows) co_return std::unexpected(rows.error());
  Settings settings;
  for (const storage::RecordRow& row : *rows) {
    if (row.merchant != merchant) continue;
    if (auto connection = sync::DecodeConnectionSetting(row.state)) {
      std::string id = connection->id;
      settings.connections.emplace(std::move(id), Declared{std::move(*connection), row.version,
                                                           sync::DecodeTrail(row.trail)});
    } else if (auto store = sync::DecodeStoreSetting(row.state)) {
      std::string id = store->id;
      settings.stores.emplace(
          std::move(id), Declared{std::move(*store), row.version, sync::DecodeTrail(row.trail)});
    } else if (auto pause = sync::DecodePauseSetting(row.state)) {
      std::string id = pause->connection;
      settings.pauses.emplace(
          std::move(id), Declared{std::move(*pause), row.version, sync::DecodeTrail(row.trail)});
    }
  }
  co_return settings;
}

Result<net::Response> ShowPage(const Call& call, const std::map<std::string, std::string>& items) {
  const auto limit = call.query.Limit();
  if (!limit) return std::unexpected(limit.error());
  net::Response response;
  std::string& body = response.body;
  body = R"({"data":[)";
  std::string last;
  std::size_t shown = 0;
  auto item = items.upper_bound(call.query.Text("cursor"));
  for (; item != items.end() && shown < *limit; ++item, ++shown) {
    if (shown > 0) body.push_back(',');
    body.append(item->second);
    last = item->first;
  }
  body.append(R"(],"next_cursor":)");
  if (item != items.end()) {
    JsonWriter(body).String(last);
  } else {
    body.append("null");
  }
  body.push_back('}');
  return response;
}

}  // namespace weir::gateway
