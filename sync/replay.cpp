// SPDX-License-Identifier: Apache-2.0
#include "sync/replay.hpp"

#include <fmt/format.h>

#include <utility>

#include "sync/replay_storage.hpp"
#include "sync/start.hpp"

namespace weir::sync {
namespace {

// Nobody waits for a batch.
constexpr std::size_t kEntriesAtOnce = 2048;
constexpr auto kNoHurry = std::chrono::seconds(1);

}  // namespace

boost::asio::awaitable<Result<ReplayReport>> Replay(storage::Storage& live,
                                                    storage::Storage& scratch, MakeRules rules,
                                                    const Mappers& mappers, const Clock& clock,
                                                    boost::asio::any_io_executor mapping) {
  const std::uint64_t first = scratch.view_position().offset + 1;
  if (live.journal_begin().offset > first) {
    co_return Fail(ErrorKind::kConflict,
                   fmt::format("the journal begins at {} and the replay at {}: replay from a "
                               "snapshot at or behind the journal's beginning",
                               live.journal_begin().offset, first));
  }
  ReplayReport report;
  ReplayStorage both(live, scratch, report);
  const std::unique_ptr<FoldRules> fold = rules(both);
  constexpr std::size_t kNoQueue = 0;
  FoldQueue queue(clock, kNoQueue);
  Folder folder(
      both, queue, *fold, mappers, clock,
      {.max_entries = kEntriesAtOnce, .max_time = kNoHurry, .mapping = std::move(mapping)});
  if (auto held = co_await folder.Start(); !held) co_return std::unexpected(held.error());
  if (auto folded = co_await CatchUp(both, folder); !folded) {
    co_return std::unexpected(folded.error());
  }
  if (auto compared = co_await both.CompareRest(); !compared) {
    co_return std::unexpected(compared.error());
  }
  co_return report;
}

}  // namespace weir::sync
