// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/tokens.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"

namespace weir::simulators::doudian {
namespace {

constexpr auto kCodeLife = std::chrono::minutes(10);

std::string TextOf(const nlohmann::json& params, std::string_view name) {
  const auto found = params.find(name);
  if (found == params.end()) {
    return {};
  }
  return found->is_string() ? found->get<std::string>() : found->dump();
}

}  // namespace

Outcome TokenServer::Refuse(std::string_view why) {
  ++counts_.refused;
  return std::unexpected(Failure{code::kProcessingFailed, why, "token生成失败"});
}

Outcome TokenServer::Create(const nlohmann::json& params, Instant now) {
  const std::string grant = TextOf(params, "grant_type");
  if (grant == "authorization_code") {
    const auto node = codes_.extract(TextOf(params, "code"));
    if (!node) {
      return Refuse("dop.token-generate-failed:code-invalid");
    }
    return node.mapped() <= now ? Refuse("dop.token-generate-failed:code-expired")
                                : Outcome(Give(Make(now), now));
  }
  if (grant != "authorization_self") {
    return Refuse("dop.token-generate-failed:grant-type-invalid");
  }
  if (revoked_ || TextOf(params, "shop_id") != std::to_string(options_.shop_id)) {
    return Refuse("dop.token-generate-failed:no-authorization");
  }
  return Give(pairs_.empty() ? Make(now) : Renewed(pairs_.back(), now), now);
}

Outcome TokenServer::Refresh(const nlohmann::json& params, Instant now) {
  if (TextOf(params, "grant_type") != "refresh_token") {
    return Refuse("dop.token-generate-failed:grant-type-invalid");
  }
  const std::string token = TextOf(params, "refresh_token");
  const auto found = std::ranges::find(pairs_, token, &Pair::refresh);
  if (found == pairs_.end() || revoked_) {
    return Refuse("dop.token-generate-failed:token-invalid");
  }
  if (found->refresh_until <= now) {
    return Refuse("dop.token-generate-failed:token-expired");
  }
  return Give(Renewed(*found, now), now);
}

TokenServer::Pair& TokenServer::Renewed(Pair& pair, Instant now) {
  const auto overlap = options_.tokens.overlap;
  if (pair.replaced) {
    // Its answer may have been lost: the one that took its place.
    return Renewed(pairs_.back(), now);
  }
  if (now + overlap < pair.access_until) {
    ++counts_.repeated;
    return pair;
  }
  const bool alive = now < pair.access_until;
  pair.replaced = true;
  pair.access_until = alive ? now + overlap : std::min(pair.access_until, now);
  pair.refresh_until = std::min(pair.refresh_until, now + overlap);
  return Make(now);
}

std::string TokenServer::Consent(Instant now) {
  revoked_ = false;
  std::string code = Draw();
  codes_[code] = now + kCodeLife;
  return code;
}

std::string TokenServer::Issue(Instant now) { return Make(now).access; }

std::string TokenServer::Draw() {
  std::array<std::uint8_t, 16> bytes{};
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random_.Below(256));
  std::string text = ToHex(bytes);
  for (const std::size_t place : {20, 16, 12, 8}) text.insert(place, 1, '-');
  return text;
}

TokenServer::Pair& TokenServer::Make(Instant now) {
  std::erase_if(pairs_, [now](const Pair& pair) {
    constexpr auto kRemembered = std::chrono::days(1);
    return pair.replaced && std::max(pair.access_until, pair.refresh_until) + kRemembered < now;
  });
  ++counts_.issued;
  std::string access = Draw();
  std::string refresh = Draw();
  return pairs_.emplace_back(Pair{.access = std::move(access),
                                  .refresh = std::move(refresh),
                                  .access_until = now + options_.tokens.access,
                                  .refresh_until = now + options_.tokens.refresh});
}

std::string TokenServer::Give(const Pair& pair, Instant now) {
  const auto left = std::chrono::floor<std::chrono::seconds>(pair.access_until - now);
  std::string text;
  JsonWriter(text)
      .BeginObject()
      .Member("access_token", pair.access)
      .Member("expires_in", static_cast<std::int64_t>(left.count()))
      .Member("refresh_token", pair.refresh)
      .Member("scope", "SCOPE")
      .Member("shop_id", options_.shop_id)
      .Member("shop_name", "示例店铺")
      .Member("authority_id", std::to_string(options_.shop_id))
      .Member("auth_subject_type", "Shop")
      .EndObject();
  return text;
}

std::expected<void, Failure> TokenServer::Check(std::string_view access, Instant now) const {
  if (revoked_) {
    return std::unexpected(
        Failure{code::kNoPermission, "dop.authorization-closed", "店铺授权已关闭"});
  }
  const auto found = std::ranges::find(pairs_, access, &Pair::access);
  if (found == pairs_.end()) {
    return std::unexpected(
        Failure{code::kPlatformArgumentBad, "isv.access-token-no-existed", "access_token不存在"});
  }
  if (found->access_until <= now) {
    return std::unexpected(
        Failure{code::kPlatformArgumentBad, "isv.access-token-expired", "access_token已过期"});
  }
  return {};
}

void TokenServer::EndAccess(Instant now) {
  for (Pair& pair : pairs_) pair.access_until = std::min(pair.access_until, now);
}

}  // namespace weir::simulators::doudian
