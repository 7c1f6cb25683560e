// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/words.hpp"

#include <mutex>

namespace weir::storage {

void Words::Load(SqliteConnection& connection) {
  SqliteStatement statement(connection, "SELECT no, text FROM word ORDER BY no");
  SqliteRows rows(statement);
  while (rows.Next()) {
    if (Add(rows.Text(1)) != rows.Int(0)) {
      throw Failure(ErrorKind::kMalformed, "the view's words are not numbered densely");
    }
  }
}

std::optional<Words::Number> Words::Find(std::string_view text) const {
  const std::shared_lock lock(mutex_);
  return FindOwn(text);
}

std::string Words::Text(Number number) const {
  const std::shared_lock lock(mutex_);
  if (number < 1 || static_cast<std::size_t>(number) > texts_.size()) return {};
  return texts_[static_cast<std::size_t>(number - 1)];
}

std::optional<Words::Number> Words::FindOwn(std::string_view text) const {
  if (text.empty()) return 0;
  const auto found = numbers_.find(text);
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

Words::Number Words::Add(std::string_view text) {
  const std::unique_lock lock(mutex_);
  texts_.emplace_back(text);
  const auto number = static_cast<Number>(texts_.size());
  numbers_.emplace(texts_.back(), number);
  return number;
}

}  // namespace weir::storage
