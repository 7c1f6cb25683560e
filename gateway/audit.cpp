// SPDX-License-Identifier: Apache-2.0
#include "gateway/audit.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_writer.hpp"
#include "gateway/entry_pages.hpp"
#include "sync/requests.hpp"

namespace weir::gateway {
namespace {

// A setting's id as its record has it, e.g. "connection/mt-main".
std::string SettingOf(const EntryHead& head) {
  const auto payload = nlohmann::json::parse(head.payload, nullptr, false);
  if (!payload.is_object()) return {};
  return payload.value("kind", "") + "/" + payload.value("id", "");
}

void AppendText(JsonWriter& json, std::string_view name, const std::string& text) {
  json.Key(name);
  if (text.empty()) {
    json.Null();
  } else {
    json.String(text);
  }
}

// Nobody asked for what stood in the configuration file, nor for what an endpoint's answer did.
std::string_view SourceOf(const EntryHead& head, const sync::Asked& asked) {
  if (asked.call == sync::kEraseCall) return "command";
  if (!head.envelope.request.empty()) return "api";
  return SettingOf(head).starts_with("delivery/") ? "endpoint" : "file";
}

void AppendAct(JsonWriter& json, const EntryHead& head) {
  const auto asked = sync::DecodeAsked(head.envelope.request).value_or(sync::Asked{});
  json.BeginObject()
      .Member("position", head.position.ToText())
      .Member("at", head.stamp)
      .Member("kind", Name(head.envelope.kind))
      .Member("source", SourceOf(head, asked));
  AppendText(json, "key_id", asked.key_id);
  AppendText(json, "request_id", asked.request_id);
  AppendText(json, "call", asked.call);
  AppendText(json, "idempotency_key", asked.idempotency_key);
  AppendText(json, "setting",
             head.envelope.kind == storage::EntryKind::kSetting ? SettingOf(head) : "");
  json.EndObject();
}

boost::asio::awaitable<net::Response> ListActs(storage::Storage& storage, Call call) {
  const auto limit = call.query.Limit();
  if (!limit) co_return Refuse(call, limit.error());
  std::optional<storage::Position> before;
  if (call.query.Has("cursor")) {
    before = storage::Position::Parse(call.query.Text("cursor"));
    if (!before) {
      co_return Refuse(call, InvalidParameter("cursor", "the next_cursor of this list").error());
    }
  }
  EntryFilter filter;
  filter.merchant = call.merchant;
  filter.only_acts = true;
  const auto page = co_await ReadEntries(storage, std::move(filter), before, *limit);
  if (!page) co_return Refuse(call, page.error());
  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("data").BeginArray();
  for (const EntryHead& head : page->rows) AppendAct(json, head);
  json.EndArray();
  AppendText(json, "next_cursor", page->next ? page->next->ToText() : "");
  json.EndObject();
  co_return response;
}

}  // namespace

std::vector<EndpointRow> AuditEndpoints(storage::Storage& storage) {
  return {{"GET", "/v1/audit", Scope::kAdmin, {"limit", "cursor"}, [&storage](Call call) {
             return ListActs(storage, std::move(call));
           }}};
}

}  // namespace weir::gateway
