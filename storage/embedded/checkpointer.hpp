// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/view.hpp"

namespace weir::storage {

struct CheckpointOptions {
  std::uint64_t wal_bytes = 32ULL << 20;
  std::chrono::seconds interval{5};
};

/// Moves what the view's WAL holds into view.db, beside the fold. Callable from any thread.
///
/// A busy writer never lets the WAL start over by itself: it always adds something behind the
/// checkpoint. So after the bulk has been copied beside it, the writer is held for one last short
/// round, and its next commit begins at the front of the WAL file again.
class Checkpointer {
 public:
  struct Stats {
    std::uint64_t rounds = 0;
    std::uint64_t holds = 0;
    std::chrono::nanoseconds longest_hold{0};
  };

  /// Both outlive this.
  Checkpointer(View& view, const Clock& clock, CheckpointOptions options = {});

  /// Checkpoints when it is due; false when it was not. Sleep as long as you like in between.
  Result<bool> Step();
  /// Everything, now, with the writer held; the WAL is emptied.
  Result<void> All();
  [[nodiscard]] Stats stats() const;

 private:
  struct Progress {
    bool blocked = false;   ///< By a reader or another checkpoint.
    std::int64_t left = 0;  ///< Pages that are still only in the WAL.
  };
  [[nodiscard]] bool Due() const;
  [[nodiscard]] Progress Round(int mode);
  void RoundWithWriterHeld();

  View& view_;
  const Clock& clock_;
  const CheckpointOptions options_;
  mutable std::mutex mutex_;
  SqliteConnection connection_;
  std::uint64_t done_commits_ = 0;
  std::chrono::nanoseconds last_;
  Stats stats_;
};

}  // namespace weir::storage
