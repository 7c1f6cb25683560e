// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "storage/batch.hpp"
#include "storage/storage.hpp"

namespace weir::storage {

/// Records, feed and work in plain maps. Not safe from two threads at once.
class MemoryView {
 public:
  [[nodiscard]] Position position() const { return position_; }
  [[nodiscard]] std::uint32_t fold_version() const { return fold_version_; }
  [[nodiscard]] std::uint64_t FeedEnd(const std::string& merchant) const;

  /// All of the batch or, with an error, nothing of it.
  Result<void> Apply(Position expected, Batch batch);

  [[nodiscard]] std::optional<RecordRow> Read(RecordKind kind, const std::string& merchant,
                                              const std::string& id) const;
  [[nodiscard]] std::vector<RecordRow> ReadAll(RecordKind kind) const;
  [[nodiscard]] RecordPage ReadPage(std::uint64_t from, std::size_t limit) const;
  [[nodiscard]] std::optional<Published> ReadPublished(RecordKind kind, const std::string& merchant,
                                                       const std::string& id) const;
  [[nodiscard]] ListPage List(const ListQuery& query) const;
  [[nodiscard]] std::vector<std::string> FindAlias(const std::string& merchant,
                                                   const std::string& kind, const std::string& key,
                                                   std::size_t limit) const;
  [[nodiscard]] ChangesPage ReadChanges(const std::string& merchant, SeqRange range,
                                        std::size_t limit,
                                        const std::vector<std::string>& types) const;
  [[nodiscard]] std::vector<ChangeRow> ReadChangesAt(const std::string& merchant,
                                                     const std::vector<std::uint64_t>& seqs) const;
  [[nodiscard]] std::vector<WorkRow> DueWork(const std::string& kind, Instant until,
                                             std::size_t limit) const;
  [[nodiscard]] std::optional<Instant> NextDue(const std::string& kind) const;
  [[nodiscard]] std::optional<WorkRow> FindWork(const WorkKey& key) const;
  [[nodiscard]] std::vector<QuarantineRow> ListQuarantine(const std::string& merchant,
                                                          std::optional<Position> before,
                                                          std::size_t limit) const;

 private:
  using RecordKey = std::tuple<RecordKind, std::string, std::string>;
  using Key = std::tuple<std::string, std::string, std::string>;

  [[nodiscard]] Result<void> Check(Position expected, const Batch& batch) const;
  [[nodiscard]] Published ToPublished(const RecordRow& row) const;

  Position position_;
  std::uint32_t fold_version_ = 0;
  std::map<RecordKey, RecordRow> records_;
  std::map<std::string, std::vector<ChangeRow>> feeds_;  ///< Change n stands at n - 1.
  std::map<Key, WorkRow> works_;
  std::map<Key, std::map<std::string, AliasRow>> aliases_;
  std::map<Position, QuarantineRow> quarantine_;
};

}  // namespace weir::storage
