// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/batch.hpp"
#include "storage/embedded/blobs.hpp"
#include "storage/embedded/schema.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/words.hpp"

namespace weir::storage {

/// Writes records of view.db, touching no more of its indexes than a record's change asks for.
class RecordWriter {
 public:
  /// Both outlive this.
  RecordWriter(SqliteConnection& connection, BlobPacker& packer);

  /// The numbers of a record's words.
  struct RowWords {
    Words::Number merchant;
    Words::Number store;
    Words::Number platform;
    Words::Number connection;
    Words::Number status;
  };
  /// Inserts or replaces the record. Returns the published_seq it had before; 0 for a new one.
  std::uint64_t Put(const RecordRow& row, const RowWords& words);

 private:
  /// What a record's row holds now.
  struct Known {
    std::int64_t key = 0;
    std::uint64_t published_seq = 0;
    bool same_place = false;  ///< Only content, version, status and updated_at may differ.
    bool same_status = false;
  };
  [[nodiscard]] bool Insert(const RecordRow& row, const RowWords& words, Blob state);
  [[nodiscard]] std::optional<Known> Find(const RecordRow& row, const RowWords& words);
  void Update(const Known& known, const RecordRow& row, const RowWords& words, Blob state);

  SqliteConnection& connection_;
  BlobPacker& packer_;
  SqliteStatement insert_;
  SqliteStatement find_;
  SqliteStatement touch_;
  SqliteStatement move_;
  SqliteStatement replace_;
};

}  // namespace weir::storage
