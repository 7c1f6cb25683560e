// SPDX-License-Identifier: Apache-2.0
#include "gateway/settings.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_writer.hpp"
#include "gateway/etag.hpp"

namespace weir::gateway {

namespace {

template <typename Setting>
void Take(std::map<std::string, Declared<Setting>>& settings, std::string_view prefix,
          const storage::RecordRow& row, Result<Setting> (*decode)(std::string_view)) {
  if (!row.id.starts_with(prefix)) return;
  if (auto setting = decode(row.state)) {
    settings.emplace(
        row.id.substr(prefix.size()),
        Declared<Setting>{std::move(*setting), row.version, sync::DecodeTrail(row.trail)});
  }
}

}  // namespace

boost::asio::awaitable<Result<Settings>> ReadSettings(storage::Storage& storage,
                                                      std::string merchant) {
  const auto rows = co_await storage.ReadAll(storage::RecordKind::kSetting);
  if (!rows) co_return std::unexpected(rows.error());
  Settings settings;
  for (const storage::RecordRow& row : *rows) {
    if (row.merchant != merchant) continue;
    Take(settings.connections, "connection/", row, sync::DecodeConnectionSetting);
    Take(settings.stores, "store/", row, sync::DecodeStoreSetting);
    Take(settings.pauses, "pause/", row, sync::DecodePauseSetting);
    Take(settings.subscriptions, "subscription/", row, sync::DecodeSubscriptionSetting);
    Take(settings.deliveries, "delivery/", row, sync::DecodeDeliverySetting);
  }
  const auto tokens = co_await storage.ReadAll(storage::RecordKind::kToken);
  if (!tokens) co_return std::unexpected(tokens.error());
  for (const storage::RecordRow& row : *tokens) {
    if (row.merchant == merchant) Take(settings.tokens, "", row, sync::DecodeTokenState);
  }
  co_return settings;
}

net::Response ShowSetting(Shown shown) {
  net::Response response;
  response.headers.Add("ETag", std::move(shown.tag));
  response.body = std::move(shown.body);
  return response;
}

net::Response ShowSetting(const Call& call, Shown shown) {
  const bool known = MatchesEtag(call.request.headers.Find("If-None-Match"), shown.tag);
  net::Response response = ShowSetting(std::move(shown));
  if (known) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

std::unexpected<Error> Rejected(std::string_view code, std::string message) {
  return std::unexpected(Error{.kind = ErrorKind::kRejected,
                               .message = std::move(message),
                               .remote_code = std::string(code)});
}

Result<void> CheckIfMatch(const Call& call, const std::string& tag) {
  const std::string_view wanted = call.request.headers.Find("If-Match");
  if (wanted.empty() || MatchesEtag(wanted, tag)) return {};
  return Rejected("precondition_failed", "it has changed since it was read");
}

Error ChangedMeanwhile(const Call& call) {
  const bool was_named = !call.request.headers.Find("If-Match").empty();
  return Rejected(was_named ? "precondition_failed" : "conflict", "it was changed at the same time")
      .error();
}

net::Response Gone() {
  net::Response response;
  response.status = 204;
  return response;
}

std::string Conditional(const std::string& payload,
                        const std::map<std::string, std::uint64_t>& versions) {
  auto conditional = nlohmann::json::parse(payload);
  conditional[sync::kIfVersions] = versions;
  return conditional.dump();
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
