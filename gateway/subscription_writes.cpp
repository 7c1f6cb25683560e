// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "gateway/body.hpp"
#include "gateway/changes.hpp"
#include "gateway/subscriptions.hpp"
#include "net/url.hpp"

namespace weir::gateway {
namespace {

using sync::SubscriptionSetting;

constexpr std::size_t kSecretBytes = 32;
/// Of one subscription: each adds a signature to every message.
constexpr std::size_t kMostSecrets = 4;
constexpr std::uint64_t kOverlapSeconds = 24 * 3600;
constexpr std::uint64_t kLongestOverlapSeconds = 30 * 24 * 3600;
constexpr std::uint32_t kHighestRate = 100'000;

std::string NewSecret(Random& random) {
  std::array<std::byte, kSecretBytes> bytes{};
  random.Fill(bytes);
  return "whsec_" + ToBase64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void ReadDeclared(BodyReader& body, SubscriptionSetting& setting) {
  body.Text("url", setting.url)
      .Texts("types", setting.types)
      .Texts("stores", setting.stores)
      .Texts("platforms", setting.platforms)
      .Flag("personal", setting.personal)
      .Flag("allow_private", setting.allow_private)
      .Number("rate_per_second", 1, kHighestRate, setting.rate_per_second);
}

Result<void> Check(const Call& call, const Settings& settings, const SubscriptionSetting& setting) {
  if (!net::ParseUrl(setting.url)) return InvalidParameter("url", "an absolute http or https URL");
  if (setting.types.empty() || !std::ranges::all_of(setting.types, IsChangePattern)) {
    return InvalidParameter("types",
                            "types of changes or families of them, e.g. order.*; * is all");
  }
  for (const std::string& store : setting.stores) {
    if (!settings.stores.contains(store)) return InvalidParameter("stores", "ids of stores");
  }
  if (!std::ranges::all_of(setting.platforms, IsPlainId)) {
    return InvalidParameter("platforms", "platforms, e.g. meituan");
  }
  if (setting.personal && !call.personal()) {
    return Rejected("forbidden", "a personal subscription takes a key with read_personal");
  }
  return {};
}

Result<SubscriptionSetting> FindOwn(const Call& call, const Settings& settings) {
  return FindOwn(settings.subscriptions, call.path.at(0), "subscription", "disabled");
}

Result<std::string> MakeConditional(const Settings& settings, const SubscriptionSetting& setting) {
  return Conditional(EncodeSetting(setting),
                     {{SettingId(setting), VersionIn(settings.subscriptions, setting.id)}});
}

Result<void> CheckTag(const SubscriptionParts& parts, const Call& call, const Settings& settings) {
  const auto shown = ShowSubscription(parts, call, settings, call.path.at(0));
  if (!shown) return std::unexpected(shown.error());
  return CheckIfMatch(call, shown->tag);
}

/// Appends what `make` makes of the settings as they are, and shows what came of it.
boost::asio::awaitable<net::Response> Write(SubscriptionParts parts, Call call, std::string id,
                                            Result<std::string> (*make)(const SubscriptionParts&,
                                                                        const Call&,
                                                                        const Settings&)) {
  const auto before = co_await ReadSettings(parts.storage, call.merchant);
  if (!before) co_return Refuse(call, before.error());
  const auto position =
      co_await parts.writing.Declare(call, {}, [&] { return make(parts, call, *before); });
  if (!position) co_return Refuse(call, position.error());
  const auto after = co_await ReadSettings(parts.storage, call.merchant);
  if (!after) co_return Refuse(call, after.error());
  const bool is_subscription = WasMade(after->subscriptions, id, *position);
  if (!is_subscription && !WasMade(after->deliveries, id, *position)) {
    co_return Refuse(call, ChangedMeanwhile(call));
  }
  const Declared<SubscriptionSetting>& made = after->subscriptions.at(id);
  if (made.setting.deleted) co_return Gone();
  // A secret is told to whoever asked for it, and once another change came to nobody.
  const bool is_last = is_subscription && made.trail.back().offset == position->offset;
  const bool has_secret = call.request.method == "POST" && is_last && !made.setting.secrets.empty();
  auto shown = ShowSubscription(
      parts, call, *after, id,
      has_secret ? made.setting.secrets.front().secret.Reveal() : std::string_view());
  if (!shown) co_return Refuse(call, shown.error());
  co_return ShowSetting(std::move(*shown));
}

Result<SubscriptionSetting> ReadNew(const Call& call) {
  SubscriptionSetting setting;
  setting.made_by_api = true;
  BodyReader body(call.request.body, {"id", "url", "types", "stores", "platforms", "personal",
                                      "allow_private", "rate_per_second"});
  body.Require("id").Require("url").Require("types").Text("id", setting.id);
  ReadDeclared(body, setting);
  if (auto read = body.Finish(); !read) return std::unexpected(read.error());
  if (!IsPlainId(setting.id)) {
    return InvalidParameter("id", "1 to 64 of letters, digits, '-', '_' and '.'");
  }
  return setting;
}

Result<std::string> MakeNew(const SubscriptionParts& parts, const Call& call,
                            const Settings& settings) {
  auto setting = ReadNew(call);
  if (!setting) return std::unexpected(setting.error());
  if (auto checked = Check(call, settings, *setting); !checked) {
    return std::unexpected(checked.error());
  }
  if (settings.subscriptions.contains(setting->id)) {
    return Rejected("conflict", "there is a subscription of this id, or was one");
  }
  setting->secrets.push_back({.secret = Secret(NewSecret(parts.random)), .until = {}});
  return MakeConditional(settings, *setting);
}

Result<std::string> MakeDelivery(const Call& call, const Settings& settings, BodyReader& body) {
  bool disabled = false;
  if (auto read = body.Flag("disabled", disabled).Finish(); !read) {
    return std::unexpected(read.error());
  }
  const std::string& id = call.path.at(0);
  const sync::DeliverySetting setting{
      .subscription = id, .disabled = disabled ? "asked" : "", .endpoint = {}};
  if (call.request.headers.Find("If-Match").empty()) return EncodeSetting(setting);
  return Conditional(
      EncodeSetting(setting),
      {{SettingId(settings.subscriptions.at(id).setting), VersionIn(settings.subscriptions, id)},
       {SettingId(setting), VersionIn(settings.deliveries, id)}});
}

Result<std::string> MakeChanged(const SubscriptionParts& parts, const Call& call,
                                const Settings& settings) {
  if (auto current = CheckTag(parts, call, settings); !current) {
    return std::unexpected(current.error());
  }
  BodyReader body(call.request.body, {"url", "types", "stores", "platforms", "personal",
                                      "allow_private", "rate_per_second", "disabled"});
  if (auto read = body.Finish(); !read) return std::unexpected(read.error());
  if (body.size() == 0) return Rejected("bad_request", "the body names nothing to change");
  if (body.Has("disabled")) {
    if (body.size() == 1) return MakeDelivery(call, settings, body);
    return InvalidParameter("disabled", "to be changed alone");
  }
  auto setting = FindOwn(call, settings);
  if (!setting) return std::unexpected(setting.error());
  ReadDeclared(body, *setting);
  if (auto read = body.Finish(); !read) return std::unexpected(read.error());
  if (auto checked = Check(call, settings, *setting); !checked) {
    return std::unexpected(checked.error());
  }
  return MakeConditional(settings, *setting);
}

Result<std::string> MakeDeleted(const SubscriptionParts& parts, const Call& call,
                                const Settings& settings) {
  auto setting = FindOwn(call, settings);
  if (!setting) return std::unexpected(setting.error());
  if (auto current = CheckTag(parts, call, settings); !current) {
    return std::unexpected(current.error());
  }
  setting->enabled = false;
  setting->deleted = true;
  setting->secrets.clear();
  return MakeConditional(settings, *setting);
}

Result<std::string> MakeRotated(const SubscriptionParts& parts, const Call& call,
                                const Settings& settings) {
  const auto overlap =
      call.query.Number("overlap_seconds", kOverlapSeconds, 0, kLongestOverlapSeconds);
  if (!overlap) return std::unexpected(overlap.error());
  auto setting = FindOwn(call, settings);
  if (!setting) return std::unexpected(setting.error());
  const Instant now = parts.clock.Now();
  const Instant until = now + std::chrono::seconds(*overlap);
  std::vector<sync::SigningSecret> secrets;
  secrets.push_back({.secret = Secret(NewSecret(parts.random)), .until = {}});
  for (sync::SigningSecret& former : setting->secrets) {
    former.until = std::min(former.until.value_or(until), until);
    if (*former.until > now && secrets.size() < kMostSecrets) secrets.push_back(former);
  }
  setting->secrets = std::move(secrets);
  return MakeConditional(settings, *setting);
}

}  // namespace

boost::asio::awaitable<net::Response> CreateSubscription(SubscriptionParts parts, Call call) {
  const auto setting = ReadNew(call);
  if (!setting) co_return Refuse(call, setting.error());
  auto response = co_await Write(parts, call, setting->id, MakeNew);
  if (response.status == 200) response.status = 201;
  co_return response;
}

boost::asio::awaitable<net::Response> ChangeSubscription(SubscriptionParts parts, Call call) {
  std::string id = call.path.at(0);
  return Write(std::move(parts), std::move(call), std::move(id), MakeChanged);
}

boost::asio::awaitable<net::Response> DeleteSubscription(SubscriptionParts parts, Call call) {
  std::string id = call.path.at(0);
  return Write(std::move(parts), std::move(call), std::move(id), MakeDeleted);
}

boost::asio::awaitable<net::Response> RotateSecret(SubscriptionParts parts, Call call) {
  std::string id = call.path.at(0);
  return Write(std::move(parts), std::move(call), std::move(id), MakeRotated);
}

}  // namespace weir::gateway
