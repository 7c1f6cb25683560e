// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/retail/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "connectors/eleme/retail/signer.hpp"
#include "connectors/eleme/signer.hpp"
#include "mapping/eleme/retail/push.hpp"
#include "mapping/json.hpp"

namespace weir::connectors::eleme::retail {
namespace {

constexpr std::chrono::seconds kTimeout{15};
constexpr std::string_view kOrderRead = "order.get";
constexpr std::array<std::string_view, 3> kReads{kOrderRead, "shop.get", "sku.list"};

/// Whether an answer brings data: `{"body":{"errno":0,"error":"success","data":...}}`. What the
/// numbers of failures mean is documented nowhere, so all of them are kRejected.
Result<bool> HasData(const net::Response& response) {
  if (response.status != 200) {
    return std::unexpected(ToHttpError("Ele.me", response.status));
  }
  const auto document = mapping::JsonDocument::Parse(response.body);
  simdjson::dom::element body;
  simdjson::dom::element number;
  if (!document || document->root()["body"].get(body) != simdjson::SUCCESS ||
      body["errno"].get(number) != simdjson::SUCCESS) {
    return Fail(ErrorKind::kMalformed, "Ele.me's answer has no outcome.");
  }
  if (const mapping::Value outcome(number); outcome.text() != "0") {
    constexpr std::size_t kLongest = 64;
    const std::string_view code = outcome.text().substr(0, kLongest);
    return std::unexpected(Error{.kind = ErrorKind::kRejected,
                                 .message = fmt::format("Ele.me answers {}: refused.", code),
                                 .remote_code = std::string(code),
                                 .retry_after = std::nullopt});
  }
  simdjson::dom::element data;
  if (body["data"].get(data) != simdjson::SUCCESS) return false;
  const mapping::Value value(data);
  return value.is_object() ? value.object().size() > 0 : !value.empty();
}

}  // namespace

Client::Client(Credentials credentials, ConnectorParts parts)
    : credentials_(std::move(credentials)), parts_(std::move(parts)) {}

boost::asio::awaitable<Result<PulledItem>> Client::GetOrder(std::string platform_order_id) {
  std::string body;
  JsonWriter(body).BeginObject().Member("order_id", platform_order_id).EndObject();
  auto answer = co_await CallFor(std::string(kOrderRead), std::move(body));
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  if (!answer->has_data) {
    co_return Fail(ErrorKind::kNotFound, "Ele.me knows no such order.");
  }
  co_return std::move(answer->item);
}

boost::asio::awaitable<Result<PulledItem>> Client::Call(std::string cmd, std::string body_json) {
  auto answer = co_await CallFor(std::move(cmd), std::move(body_json));
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  co_return std::move(answer->item);
}

boost::asio::awaitable<Result<Client::Answer>> Client::CallFor(std::string cmd,
                                                               std::string body_json) {
  if (credentials_.token_use == TokenUse::kNone) {
    co_return co_await Ask(std::move(cmd), std::move(body_json), Secret());
  }
  if (!parts_.vault) {
    co_return Fail(ErrorKind::kUnauthorized, "No token is held for this connection.");
  }
  auto token = co_await parts_.vault->Access();
  if (!token) {
    co_return std::unexpected(std::move(token.error()));
  }
  auto answer = co_await Ask(cmd, body_json, *token);
  if (answer || answer.error().kind != ErrorKind::kUnauthorized) {
    co_return answer;
  }
  token = co_await parts_.vault->Renew(*std::move(token));
  if (!token) {
    co_return std::unexpected(std::move(token.error()));
  }
  co_return co_await Ask(std::move(cmd), std::move(body_json), *std::move(token));
}

boost::asio::awaitable<Result<Client::Answer>> Client::Ask(std::string cmd, std::string body_json,
                                                           Secret token) {
  Answer answer;
  answer.item.asked_at = parts_.clock.Now();
  net::Request request = RequestOf(cmd, body_json, token, answer.item.asked_at);
  auto response = co_await parts_.transport.Send(std::move(request), kTimeout);
  if (!response) {
    co_return std::unexpected(std::move(response.error()));
  }
  const auto has_data = HasData(*response);
  if (!has_data) {
    co_return std::unexpected(has_data.error());
  }
  answer.has_data = *has_data;
  answer.item.dialect = mapping::eleme::retail::kDialect;
  answer.item.topic = std::move(cmd);
  answer.item.payload = std::move(response->body);
  co_return answer;
}

// An upper-case UUID that names the call in both sides' logs and proves nothing.
std::string Client::NextTicket(Instant now) {
  const std::string hex = ToUpperHex(
      Md5(fmt::format("{}|{}|{}", credentials_.app_id, now.time_since_epoch().count(), calls_++)));
  const std::string_view digits = hex;
  return fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4),
                     digits.substr(12, 4), digits.substr(16, 4), digits.substr(20));
}

net::Request Client::RequestOf(std::string_view cmd, std::string_view body_json,
                               const Secret& token, Instant now) {
  const std::string ticket = NextTicket(now);
  const std::string timestamp = fmt::format("{}", UnixSeconds(now));
  const std::vector<SignedField> fields{{"body", body_json}, {"cmd", cmd},
                                        {"encrypt", ""},     {"source", credentials_.app_id},
                                        {"ticket", ticket},  {"timestamp", timestamp},
                                        {"version", "3"}};
  std::vector<SignedField> with_token = fields;
  with_token.insert(with_token.begin(), {"access_token", token.Reveal()});
  const bool signs_token = credentials_.token_use == TokenUse::kSigned;
  const bool sends_token = credentials_.token_use != TokenUse::kNone;

  net::Request request;
  request.method = "POST";
  request.target = credentials_.base_url + "/";
  request.headers.Add("Content-Type", "application/x-www-form-urlencoded");
  request.idempotent = std::ranges::find(kReads, cmd) != kReads.end();
  for (const SignedField& field : sends_token ? with_token : fields) {
    request.body += fmt::format("{}={}&", field.name, PercentEncode(field.value));
  }
  request.body +=
      "sign=" + ToUpperHex(Sign(signs_token ? with_token : fields, credentials_.app_secret));
  return request;
}

}  // namespace weir::connectors::eleme::retail
