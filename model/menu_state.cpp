// SPDX-License-Identifier: Apache-2.0
#include "model/menu_state.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "base/json_writer.hpp"
#include "model/look_codec.hpp"
#include "model/menu_json.hpp"

namespace weir::model {

void Describe(auto& archive, Same<MenuItemText> auto& i) { archive(i.id, i.json); }

namespace {

constexpr std::uint8_t kVersion = 1;

void WriteNames(JsonWriter& json, std::string_view name, const std::vector<std::string>& ids) {
  json.Key(name).BeginArray();
  for (std::size_t i = 0; i < ids.size() && i < kMostNamedItems; ++i) json.String(ids[i]);
  json.EndArray();
}

}  // namespace

bool MenuState::Merge(MenuFacts facts) {
  if (facts.key <= key_) return false;
  key_ = facts.key;
  platform_shop_ = std::move(facts.platform_shop);
  issues_ = std::move(facts.issues);
  categories_.clear();
  AppendMenuCategories(categories_, facts.categories);
  items_.clear();
  items_.reserve(facts.items.size());
  std::set<std::string, std::less<>> seen;
  for (const MenuItem& item : facts.items) {
    // A menu that changes while its pages are read may tell an item twice.
    if (!seen.insert(item.id).second) continue;
    MenuItemText& text = items_.emplace_back(item.id, std::string());
    AppendMenuItem(text.json, item);
  }
  return true;
}

std::uint64_t MenuState::items_sum() const {
  std::uint64_t sum = 0;
  for (const MenuItemText& item : items_) sum = Checksum(item.json, sum);
  return sum;
}

MenuChanges MenuState::ChangesSince(const MenuState& before) const {
  std::map<std::string_view, const std::string*> known;
  for (const MenuItemText& item : before.items_) known.emplace(item.id, &item.json);
  MenuChanges changes;
  for (const MenuItemText& item : items_) {
    const auto former = known.find(item.id);
    if (former == known.end()) {
      changes.added.push_back(item.id);
    } else {
      if (*former->second != item.json) changes.changed.push_back(item.id);
      known.erase(former);
    }
  }
  for (const auto& [id, json] : known) changes.removed.emplace_back(id);
  std::ranges::sort(changes.added);
  std::ranges::sort(changes.changed);
  return changes;
}

void MenuState::AppendBody(std::string& out, std::string_view platform, std::string_view connection,
                           std::string_view store) const {
  JsonWriter(out)
      .Member("platform", platform)
      .Member("connection", connection)
      .Member("store", store.empty() ? std::nullopt : std::optional(std::string(store)))
      .Member("platform_shop", platform_shop_)
      .Member("currency", "CNY")
      .Member("observed_at", key_.asked_at)
      .Key("categories")
      .Raw(categories_)
      .Member("item_count", std::uint64_t{items_.size()});
}

void MenuState::AppendTail(std::string& out, std::string_view store) const {
  JsonWriter json(out);
  json.Key("extra").BeginObject().EndObject();
  std::vector<Issue> issues = issues_;
  if (store.empty()) issues.push_back({.code = "unmapped_store", .detail = platform_shop_});
  WriteIssues(json, issues);
}

void MenuState::Encode(std::string& out) const {
  BinaryWriter(out).U8(kVersion);
  Encoder encode(out);
  encode(key_, platform_shop_, categories_, items_, issues_);
}

Result<MenuState> MenuState::Decode(std::string_view bytes) {
  if (bytes.empty() || static_cast<std::uint8_t>(bytes.front()) != kVersion) {
    return Fail(ErrorKind::kMalformed, "A stored menu is empty or of an unknown version.");
  }
  MenuState state;
  Decoder decoder(bytes.substr(1));
  decoder(state.key_, state.platform_shop_, state.categories_, state.items_, state.issues_);
  if (!decoder.done()) return Fail(ErrorKind::kMalformed, "A stored menu is damaged.");
  return state;
}

void AppendMenuChanges(std::string& out, const MenuChanges& changes) {
  JsonWriter json(out);
  json.Key("changes").BeginObject();
  WriteNames(json, "added", changes.added);
  WriteNames(json, "removed", changes.removed);
  WriteNames(json, "changed", changes.changed);
  const std::size_t most =
      std::max({changes.added.size(), changes.removed.size(), changes.changed.size()});
  json.Member("more", most > kMostNamedItems).EndObject();
}

}  // namespace weir::model
