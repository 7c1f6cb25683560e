// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "storage/embedded/sqlite.hpp"

namespace weir::storage {

/// The view's short words (merchants, stores, platforms, statuses, types), kept in rows as small
/// numbers. There are few of them, all named by configuration or code, and none ever goes. 0 is
/// the empty word. Find and Text are callable from any thread; the rest belongs to the writer.
class Words {
 public:
  using Number = std::int64_t;

  void Load(SqliteConnection& connection);

  [[nodiscard]] std::optional<Number> Find(std::string_view text) const;
  [[nodiscard]] std::string Text(Number number) const;

  /// As Find, for the writer, without a lock: nobody else adds words.
  [[nodiscard]] std::optional<Number> FindOwn(std::string_view text) const;
  Number Add(std::string_view text);
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

 private:
  mutable std::shared_mutex mutex_;
  std::deque<std::string> texts_;  ///< Word n stands at n - 1.
  std::unordered_map<std::string_view, Number> numbers_;
};

}  // namespace weir::storage
