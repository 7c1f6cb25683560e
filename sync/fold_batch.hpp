// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "storage/batch.hpp"

namespace weir::sync {

/// What the entries of one batch have done so far. Records put twice keep the last; changes are
/// numbered as they come.
class FoldBatch {
 public:
  /// `feed_end` tells a merchant's last published seq before this batch.
  explicit FoldBatch(std::function<std::uint64_t(const std::string& merchant)> feed_end)
      : feed_end_(std::move(feed_end)) {}

  void Put(storage::RecordRow row);
  /// A record as this batch has put it; null when it has not. Good until the next Put.
  [[nodiscard]] const storage::RecordRow* FindPut(storage::RecordKind kind,
                                                  std::string_view merchant,
                                                  std::string_view id) const;

  /// Numbers and keeps a change; its seq, cause and ordinal are set here. Returns the seq.
  std::uint64_t Publish(storage::Position cause, storage::ChangeRow change);

  /// The place of the next command that the fold plans for an entry, from 1.
  [[nodiscard]] std::uint32_t NextCommand(storage::Position cause);

  /// Plans work; the later plan for the same subject replaces the earlier.
  void Plan(storage::WorkRow work);
  void Done(storage::WorkKey key);
  void AddAlias(storage::AliasRow alias);
  void DropAlias(storage::AliasRow alias);

  /// The rest of the batch, where nothing has to be kept apart.
  storage::Batch& rows() { return batch_; }
  [[nodiscard]] storage::Batch Finish(storage::Position through) &&;

 private:
  std::function<std::uint64_t(const std::string&)> feed_end_;
  std::unordered_map<std::string, std::uint64_t> last_seq_;
  std::unordered_map<std::string, std::size_t> put_at_;
  storage::Position last_cause_;
  std::uint32_t next_ordinal_ = 0;
  storage::Position planned_for_;
  std::uint32_t commands_ = 0;  ///< Planned for it.
  storage::Batch batch_;
};

}  // namespace weir::sync
