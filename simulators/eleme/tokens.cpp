// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/tokens.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"

namespace weir::simulators::eleme {
namespace {

constexpr auto kCodeLife = std::chrono::minutes(10);
constexpr std::string_view kBasic = "Basic ";

const std::string* HeaderOf(const HttpCall& call, std::string_view name) {
  const auto found = std::ranges::find_if(
      call.headers, [name](const auto& header) { return EqualIgnoreCase(header.first, name); });
  return found == call.headers.end() ? nullptr : &found->second;
}

bool Says(const Fields& fields, std::string_view name, std::string_view value) {
  const std::string* found = Find(fields, name);
  return found != nullptr && *found == value;
}

}  // namespace

HttpAnswer TokenServer::Refuse(unsigned status, std::string_view error, std::string_view why) {
  ++counts_.refused;
  HttpAnswer answer{.status = status, .body = {}, .headers = {}};
  JsonWriter(answer.body)
      .BeginObject()
      .Member("error", error)
      .Member("error_description", why)
      .EndObject();
  return answer;
}

bool TokenServer::KnowsClient(const HttpCall& call) const {
  const std::string* header = HeaderOf(call, "Authorization");
  if (header == nullptr || !header->starts_with(kBasic)) {
    return false;
  }
  const auto plain = FromBase64(std::string_view(*header).substr(kBasic.size()));
  if (!plain) {
    return false;
  }
  // Some clients encode both parts for a URL first.
  std::string decoded;
  const std::string wanted = options_.app_key + ':' + options_.app_secret;
  return *plain == wanted || (AppendPercentDecoded(decoded, *plain, true) && decoded == wanted);
}

HttpAnswer TokenServer::Token(const HttpCall& call, Instant now) {
  if (call.method != "POST") {
    return Refuse(405, "invalid_request", "POST is expected");
  }
  const auto fields = ParseForm(call.body);
  if (!fields) {
    return Refuse(400, "invalid_request", "the form is broken");
  }
  if (!KnowsClient(call)) {
    return Refuse(401, "invalid_client", "client authentication failed");
  }
  if (Says(*fields, "grant_type", "client_credentials")) {
    return revoked_ ? Refuse(400, "access_denied", "the authorization was withdrawn") : Give(now);
  }
  if (Says(*fields, "grant_type", "authorization_code")) {
    return ForCode(*fields, now);
  }
  if (Says(*fields, "grant_type", "refresh_token")) {
    return ForRefresh(*fields, now);
  }
  return Refuse(400, "unsupported_grant_type", "no such grant_type");
}

HttpAnswer TokenServer::ForCode(const Fields& fields, Instant now) {
  const std::string* code = simulators::Find(fields, "code");
  const auto node = code == nullptr ? decltype(codes_)::node_type{} : codes_.extract(*code);
  if (!node || node.mapped().until <= now ||
      !Says(fields, "redirect_uri", node.mapped().redirect_uri) ||
      !Says(fields, "client_id", options_.app_key)) {
    return Refuse(400, "invalid_grant", "the authorization code is not valid");
  }
  return Give(now);
}

HttpAnswer TokenServer::ForRefresh(const Fields& fields, Instant now) {
  const auto found = std::ranges::find_if(
      pairs_, [&](const Pair& pair) { return Says(fields, "refresh_token", pair.refresh); });
  if (found == pairs_.end() || found->refresh_until <= now) {
    return Refuse(400, "invalid_grant", "the refresh token is not valid");
  }
  ++counts_.refreshed;
  counts_.repeated += found->refreshed ? 1 : 0;
  if (!found->refreshed) {
    found->refreshed = true;
    found->refresh_until = std::min(found->refresh_until, now + options_.tokens.grace);
  }
  if (options_.tokens.refresh_ends_access) {
    EndAccess();
  }
  return Give(now);
}

HttpAnswer TokenServer::Authorize(const Fields& fields, Instant now) {
  const std::string* redirect = simulators::Find(fields, "redirect_uri");
  if (!Says(fields, "response_type", "code") || !Says(fields, "client_id", options_.app_key) ||
      redirect == nullptr || redirect->empty()) {
    return Refuse(400, "invalid_request", "response_type, client_id or redirect_uri is wrong");
  }
  const std::string* state = simulators::Find(fields, "state");
  std::string location = *redirect;
  location += location.find('?') == location.npos ? '?' : '&';
  location += "code=" + Consent(*redirect, now);
  if (state != nullptr) {
    location += "&state=" + PercentEncode(*state);
  }
  return {.status = 302, .body = {}, .headers = {{"Location", std::move(location)}}};
}

std::string TokenServer::Consent(std::string redirect_uri, Instant now) {
  revoked_ = false;
  const std::string code = Draw();
  codes_[code] = {.redirect_uri = std::move(redirect_uri), .until = now + kCodeLife};
  return code;
}

std::string TokenServer::Draw() {
  std::array<std::uint8_t, 16> bytes{};
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random_.Below(256));
  return ToHex(bytes);
}

const TokenServer::Pair& TokenServer::Make(Instant now) {
  std::erase_if(pairs_, [now](const Pair& pair) {
    return pair.access_until <= now && pair.refresh_until <= now;
  });
  ++counts_.issued;
  std::string access = Draw();
  std::string refresh = Draw();
  return pairs_.emplace_back(Pair{.access = std::move(access),
                                  .refresh = std::move(refresh),
                                  .access_until = now + options_.tokens.access,
                                  .refresh_until = now + options_.tokens.refresh});
}

HttpAnswer TokenServer::Give(Instant now) {
  const Pair& pair = Make(now);
  HttpAnswer answer;
  JsonWriter(answer.body)
      .BeginObject()
      .Member("access_token", pair.access)
      .Member("token_type", "Bearer")
      .Member("expires_in", static_cast<std::int64_t>(options_.tokens.access.count()))
      .Member("refresh_token", pair.refresh)
      .EndObject();
  return answer;
}

std::string TokenServer::Issue(Instant now) { return Make(now).access; }

const TokenServer::Pair* TokenServer::Find(std::string_view access) const {
  const auto found = std::ranges::find(pairs_, access, &Pair::access);
  return found == pairs_.end() ? nullptr : &*found;
}

bool TokenServer::Accepts(std::string_view access, Instant now) const {
  const Pair* pair = Find(access);
  return pair != nullptr && now < pair->access_until;
}

std::optional<Instant> TokenServer::ExpiryOf(std::string_view access) const {
  const Pair* pair = Find(access);
  return pair == nullptr ? std::nullopt : std::optional(pair->access_until);
}

void TokenServer::EndAccess() {
  for (Pair& pair : pairs_) pair.access_until = Instant::min();
}

void TokenServer::Revoke() {
  revoked_ = true;
  pairs_.clear();
  codes_.clear();
}

}  // namespace weir::simulators::eleme
