// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "storage/storage.hpp"
#include "sync/fold_batch.hpp"
#include "sync/fold_queue.hpp"
#include "sync/mappers.hpp"
#include "sync/requests.hpp"

/// The fold: entries in their order become records and changes.
namespace weir::sync {

/// One entry with what its map made of it (null where the kind has no platform payload).
struct FoldInput {
  storage::Entry entry;
  std::shared_ptr<mapping::Mapped> mapped;
};

/// How an entry changes the view: a function of the entry, its facts and the view at that
/// position. Reads no clock and no random number, so that a replay gives the same.
class FoldRules {
 public:
  virtual ~FoldRules() = default;

  /// The number of this fold's code: changes whenever the same entries would give other records.
  [[nodiscard]] virtual std::uint32_t version() const = 0;

  /// True when the entry reads more of the view than single records through the rules' own cache;
  /// such an entry starts a batch of its own, because the view shows only applied batches.
  [[nodiscard]] virtual bool NeedsAppliedView(const FoldInput& input) const = 0;

  /// Adds what the entry does to the batch, taking the facts out of the input. A throw parks the
  /// entry, the same on every replay.
  virtual boost::asio::awaitable<void> Fold(FoldInput& input, FoldBatch& batch) = 0;

  /// Forget every cached record: the last batch was not applied.
  virtual void Reset() = 0;
};

/// The payload of an epoch entry: from here on `version` makes the records.
[[nodiscard]] std::string EncodeEpoch(std::uint32_t version, std::uint32_t former);
/// Throws std::runtime_error when the payload is none.
[[nodiscard]] std::uint32_t EpochVersion(const storage::Entry& entry);

struct FolderOptions {
  std::size_t max_entries = 256;
  std::chrono::microseconds max_time{8000};  ///< Reached only by a backlog.
  /// Where entries read back from the journal are mapped, beside the fold; none: where it runs.
  /// The folder's context outlives its threads.
  boost::asio::any_io_executor mapping{};
};

/// Drives the rules over the journal and applies what they did. One coroutine at a time.
class Folder {
 public:
  Folder(storage::Storage& storage, FoldQueue& queue, FoldRules& rules, const Mappers& mappers,
         const Clock& clock, FolderOptions options = {});

  /// Takes the shard's lease; before the first Step.
  boost::asio::awaitable<Result<void>> Start();

  /// Folds and applies one batch of what is durable. Returns how many entries; 0 when the view has
  /// reached the journal's end. After an error the same entries are folded again by the next call;
  /// kConflict means that another process owns the view now.
  boost::asio::awaitable<Result<std::size_t>> Step();

  /// How far behind the journal the view is: entries, and how long the oldest of them has waited.
  struct Lag {
    std::uint64_t entries = 0;
    std::chrono::nanoseconds age{};
  };
  [[nodiscard]] Lag lag() const;

  /// The next entry to fold.
  [[nodiscard]] std::uint64_t next() const { return next_; }

 private:
  boost::asio::awaitable<Result<void>> Refill();
  boost::asio::awaitable<Result<std::vector<FoldInput>>> ReadBack(std::uint64_t from);
  /// Where the entries behind the inputs are to be read back from; nullopt while nothing is.
  [[nodiscard]] std::optional<std::uint64_t> NextToReadBack() const;
  boost::asio::awaitable<Result<std::size_t>> FoldAndApply();
  boost::asio::awaitable<void> FoldOne(FoldInput& input, FoldBatch& batch);
  boost::asio::awaitable<std::size_t> FoldRun(FoldBatch& batch);
  void StartOver();

  storage::Storage& storage_;
  FoldQueue& queue_;
  FoldRules& rules_;
  const Mappers& mappers_;
  const Clock& clock_;
  const FolderOptions options_;
  RequestFold requests_;
  storage::Fence fence_;
  std::uint64_t next_ = 1;
  Instant last_stamp_{};            ///< Of the last entry applied.
  std::vector<FoldInput> inputs_;   ///< Taken but not yet applied, from `next_` on.
  bool reads_back_ = false;         ///< The inputs came from the journal, not from the queue.
  std::vector<FoldInput> ahead_;    ///< What follows them there, read while they are folded.
  std::set<std::uint64_t> parked_;  ///< Entries of inputs_ that threw.
};

}  // namespace weir::sync
