// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "storage/storage.hpp"
#include "sync/command_record.hpp"
#include "sync/errands.hpp"
#include "sync/ingest.hpp"

namespace weir::sync {

/// Where commands are kept and sent; all of it outlives them.
struct CommandParts {
  storage::Storage& storage;
  Ingest& ingest;
  FindOrderReader readers;
  const Clock& clock;
  Timer& timer;
  Random& random;
};

/// Carries out commands: what leaves does so at most once as far as anybody can tell.
///
/// Each attempt is an entry before its first byte leaves and its outcome another. Where the outcome
/// is not known (no answer came, or the process ended), the platform is asked what is true before
/// anything is sent again. One command of a subject is under way at a time, the lowest lane first.
/// What fails for a passing reason is repeated after 1 s, 5 s, 20 s, 1 min, then every 5 min, with
/// jitter, or when the platform says, until its deadline. Those of a paused connection wait.
class Commands {
 public:
  explicit Commands(CommandParts parts) : parts_(std::move(parts)) {}

  /// Makes one attempt of the most urgent command that is due, and writes what came of it. True
  /// when there was one. May be run by several at once.
  boost::asio::awaitable<Result<bool>> Step();

  /// Attempts under way end; no other begins.
  void Stop() { stopped_ = true; }

 private:
  struct Due;
  class Turn;

  boost::asio::awaitable<Result<std::optional<Due>>> Next();
  boost::asio::awaitable<Result<std::optional<Due>>> FirstOf(std::vector<storage::WorkRow> works);
  boost::asio::awaitable<CommandOutcome> Carry(CommandRecord record);
  boost::asio::awaitable<CommandOutcome> Send(CommandRecord record, const OrderReader& reader);
  boost::asio::awaitable<CommandOutcome> AskTruth(CommandRecord record, const OrderReader& reader);
  boost::asio::awaitable<std::optional<CommandStatus>> Truth(const CommandRecord& record);
  boost::asio::awaitable<Result<storage::Position>> Append(const CommandRecord& record,
                                                           storage::EntryKind kind,
                                                           std::string payload);
  boost::asio::awaitable<void> WaitFolded(storage::Position position);
  [[nodiscard]] Instant AgainAt(const CommandRecord& record, const Error& error);

  CommandParts parts_;
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::set<std::string> busy_;  ///< Merchant/subject of what is under way.
};

}  // namespace weir::sync
