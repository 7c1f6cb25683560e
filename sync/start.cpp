// SPDX-License-Identifier: Apache-2.0
#include "sync/start.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <utility>

namespace weir::sync {
namespace {

constexpr std::size_t kScanEntries = 1024;
constexpr std::size_t kScanBytes = 4U << 20;

using SettingsById = std::map<std::pair<std::string, std::string>, std::string>;

storage::NewEntry SettingEntry(const std::string& merchant, std::string payload) {
  storage::NewEntry entry;
  entry.envelope.kind = storage::EntryKind::kSetting;
  entry.envelope.merchant = merchant;
  entry.payload = std::move(payload);
  return entry;
}

// The same setting, switched off: its block is gone from the file.
std::string Disabled(const std::string& payload) {
  auto setting = nlohmann::json::parse(payload);
  setting["enabled"] = false;
  return setting.dump();
}

SettingsById ById(const std::vector<DeclaredSettings>& declared) {
  SettingsById by_id;
  for (const DeclaredSettings& merchant : declared) {
    const auto add = [&](const auto& settings) {
      for (const auto& setting : settings) {
        by_id[{merchant.merchant, SettingId(setting)}] = EncodeSetting(setting);
      }
    };
    add(merchant.connections);
    add(merchant.stores);
    add(merchant.subscriptions);
  }
  return by_id;
}

}  // namespace

boost::asio::awaitable<Result<void>> CheckEpoch(storage::Storage& storage, const FoldRules& rules) {
  const storage::Position view = storage.view_position();
  const storage::Position published = storage.published_at_open();
  std::uint32_t made_by = storage.fold_version();
  // An empty view may be built from the first entry on, which is an epoch.
  bool ours = made_by == rules.version() || view.offset == 0;
  storage::Position next{0, view.offset + 1};
  while (ours && next <= published) {
    auto page = co_await storage.Scan(next, kScanEntries, kScanBytes);
    if (!page) co_return std::unexpected(page.error());
    if (page->empty()) break;
    for (const storage::Entry& entry : *page) {
      if (entry.position > published) break;
      if (entry.envelope.kind != storage::EntryKind::kEpoch) continue;
      made_by = EpochVersion(entry);
      ours = ours && made_by == rules.version();
    }
    next.offset = page->back().position.offset + 1;
  }
  if (ours || published <= view) co_return Result<void>{};
  co_return Fail(
      ErrorKind::kConflict,
      fmt::format(
          "the view stands at {} but changes up to {} have been read by others, made by fold "
          "version {}; this program folds version {} and would number them anew. Start the "
          "former program once on this data folder, or restore a newer view, then upgrade",
          view.ToText(), published.ToText(), made_by, rules.version()));
}

boost::asio::awaitable<Result<void>> CatchUp(storage::Storage& storage, Folder& folder) {
  const std::uint64_t end = storage.journal_end().offset;
  while (folder.next() <= end) {
    auto folded = co_await folder.Step();
    if (!folded) co_return std::unexpected(folded.error());
    if (*folded == 0) {
      co_return Fail(ErrorKind::kInternal, fmt::format("entry {} cannot be read", folder.next()));
    }
  }
  co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> EnterEpoch(storage::Storage& storage, Folder& folder,
                                                const FoldRules& rules) {
  if (storage.fold_version() == rules.version()) co_return Result<void>{};
  if (auto durable = co_await storage.Checkpoint(); !durable) co_return durable;
  std::vector<storage::NewEntry> entries(1);
  entries[0].envelope.kind = storage::EntryKind::kEpoch;
  entries[0].payload = EncodeEpoch(rules.version(), storage.fold_version());
  auto position = co_await storage.Append(std::move(entries));
  if (!position) co_return std::unexpected(position.error());
  co_return co_await CatchUp(storage, folder);
}

boost::asio::awaitable<Result<AppendedSettings>> AppendSettings(
    storage::Storage& storage, std::vector<DeclaredSettings> declared) {
  const SettingsById wanted = ById(declared);
  auto rows = co_await storage.ReadAll(storage::RecordKind::kSetting);
  if (!rows) co_return std::unexpected(rows.error());
  SettingsById known;
  for (storage::RecordRow& row : *rows) {
    known[{std::move(row.merchant), std::move(row.id)}] = std::move(row.state);
  }
  std::vector<storage::NewEntry> entries;
  for (const auto& [key, payload] : wanted) {
    const auto found = known.find(key);
    if (found == known.end() || found->second != payload) {
      entries.push_back(SettingEntry(key.first, payload));
    }
  }
  for (const auto& [key, payload] : known) {
    if (wanted.contains(key) || !IsDeclaredByFile(payload)) continue;
    std::string disabled = Disabled(payload);
    if (disabled != payload) entries.push_back(SettingEntry(key.first, std::move(disabled)));
  }
  AppendedSettings appended{.count = entries.size(), .last = storage.journal_end()};
  if (entries.empty()) co_return appended;
  auto position = co_await storage.Append(std::move(entries));
  if (!position) co_return std::unexpected(position.error());
  appended.last = {position->shard, position->offset + appended.count - 1};
  co_return appended;
}

boost::asio::awaitable<Result<std::size_t>> DeclareSettings(
    storage::Storage& storage, Folder& folder, std::vector<DeclaredSettings> declared) {
  const auto appended = co_await AppendSettings(storage, std::move(declared));
  if (!appended) co_return std::unexpected(appended.error());
  if (appended->count == 0) co_return appended->count;
  auto folded = co_await CatchUp(storage, folder);
  if (!folded) co_return std::unexpected(folded.error());
  co_return appended->count;
}

}  // namespace weir::sync
