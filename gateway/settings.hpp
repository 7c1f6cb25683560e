// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/call.hpp"
#include "storage/storage.hpp"
#include "sync/settings.hpp"
#include "sync/subscriptions.hpp"
#include "sync/token_state.hpp"
#include "sync/trail.hpp"

/// What the configuration declares, as the fold knows it.
namespace weir::gateway {

/// A declared thing, how often it has been declared, and by which entries (the latest 512).
template <typename Setting>
struct Declared {
  Setting setting;
  std::uint64_t version = 0;
  std::vector<sync::TrailItem> trail;
};

/// One merchant's settings, each by its id.
struct Settings {
  std::map<std::string, Declared<sync::ConnectionSetting>> connections;
  std::map<std::string, Declared<sync::StoreSetting>> stores;
  std::map<std::string, Declared<sync::PauseSetting>> pauses;  ///< By connection.
  std::map<std::string, Declared<sync::SubscriptionSetting>> subscriptions;
  std::map<std::string, Declared<sync::DeliverySetting>> deliveries;  ///< By subscription.
  /// By connection; not declared, but shown beside what is.
  std::map<std::string, Declared<sync::TokenState>> tokens;
};

/// A setting as it is shown.
struct Shown {
  std::string body;
  std::string tag;
};

/// An answer that shows it, with its ETag.
[[nodiscard]] net::Response ShowSetting(Shown shown);
/// The same of a GET: 304 when the caller has it.
[[nodiscard]] net::Response ShowSetting(const Call& call, Shown shown);
/// kRejected "precondition_failed" when the caller has another one in mind.
[[nodiscard]] Result<void> CheckIfMatch(const Call& call, const std::string& tag);
/// What a change that the fold did not take is refused with: something came between.
[[nodiscard]] Error ChangedMeanwhile(const Call& call);
/// 204, of what is deleted.
[[nodiscard]] net::Response Gone();
/// kRejected with this code.
[[nodiscard]] std::unexpected<Error> Rejected(std::string_view code, std::string message);

/// The version of a setting's record; 0 when there is none.
template <typename Setting>
[[nodiscard]] std::uint64_t VersionIn(const std::map<std::string, Declared<Setting>>& settings,
                                      const std::string& id) {
  const auto found = settings.find(id);
  return found == settings.end() ? 0 : found->second.version;
}

/// The setting, or one that says nothing.
template <typename Setting>
[[nodiscard]] Setting SettingIn(const std::map<std::string, Declared<Setting>>& settings,
                                const std::string& id) {
  const auto found = settings.find(id);
  return found == settings.end() ? Setting{} : found->second.setting;
}

/// The setting, which is to be changed by the API: kNotFound when it is not there or deleted,
/// kRejected "managed_by_file" when the file declares it, of which only `changeable` can be
/// changed.
template <typename Setting>
[[nodiscard]] Result<Setting> FindOwn(const std::map<std::string, Declared<Setting>>& settings,
                                      const std::string& id, const std::string& what,
                                      const std::string& changeable) {
  const auto found = settings.find(id);
  if (found == settings.end() || found->second.setting.deleted) {
    return Fail(ErrorKind::kNotFound, "no such " + what);
  }
  if (!found->second.setting.made_by_api) {
    return Rejected("managed_by_file", "the configuration file declares it; only '" + changeable +
                                           "' can be changed here");
  }
  return found->second.setting;
}

/// Whether the entry at `position` made the setting what it is, or one of its latest versions.
template <typename Setting>
[[nodiscard]] bool WasMade(const std::map<std::string, Declared<Setting>>& settings,
                           const std::string& id, storage::Position position) {
  const auto found = settings.find(id);
  return found != settings.end() &&
         std::ranges::find(found->second.trail, position.offset, &sync::TrailItem::offset) !=
             found->second.trail.end();
}

/// A setting's payload that counts only while these records have these versions.
[[nodiscard]] std::string Conditional(const std::string& payload,
                                      const std::map<std::string, std::uint64_t>& versions);

boost::asio::awaitable<Result<Settings>> ReadSettings(storage::Storage& storage,
                                                      std::string merchant);

/// A page of `items` (id -> one JSON object) in the order of their ids, as the call's `limit` and
/// `cursor` ask. kRejected when they are not valid.
[[nodiscard]] Result<net::Response> ShowPage(const Call& call,
                                             const std::map<std::string, std::string>& items);

}  // namespace weir::gateway
