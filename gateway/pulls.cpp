// SPDX-License-Identifier: Apache-2.0
#include "gateway/pulls.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_writer.hpp"
#include "gateway/body.hpp"
#include "gateway/settings.hpp"
#include "sync/windows.hpp"

namespace weir::gateway {
namespace {

using nlohmann::json;

/// A window without what says the same beside it.
std::string ShowWindow(const std::string& text) {
  json window = json::parse(text, nullptr, false);
  if (!window.is_object()) return "null";
  for (const char* name : {"of", "connection"}) window.erase(name);
  return window.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// kNotFound when the merchant has no such connection.
boost::asio::awaitable<Result<void>> CheckConnection(storage::Storage& storage, Call call) {
  const auto settings = co_await ReadSettings(storage, call.merchant);
  if (!settings) co_return std::unexpected(settings.error());
  const auto found = settings->connections.find(call.path.at(0));
  if (found == settings->connections.end() || found->second.setting.deleted) {
    co_return Fail(ErrorKind::kNotFound, "no such connection");
  }
  co_return Result<void>{};
}

/// A pull by the position of its request: planned, or what it came to.
boost::asio::awaitable<net::Response> Show(storage::Storage& storage, Call call,
                                           storage::Position position) {
  const auto planned =
      co_await storage.FindWork({call.merchant, sync::kPullWork, position.ToText()});
  if (!planned) co_return Refuse(call, planned.error());
  const auto outcome = co_await sync::FindOutcome(storage, call.merchant, position);
  if (!outcome) co_return Refuse(call, outcome.error());
  const json window = *outcome ? json::parse((*outcome)->body, nullptr, false) : json::object();
  const json asked = *planned ? json::parse((*planned)->detail, nullptr, false) : window;
  if (!asked.is_object() || asked.value("connection", "") != call.path.at(0)) {
    co_return Refuse(call, "not_found", "no such pull is kept");
  }
  net::Response response;
  JsonWriter json_out(response.body);
  json_out.BeginObject()
      .Member("position", position.ToText())
      .Member("connection", call.path.at(0))
      .Member("feed", asked.value("feed", ""))
      .Member("status", *outcome ? window.value("status", "") : std::string("planned"))
      .Key("window");
  if (*outcome) {
    json_out.Raw(ShowWindow((*outcome)->body));
  } else {
    json_out.Null();
  }
  json_out.EndObject();
  co_return response;
}

boost::asio::awaitable<net::Response> Request(storage::Storage& storage, Writing writing,
                                              const Clock& clock, Call call) {
  if (auto known = co_await CheckConnection(storage, call); !known) {
    co_return Refuse(call, known.error());
  }
  std::string word;
  BodyReader body(call.request.body, {"feed"});
  if (auto read = body.Require("feed").Text("feed", word).Finish(); !read) {
    co_return Refuse(call, read.error());
  }
  const auto feed = sync::ParseFeed(word);
  if (!feed) {
    co_return Refuse(call, InvalidParameter("feed", "menus, orders, reviews or stores").error());
  }
  const auto asked = ReadAsked(call);
  if (!asked) co_return Refuse(call, asked.error());
  const auto first = co_await writing.Repeated(call.merchant, *asked);
  if (!first) co_return Refuse(call, first.error());
  std::optional<storage::Position> position = *first;
  if (!position) {
    storage::NewEntry entry;
    entry.envelope.kind = storage::EntryKind::kRequest;
    entry.envelope.merchant = call.merchant;
    entry.envelope.connection = call.path.at(0);
    entry.envelope.received_at = clock.Now();
    entry.payload = sync::EncodePull({.connection = call.path.at(0), .feed = *feed});
    const auto done = co_await writing.Append(std::move(entry), *asked);
    if (!done) co_return Refuse(call, done.error());
    position = *done;
  }
  net::Response response = co_await Show(storage, call, *position);
  if (response.status == 200) response.status = 202;
  co_return response;
}

boost::asio::awaitable<net::Response> GetOne(storage::Storage& storage, Call call) {
  const auto position = storage::Position::Parse(call.path.at(1));
  if (!position) co_return Refuse(call, "not_found", "no such pull is kept");
  co_return co_await Show(storage, std::move(call), *position);
}

/// The last pull of each feed.
boost::asio::awaitable<net::Response> ListLast(storage::Storage& storage, Call call) {
  if (auto known = co_await CheckConnection(storage, call); !known) {
    co_return Refuse(call, known.error());
  }
  net::Response response;
  JsonWriter out(response.body);
  out.BeginObject().Key("data").BeginArray();
  for (const sync::Feed feed :
       {sync::Feed::kMenus, sync::Feed::kOrders, sync::Feed::kReviews, sync::Feed::kStores}) {
    const auto row = co_await storage.Read(storage::RecordKind::kWindow, call.merchant,
                                           sync::WindowId(call.path.at(0), feed));
    if (!row) co_return Refuse(call, row.error());
    if (*row) out.Raw(ShowWindow((*row)->state));
  }
  out.EndArray().Key("next_cursor").Null().EndObject();
  co_return response;
}

}  // namespace

std::vector<EndpointRow> PullEndpoints(storage::Storage& storage, Writing writing,
                                       const Clock& clock) {
  return {
      {"POST",
       "/v1/connections/{id}/pull",
       Scope::kWrite,
       {},
       [&storage, writing, &clock](Call call) {
         return Request(storage, writing, clock, std::move(call));
       }},
      {"GET",
       "/v1/connections/{id}/pulls",
       Scope::kRead,
       {},
       [&storage](Call call) { return ListLast(storage, std::move(call)); }},
      {"GET",
       "/v1/connections/{id}/pulls/{position}",
       Scope::kRead,
       {},
       [&storage](Call call) { return GetOne(storage, std::move(call)); }},
  };
}

}  // namespace weir::gateway
