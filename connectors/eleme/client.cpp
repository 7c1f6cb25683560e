// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/client.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_writer.hpp"
#include "connectors/answers.hpp"
#include "connectors/eleme/actions.hpp"
#include "connectors/eleme/envelope.hpp"
#include "connectors/eleme/errors.hpp"
#include "mapping/eleme/push.hpp"

namespace weir::connectors::eleme {
namespace {

/// What the vendor's own clients allow (protocol §1.2).
constexpr std::chrono::seconds kTimeout{15};

std::string Quoted(std::string_view text) {
  std::string json;
  JsonWriter(json).String(text);
  return json;
}

/// Each parameter, written once: the same bytes are signed and sent.
Result<std::vector<Param>> ReadParams(std::string_view action, const std::string& params_json) {
  const auto object = nlohmann::ordered_json::parse(params_json, nullptr, false);
  if (!object.is_object()) {
    return Fail(ErrorKind::kMalformed, fmt::format("{} takes a JSON object.", action));
  }
  std::vector<Param> params;
  for (const auto& [name, value] : object.items()) {
    params.push_back({.name = name, .json = value.dump()});
  }
  const ReadAction* const read = FindReadAction(action);
  if (read == nullptr) {
    return params;
  }
  std::vector<std::string_view> needed;
  std::ranges::copy_if(read->params, std::back_inserter(needed),
                       [](std::string_view name) { return !name.empty(); });
  const bool has_all = std::ranges::all_of(needed, [&params](std::string_view name) {
    return std::ranges::find(params, name, &Param::name) != params.end();
  });
  if (!has_all || params.size() != needed.size()) {
    return Fail(ErrorKind::kMalformed,
                fmt::format("{} takes {{{}}}.", action, fmt::join(needed, ", ")));
  }
  return params;
}

void WriteObject(JsonWriter& json, std::string_view name, const std::vector<Param>& members) {
  json.Key(name).BeginObject();
  for (const Param& member : members) {
    json.Key(member.name).Raw(member.json);
  }
  json.EndObject();
}

}  // namespace

Client::Client(Credentials credentials, ConnectorParts parts)
    : credentials_(std::move(credentials)), parts_(std::move(parts)) {}

boost::asio::awaitable<Result<PulledItem>> Client::GetOrder(std::string platform_order_id) {
  std::string params;
  JsonWriter(params).BeginObject().Member("orderId", platform_order_id).EndObject();
  auto answer = co_await CallFor("eleme.order.getOrder", std::move(params));
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  if (!answer->has_result) {
    co_return Fail(ErrorKind::kNotFound, "Ele.me knows no such order.");
  }
  co_return std::move(answer->item);
}

boost::asio::awaitable<Result<PulledItem>> Client::Call(std::string action,
                                                        std::string params_json) {
  auto answer = co_await CallFor(std::move(action), std::move(params_json));
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  co_return std::move(answer->item);
}

boost::asio::awaitable<Result<Client::Answer>> Client::CallFor(std::string action,
                                                               std::string params_json) {
  auto params = ReadParams(action, params_json);
  if (!params) {
    co_return std::unexpected(std::move(params.error()));
  }
  const ReadAction* const read = FindReadAction(action);
  if (read != nullptr && read->of_app) {
    co_return co_await Ask(std::move(action), *std::move(params), Secret());
  }
  if (!parts_.vault) {
    co_return Fail(ErrorKind::kUnauthorized, "No token is held for this connection.");
  }
  auto token = co_await parts_.vault->Access();
  if (!token) {
    co_return std::unexpected(std::move(token.error()));
  }
  auto answer = co_await Ask(action, *params, *token);
  if (answer || answer.error().remote_code != kTokenRefused) {
    co_return answer;
  }
  token = co_await parts_.vault->Renew(*std::move(token));
  if (!token) {
    co_return std::unexpected(std::move(token.error()));
  }
  co_return co_await Ask(std::move(action), *std::move(params), *std::move(token));
}

boost::asio::awaitable<Result<Client::Answer>> Client::Ask(std::string action,
                                                           std::vector<Param> params,
                                                           Secret token) {
  Answer answer;
  answer.item.asked_at = parts_.clock.Now();
  net::Request request = RequestOf(action, params, token, answer.item.asked_at);
  auto response = co_await parts_.transport.Send(std::move(request), kTimeout);
  if (!response) {
    co_return std::unexpected(std::move(response.error()));
  }
  auto has_result = HasResult(*response);
  if (!has_result) {
    co_return std::unexpected(std::move(has_result.error()));
  }
  answer.has_result = *has_result;
  answer.item.dialect = mapping::eleme::kDialect;
  answer.item.topic = std::move(action);
  answer.item.payload = std::move(response->body);
  co_return answer;
}

net::Request Client::RequestOf(std::string_view action, const std::vector<Param>& params,
                               const Secret& token, Instant now) {
  const auto millis = now.time_since_epoch().count();
  // It names the call in both sides' logs and proves nothing.
  const std::string id = fmt::format(
      "{}|{}", ToUpperHex(Md5(fmt::format("{}|{}|{}", credentials_.app_key, millis, calls_++))),
      millis);
  const std::vector<Param> metas{
      {.name = "app_key", .json = Quoted(credentials_.app_key)},
      {.name = "timestamp", .json = fmt::format("{}", UnixSeconds(now))}};
  std::vector<Param> all = metas;
  all.insert(all.end(), params.begin(), params.end());
  const Md5Digest signature =
      Sign(CallText(action, token.Reveal(), std::move(all)), credentials_.app_secret);

  net::Request request;
  request.method = "POST";
  request.target = credentials_.base_url + "/";
  request.headers.Add("Content-Type", "application/json; charset=utf-8");
  request.headers.Add("Accept-Encoding", "gzip");
  request.headers.Add("x-eleme-requestid", id);
  request.idempotent = FindReadAction(action) != nullptr;
  JsonWriter json(request.body);
  json.BeginObject().Member("nop", "1.0.0").Member("id", id).Member("action", std::string(action));
  json.Member("token", token.Reveal());
  WriteObject(json, "metas", metas);
  WriteObject(json, "params", params);
  json.Member("signature", ToUpperHex(signature)).EndObject();
  return request;
}

}  // namespace weir::connectors::eleme
