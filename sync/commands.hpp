// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "storage/storage.hpp"
#include "sync/command_hand.hpp"
#include "sync/command_quotas.hpp"
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
/// Each attempt is an entry, and folded, before its first byte leaves, and its outcome another: a
/// command that ended before does not leave any more. Where the outcome
/// is not known (no answer came, or the process ended), the platform is asked what is true before
/// anything is sent again. One command of a subject is under way at a time, the lowest lane first.
/// What fails for a passing reason is repeated after 1 s, 5 s, 20 s, 1 min, then every 5 min, with
/// jitter, or when the platform says, until its deadline. Those of a paused connection wait, as do
/// those over their quota.
class Commands {
 public:
  explicit Commands(CommandParts parts);
  ~Commands();

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
  [[nodiscard]] CommandHand& HandOf(const CommandRecord& record);
  boost::asio::awaitable<CommandOutcome> Carry(CommandRecord record);
  boost::asio::awaitable<CommandOutcome> Send(CommandRecord record);
  boost::asio::awaitable<CommandOutcome> AskTruth(CommandRecord record);
  /// Whether the attempt stands in the view: the command was not over by then.
  boost::asio::awaitable<Result<bool>> Begin(const CommandRecord& record, CommandAttempt attempt);
  boost::asio::awaitable<Result<void>> Keep(const CommandRecord& record,
                                            std::vector<connectors::PulledItem> items);
  boost::asio::awaitable<Result<storage::Position>> Append(const CommandRecord& record,
                                                           storage::EntryKind kind,
                                                           std::string payload);
  boost::asio::awaitable<void> WaitFolded(storage::Position position);
  [[nodiscard]] Instant AgainAt(const CommandRecord& record, const Error& error);
  /// What an error that keeps the command open makes of it.
  [[nodiscard]] CommandOutcome Later(const CommandRecord& record, CommandStatus status,
                                     Error error);

  CommandParts parts_;
  CommandQuotas quotas_;
  std::map<std::string, std::unique_ptr<CommandHand>, std::less<>>
      hands_;  ///< By kind, or by what stands before its dot.
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::set<std::string> busy_;  ///< Merchant/subject of what is under way.
};

}  // namespace weir::sync
