// SPDX-License-Identifier: Apache-2.0
#include "gateway/subscriptions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "gateway/changes.hpp"
#include "gateway/problem.hpp"

namespace weir::gateway {
namespace {

void AppendList(JsonWriter& json, std::string_view name, const std::vector<std::string>& items) {
  json.Key(name).BeginArray();
  for (const std::string& item : items) json.String(item);
  json.EndArray();
}

std::optional<std::string> OrNull(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

// Until when a former secret signs too.
std::optional<Instant> OverlapEnd(const sync::SubscriptionSetting& setting, Instant now) {
  std::optional<Instant> end;
  for (const sync::SigningSecret& secret : setting.secrets) {
    if (secret.until && *secret.until > now) end = std::max(end.value_or(now), *secret.until);
  }
  return end;
}

void AppendDeclared(JsonWriter& json, const sync::SubscriptionSetting& setting) {
  // A URL's query may hold a secret.
  json.Member("id", setting.id).Member("url", setting.url.substr(0, setting.url.find('?')));
  AppendList(json, "types", setting.types);
  AppendList(json, "stores", setting.stores);
  AppendList(json, "platforms", setting.platforms);
  json.Member("personal", setting.personal)
      .Member("allow_private", setting.allow_private)
      .Key("rate_per_second");
  if (setting.rate_per_second) {
    json.Uint(*setting.rate_per_second);
  } else {
    json.Null();
  }
}

boost::asio::awaitable<net::Response> List(SubscriptionParts parts, Call call) {
  const auto settings = co_await ReadSettings(parts.storage, call.merchant);
  if (!settings) co_return Refuse(call, settings.error());
  std::map<std::string, std::string> items;
  for (const auto& [id, declared] : settings->subscriptions) {
    if (auto shown = ShowSubscription(parts, call, *settings, id)) items.emplace(id, shown->body);
  }
  const auto page = ShowPage(call, items);
  co_return page ? *page : Refuse(call, page.error());
}

boost::asio::awaitable<net::Response> Get(SubscriptionParts parts, Call call) {
  const auto settings = co_await ReadSettings(parts.storage, call.merchant);
  if (!settings) co_return Refuse(call, settings.error());
  auto shown = ShowSubscription(parts, call, *settings, call.path.at(0));
  if (!shown) co_return Refuse(call, shown.error());
  co_return ShowSetting(call, std::move(*shown));
}

boost::asio::awaitable<Result<void>> CheckExists(SubscriptionParts parts, Call call) {
  const auto settings = co_await ReadSettings(parts.storage, call.merchant);
  if (!settings) co_return std::unexpected(settings.error());
  const auto shown = ShowSubscription(parts, call, *settings, call.path.at(0));
  if (!shown) co_return std::unexpected(shown.error());
  co_return Result<void>{};
}

boost::asio::awaitable<net::Response> SendTest(CallbackParts parts, Call call) {
  const auto attempt = co_await parts.test(call.merchant, call.path.at(0));
  if (!attempt) co_return Refuse(call, attempt.error());
  net::Response response;
  JsonWriter json(response.body);
  // The answer is to a message that says nothing.
  AppendAttempt(json, *attempt, true);
  co_return response;
}

boost::asio::awaitable<net::Response> Test(SubscriptionParts parts, Call call) {
  if (auto exists = co_await CheckExists(parts, call); !exists) {
    co_return Refuse(call, exists.error());
  }
  const nlohmann::json payload = {{"kind", "test"}, {"subscription", call.path.at(0)}};
  co_return co_await parts.writing.Perform(call, payload.dump(),
                                           [&] { return SendTest(parts.callbacks, call); });
}

Result<ReplayRequest> ReadReplay(const Parameters& query) {
  const auto from = query.Number("from", 1, 1, UINT64_MAX);
  if (!from) return std::unexpected(from.error());
  const auto to = query.Number("to", UINT64_MAX, *from, UINT64_MAX);
  if (!to) return std::unexpected(to.error());
  auto types = query.List("types");
  if (!types) return std::unexpected(types.error());
  for (const std::string& type : *types) {
    if (!IsChangePattern(type)) {
      return InvalidParameter("types", "types of changes or families of them, e.g. order.*");
    }
  }
  return ReplayRequest{
      .from = *from, .to = *to, .types = std::move(*types), .subject = query.Text("subject")};
}

boost::asio::awaitable<net::Response> SendAgain(CallbackParts parts, ReplayRequest request,
                                                Call call) {
  const auto replayed = co_await parts.replay(call.merchant, call.path.at(0), std::move(request));
  if (!replayed) co_return Refuse(call, replayed.error());
  net::Response response;
  JsonWriter(response.body)
      .BeginObject()
      .Member("callbacks", replayed->callbacks)
      .Member("through", replayed->through)
      .EndObject();
  co_return response;
}

boost::asio::awaitable<net::Response> Replay(SubscriptionParts parts, Call call) {
  const auto request = ReadReplay(call.query);
  if (!request) co_return Refuse(call, request.error());
  if (auto exists = co_await CheckExists(parts, call); !exists) {
    co_return Refuse(call, exists.error());
  }
  const nlohmann::json payload = {{"kind", "replay"},        {"subscription", call.path.at(0)},
                                  {"from", request->from},   {"to", request->to},
                                  {"types", request->types}, {"subject", request->subject}};
  co_return co_await parts.writing.Perform(
      call, payload.dump(), [&] { return SendAgain(parts.callbacks, *request, call); });
}

}  // namespace

Result<Shown> ShowSubscription(const SubscriptionParts& parts, const Call& call,
                               const Settings& settings, const std::string& id,
                               std::string_view secret) {
  const auto found = settings.subscriptions.find(id);
  if (found == settings.subscriptions.end() || found->second.setting.deleted) {
    return Fail(ErrorKind::kNotFound, "no such subscription");
  }
  const sync::SubscriptionSetting& setting = found->second.setting;
  const std::string_view disabled = sync::WhyDisabled(setting, SettingIn(settings.deliveries, id));
  const DeliveryState state = parts.callbacks.state(call.merchant, id).value_or(DeliveryState{});
  Shown shown{
      .body = {},
      .tag = fmt::format("\"{}-{}\"", found->second.version, VersionIn(settings.deliveries, id))};
  JsonWriter json(shown.body);
  json.BeginObject();
  AppendDeclared(json, setting);
  json.Member("status", !disabled.empty() ? "disabled"
                        : state.holding   ? "holding"
                                          : "active")
      .Member("disabled", OrNull(disabled))
      .Member("cursor", state.cursor)
      .Member("lag", state.lag)
      .Member("pending", state.pending)
      .Member("delivered", state.delivered)
      .Member("managed_by", setting.made_by_api ? "api" : "file")
      .Member("previous_secret_until", OverlapEnd(setting, parts.clock.Now()));
  if (!secret.empty()) json.Member("secret", secret);
  json.EndObject();
  return shown;
}

std::vector<EndpointRow> SubscriptionEndpoints(const SubscriptionParts& parts) {
  const auto row =
      [&parts](const char* method, const char* pattern, std::vector<std::string_view> parameters,
               boost::asio::awaitable<net::Response> (*answer)(SubscriptionParts, Call)) {
        return EndpointRow{method, pattern, Scope::kAdmin, std::move(parameters),
                           [parts, answer](Call call) { return answer(parts, std::move(call)); }};
      };
  return {
      row("GET", "/v1/subscriptions", {"limit", "cursor"}, List),
      row("POST", "/v1/subscriptions", {}, CreateSubscription),
      row("GET", "/v1/subscriptions/{id}", {}, Get),
      row("PATCH", "/v1/subscriptions/{id}", {}, ChangeSubscription),
      row("DELETE", "/v1/subscriptions/{id}", {}, DeleteSubscription),
      row("POST", "/v1/subscriptions/{id}/rotate-secret", {"overlap_seconds"}, RotateSecret),
      row("POST", "/v1/subscriptions/{id}/test", {}, Test),
      row("POST", "/v1/subscriptions/{id}/replay", {"from", "to", "types", "subject"}, Replay),
  };
}

}  // namespace weir::gateway
