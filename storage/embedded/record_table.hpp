// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/batch.hpp"
#include "storage/embedded/schema.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/words.hpp"

namespace weir::storage {

/// Single records of view.db by their id, for the writer and for readers.
class RecordTable {
 public:
  RecordTable(SqliteConnection& connection, const Words& words);

  [[nodiscard]] std::optional<RecordRow> Find(RecordKind kind, const std::string& merchant,
                                              const std::string& id);

  /// What a record's row holds beside its content: enough to see which indexes an update touches.
  struct Known {
    std::int64_t key = 0;
    std::uint64_t published_seq = 0;
    bool same_place = false;  ///< Only content, version, status and updated_at may differ.
    bool same_status = false;
  };
  /// `words` of `row` as they will be written.
  struct RowWords {
    Words::Number store;
    Words::Number platform;
    Words::Number connection;
    Words::Number status;
  };
  [[nodiscard]] std::optional<Known> FindKnown(std::int64_t family, const RecordRow& row,
                                               const RowWords& row_words);

  /// The columns that FromRow reads, in its order.
  static constexpr std::string_view kColumns =
      "family, version, published_seq, store, platform, connection, status, sorted_at, updated_at, "
      "id, number, display, trail, state";
  [[nodiscard]] static RecordRow FromRow(const SqliteRows& rows, const Words& words);

 private:
  const Words& words_;
  SqliteStatement find_;
  SqliteStatement known_;
};

}  // namespace weir::storage
