// SPDX-License-Identifier: Apache-2.0
#include "sync/windows.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "sync/requests.hpp"
#include "sync/trail.hpp"

namespace weir::sync {
namespace {

using nlohmann::json;

constexpr std::array<std::pair<Feed, std::string_view>, 4> kFeeds{{{Feed::kMenus, "menus"},
                                                                   {Feed::kOrders, "orders"},
                                                                   {Feed::kReviews, "reviews"},
                                                                   {Feed::kStores, "stores"}}};

std::string Dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string_view Name(Feed feed) noexcept {
  for (const auto& [known, word] : kFeeds) {
    if (known == feed) return word;
  }
  return {};
}

std::optional<Feed> ParseFeed(std::string_view word) noexcept {
  for (const auto& [feed, known] : kFeeds) {
    if (known == word) return feed;
  }
  return std::nullopt;
}

std::string EncodePull(const PullRequest& request) {
  return Dump({{"kind", "pull"}, {"connection", request.connection}, {"feed", Name(request.feed)}});
}

Result<PullRequest> DecodePull(std::string_view text) {
  const json in = json::parse(text, nullptr, false);
  const auto feed = in.is_object() ? ParseFeed(in.value("feed", "")) : std::nullopt;
  if (!feed) return Fail(ErrorKind::kMalformed, "not the request of a pull");
  return PullRequest{.connection = in.value("connection", ""), .feed = *feed};
}

std::string EncodeWindow(const PulledWindow& window) {
  json out = {{"connection", window.connection},
              {"feed", Name(window.feed)},
              {"status", window.error ? "failed" : "done"},
              {"from", ToRfc3339(window.from)},
              {"to", ToRfc3339(window.to)},
              {"seen", window.seen},
              {"stored", window.stored},
              {"error", nullptr}};
  if (window.feed == Feed::kOrders) out["missed_by_push"] = window.missed_by_push;
  if (!window.of.empty()) out["of"] = window.of;
  if (window.error) {
    out["error"] = {{"kind", Name(window.error->kind)},
                    {"code", window.error->remote_code},
                    {"message", window.error->message}};
  }
  return Dump(out);
}

std::string WindowId(std::string_view connection, Feed feed) {
  return std::string(connection) + "/" + std::string(Name(feed));
}

boost::asio::awaitable<void> FoldWindow(storage::Storage& storage, const storage::Entry& entry,
                                        FoldBatch& batch) {
  const json window = json::parse(entry.payload);
  const std::string& merchant = entry.envelope.merchant;
  if (const std::string of = window.value("of", ""); !of.empty()) {
    batch.Done({merchant, kPullWork, of});
    batch.Plan(
        {.merchant = merchant,
         .kind = kRequestOutcomeWork,
         .subject = of,
         .due_at = entry.stamp + kIdempotencyKeyKept,
         .detail =
             Dump({{"status", 200}, {"content_type", "application/json"}, {"body", entry.payload}}),
         .cause = entry.position});
  }
  const auto feed = ParseFeed(window.at("feed").get<std::string>());
  if (!feed) throw std::runtime_error("the window of an unknown feed");
  const std::string id = WindowId(window.at("connection").get<std::string>(), *feed);
  const auto known = co_await storage.Load(storage::RecordKind::kWindow, merchant, id);
  if (!known) throw std::runtime_error(known.error().message);
  storage::RecordRow row;
  row.kind = storage::RecordKind::kWindow;
  row.merchant = merchant;
  row.id = id;
  row.version = *known ? (*known)->version + 1 : 1;
  row.columns.connection = entry.envelope.connection;
  row.columns.updated_at = entry.stamp;
  row.state = entry.payload;
  row.trail = EncodeTrail({{.offset = entry.position.offset}});
  batch.Put(std::move(row));
}

}  // namespace weir::sync
