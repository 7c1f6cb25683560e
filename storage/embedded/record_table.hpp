// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/batch.hpp"
#include "storage/embedded/blobs.hpp"
#include "storage/embedded/schema.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/words.hpp"

namespace weir::storage {

/// Reads single records of view.db by their id, for the writer and for readers.
class RecordTable {
 public:
  RecordTable(SqliteConnection& connection, const Words& words, const KeyRing& keys);

  [[nodiscard]] std::optional<RecordRow> Find(RecordKind kind, const std::string& merchant,
                                              const std::string& id);

  /// The columns that FromRow reads, in its order.
  static constexpr std::string_view kColumns =
      "family, version, published_seq, store, platform, connection, status, sorted_at, updated_at, "
      "id, number, display, trail, state";
  [[nodiscard]] static RecordRow FromRow(const SqliteRows& rows, const Words& words,
                                         const KeyRing& keys);
  /// Where its state stands.
  [[nodiscard]] static BlobPlace PlaceOf(std::int64_t family, std::string_view id);

 private:
  const Words& words_;
  const KeyRing& keys_;
  SqliteStatement find_;
};

}  // namespace weir::storage
