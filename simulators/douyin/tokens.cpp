// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/tokens.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "simulators/form.hpp"
#include "simulators/target.hpp"

namespace weir::simulators::douyin {
namespace {

constexpr int kBadParameter = 10002;
constexpr int kUnknownClient = 10003;
constexpr int kBadSecret = 10013;
constexpr int kTooOften = 10020;
constexpr std::size_t kRemembered = 64;  // Dead ones, so that "expired" can be told from "unknown".

/// The arguments of a call, whether they came as JSON, as a form or in the query.
Fields ArgumentsOf(const HttpCall& call) {
  const std::string query = TargetOf(call).query;
  const auto json = nlohmann::json::parse(call.body, nullptr, false);
  if (!json.is_object()) {
    return ParseForm(call.body.empty() ? query : call.body).value_or(Fields{});
  }
  Fields fields;
  for (const auto& [name, value] : json.items()) {
    if (value.is_string()) fields.emplace_back(name, value.get<std::string>());
  }
  return fields;
}

bool Says(const Fields& fields, std::string_view name, std::string_view value) {
  const std::string* found = Find(fields, name);
  return found != nullptr && *found == value;
}

HttpAnswer Refusal(int code) {
  HttpAnswer answer;
  JsonWriter json(answer.body);
  json.BeginObject().Key("data").BeginObject().Member("captcha", "").Member("desc_url", "");
  json.Member("description", code == kTooOften ? "调用过于频繁" : "配置无效");
  json.Member("error_code", code).EndObject().Member("message", "error").EndObject();
  return answer;
}

HttpAnswer Grant(std::string_view token, std::chrono::seconds life) {
  HttpAnswer answer;
  JsonWriter json(answer.body);
  json.BeginObject().Key("data").BeginObject().Member("access_token", token);
  json.Member("description", "").Member("error_code", 0);
  json.Member("expires_in", static_cast<std::int64_t>(life.count())).EndObject();
  json.Member("message", "success").EndObject();
  return answer;
}

}  // namespace

int TokenServer::Admit(const HttpCall& call, Instant now) {
  ++counts_.asked;
  while (!calls_.empty() && calls_.front() + options_.tokens.flood_window <= now) {
    calls_.pop_front();
  }
  calls_.push_back(now);
  counts_.most_in_window = std::max(counts_.most_in_window, calls_.size());
  if (options_.tokens.flood > 0 && calls_.size() > options_.tokens.flood) {
    ++counts_.flooded;
    return kTooOften;
  }
  const Fields fields = ArgumentsOf(call);
  if (!Says(fields, "grant_type", "client_credential") || Find(fields, "client_key") == nullptr) {
    return kBadParameter;
  }
  if (!Says(fields, "client_key", options_.client_key)) {
    return kUnknownClient;
  }
  return Says(fields, "client_secret", options_.app_secret) ? 0 : kBadSecret;
}

HttpAnswer TokenServer::Client(const HttpCall& call, Instant now) {
  if (const int code = Admit(call, now); code != 0) {
    ++counts_.refused;
    return Refusal(code);
  }
  return Grant(Make(false, now).text, options_.tokens.access);
}

HttpAnswer TokenServer::Stable(const HttpCall& call, Instant now) {
  if (const int code = Admit(call, now); code != 0) {
    ++counts_.refused;
    return Refusal(code);
  }
  const auto stands = std::ranges::find_if(
      tokens_, [now](const Token& token) { return token.stable && now < token.until; });
  if (stands == tokens_.end()) {
    return Grant(Make(true, now).text, options_.tokens.access);
  }
  ++counts_.repeated;
  return Grant(stands->text, std::chrono::floor<std::chrono::seconds>(stands->until - now));
}

const TokenServer::Token& TokenServer::Make(bool stable, Instant now) {
  // Of each kind, only the newest two are ever valid, the older of them for a while.
  bool newest = true;
  for (auto token = tokens_.rbegin(); token != tokens_.rend(); ++token) {
    if (token->stable != stable) continue;
    token->until = std::min(token->until, newest ? now + options_.tokens.overlap : now);
    newest = false;
  }
  std::array<std::uint8_t, 16> bytes{};
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random_.Below(256));
  tokens_.push_back({"clt." + ToHex(bytes), now + options_.tokens.access, stable});
  if (tokens_.size() > kRemembered) tokens_.pop_front();
  ++counts_.issued;
  return tokens_.back();
}

std::string TokenServer::Issue(Instant now) { return Make(false, now).text; }

TokenState TokenServer::StateOf(std::string_view token, Instant now) const {
  const auto found = std::ranges::find(tokens_, token, &Token::text);
  if (found == tokens_.end()) {
    return TokenState::kUnknown;
  }
  return now < found->until ? TokenState::kValid : TokenState::kExpired;
}

}  // namespace weir::simulators::douyin
