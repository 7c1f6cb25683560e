// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/checkpointer.hpp"

#include <algorithm>

namespace weir::storage {
namespace {

/// So little can be copied while the writer waits: about a millisecond.
constexpr std::int64_t kShortRoundPages = 512;
/// A WAL that grew to so many times its bound is worth a longer wait.
constexpr std::uint64_t kFarTooLong = 4;
constexpr int kMostBulkRounds = 4;
constexpr int kPatienceMilliseconds = 2000;

}  // namespace

Checkpointer::Checkpointer(View& view, const Clock& clock, CheckpointOptions options)
    : view_(view),
      clock_(clock),
      options_(options),
      connection_(view.vfs(), view.path(), SqliteConnection::Mode::kReadWrite),
      last_(clock.Monotonic()) {
  connection_.Execute("PRAGMA wal_autocheckpoint = 0");
  SetFlushing(connection_, view.flushing());
  connection_.Execute("PRAGMA cache_size = -256");
  // Only a connection that has read knows that there is a WAL.
  static_cast<void>(connection_.Number("SELECT position FROM meta"));
}

bool Checkpointer::Due() const {
  if (view_.commits() == done_commits_) return false;
  return view_.wal_bytes() >= options_.wal_bytes || clock_.Monotonic() - last_ >= options_.interval;
}

Checkpointer::Progress Checkpointer::Round(int mode) {
  int wal_pages = 0;
  int copied = 0;
  const int code = sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, mode, &wal_pages, &copied);
  if (code != SQLITE_OK && code != SQLITE_BUSY) connection_.Throw(code);
  ++stats_.rounds;
  // SQLite counts the WAL as it was when the round began; the writer has gone on since.
  const auto now_in_wal = static_cast<std::int64_t>(view_.wal_bytes() / kViewPageBytes);
  return {.blocked = code == SQLITE_BUSY, .left = now_in_wal - copied};
}

Result<bool> Checkpointer::Step() {
  const std::lock_guard lock(mutex_);
  if (!Due()) return false;
  return AtEdge([&] {
    const auto commits = view_.commits();
    sqlite3_busy_timeout(connection_.get(), 0);
    auto progress = Round(SQLITE_CHECKPOINT_PASSIVE);
    for (int i = 1; i < kMostBulkRounds && progress.left > kShortRoundPages; ++i) {
      progress = Round(SQLITE_CHECKPOINT_PASSIVE);
    }
    // With nothing left, the writer finds by itself that it may start over.
    const bool is_short = progress.left <= kShortRoundPages;
    const bool is_urgent = view_.wal_bytes() >= kFarTooLong * options_.wal_bytes;
    if (progress.left > 0 && (is_short || is_urgent)) RoundWithWriterHeld();
    done_commits_ = commits;
    last_ = clock_.Monotonic();
    return true;
  });
}

void Checkpointer::RoundWithWriterHeld() {
  const std::lock_guard hold(view_.gate());
  const auto begin = clock_.Monotonic();
  // A reader in the way makes this end early; then the WAL grows on until the next round.
  static_cast<void>(Round(SQLITE_CHECKPOINT_RESTART));
  ++stats_.holds;
  stats_.longest_hold = std::max(stats_.longest_hold, clock_.Monotonic() - begin);
}

Result<void> Checkpointer::All() {
  const std::lock_guard lock(mutex_);
  return AtEdge([&] {
    const std::lock_guard hold(view_.gate());
    sqlite3_busy_timeout(connection_.get(), kPatienceMilliseconds);
    if (Round(SQLITE_CHECKPOINT_TRUNCATE).blocked) {
      throw Failure(ErrorKind::kConflict, "a reader kept the view from being checkpointed");
    }
    done_commits_ = view_.commits();
    last_ = clock_.Monotonic();
  });
}

Checkpointer::Stats Checkpointer::stats() const {
  const std::lock_guard lock(mutex_);
  return stats_;
}

}  // namespace weir::storage
