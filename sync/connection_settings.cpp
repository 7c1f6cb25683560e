// SPDX-License-Identifier: Apache-2.0
#include "sync/connection_settings.hpp"

#include <stdexcept>
#include <utility>

namespace weir::sync {

const ConnectionSetting* ConnectionSettings::Find(std::string_view merchant,
                                                  std::string_view connection) const {
  const auto of_merchant = known_.find(merchant);
  if (of_merchant == known_.end()) return nullptr;
  const auto found = of_merchant->second.find(connection);
  return found == of_merchant->second.end() ? nullptr : &found->second;
}

boost::asio::awaitable<const ConnectionSetting*> ConnectionSettings::Load(std::string merchant,
                                                                          std::string connection) {
  if (const auto* known = Find(merchant, connection)) co_return known;
  ConnectionSetting setting{.id = connection};
  auto row = co_await storage_.Load(storage::RecordKind::kSetting, merchant, SettingId(setting));
  if (!row) throw std::runtime_error(row.error().message);
  if (*row) {
    auto decoded = DecodeConnectionSetting((*row)->state);
    if (!decoded) throw std::runtime_error(decoded.error().message);
    setting = *std::move(decoded);
  }
  co_return &Put(merchant, std::move(setting));
}

const ConnectionSetting& ConnectionSettings::Put(std::string_view merchant,
                                                 ConnectionSetting setting) {
  auto id = setting.id;
  return known_[std::string(merchant)]
      .insert_or_assign(std::move(id), std::move(setting))
      .first->second;
}

boost::asio::awaitable<Result<bool>> IsPaused(storage::Storage& storage, std::string merchant,
                                              std::string connection) {
  const auto row =
      co_await storage.Read(storage::RecordKind::kSetting, std::move(merchant),
                            SettingId(PauseSetting{.connection = std::move(connection)}));
  if (!row) co_return std::unexpected(row.error());
  if (!*row) co_return false;
  const auto pause = DecodePauseSetting((*row)->state);
  if (!pause) co_return std::unexpected(pause.error());
  co_return pause->paused;
}

}  // namespace weir::sync
