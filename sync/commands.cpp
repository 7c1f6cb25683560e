// SPDX-License-Identifier: Apache-2.0
#include "sync/commands.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <set>
#include <utility>

#include "sync/command_fold.hpp"
#include "sync/connection_settings.hpp"
#include "sync/order_hand.hpp"
#include "sync/shipment_hand.hpp"

namespace weir::sync {
namespace {

using boost::asio::awaitable;

constexpr std::size_t kLookedAt = 256;
constexpr std::chrono::milliseconds kFoldPoll{2};
/// How far a platform's reads may be behind what it does: Dada's a minute (its protocol page 4.3).
constexpr std::chrono::minutes kReadsAreBehind{2};
constexpr std::array<std::chrono::seconds, 5> kAgainAfter = {
    std::chrono::seconds(1), std::chrono::seconds(5), std::chrono::seconds(20),
    std::chrono::seconds(60), std::chrono::seconds(300)};

/// What an attempt's error says of the command.
CommandStatus StatusAfter(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kRejected:
    case ErrorKind::kNotFound:
      return CommandStatus::kRejected;
    case ErrorKind::kRateLimited:
    case ErrorKind::kUnauthorized:
      return CommandStatus::kPlanned;  // It was not even looked at.
    case ErrorKind::kConflict:
    case ErrorKind::kTransport:
    case ErrorKind::kMalformed:
    case ErrorKind::kInternal:
      return CommandStatus::kUnknown;
  }
  return CommandStatus::kUnknown;
}

/// Whether an attempt that left may have had effect although a read does not show it yet: then a
/// refusal of the next one says nothing.
bool MayHaveTakenEffect(const CommandRecord& record, Instant now) {
  return std::ranges::any_of(record.tries, [now](const CommandTry& one) {
    const bool open = !one.result || *one.result == CommandStatus::kUnknown;
    return !one.asks && open && one.at > now - kReadsAreBehind;
  });
}

/// Somebody's attempt has left, and nobody wrote down what came of it.
bool IsOpen(CommandStatus status) {
  return status == CommandStatus::kInFlight || status == CommandStatus::kAsked ||
         status == CommandStatus::kUnknown;
}

}  // namespace

/// Of whom something is under way.
class Commands::Busy {
 public:
  /// The right to carry out what is about one subject; gone with this. A process that ends may let
  /// go of it last of all, so it keeps what it needs.
  class Turn {
   public:
    Turn(std::shared_ptr<Busy> all, std::string subject)
        : all_(std::move(all)), subject_(std::move(subject)) {
      const std::lock_guard lock(all_->mutex_);
      is_mine_ = all_->subjects_.insert(subject_).second;
    }
    ~Turn() {
      if (!is_mine_) return;
      const std::lock_guard lock(all_->mutex_);
      all_->subjects_.erase(subject_);
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    [[nodiscard]] bool is_mine() const { return is_mine_; }

   private:
    const std::shared_ptr<Busy> all_;
    const std::string subject_;
    bool is_mine_ = false;
  };

 private:
  std::mutex mutex_;
  std::set<std::string> subjects_;  ///< Merchant/subject.
};

struct Commands::Due {
  CommandRecord record;
  std::unique_ptr<Busy::Turn> turn;
};

awaitable<Result<std::optional<Commands::Due>>> Commands::FirstOf(
    std::vector<storage::WorkRow> works) {
  for (storage::WorkRow& work : works) {
    const auto paused = co_await IsPaused(parts_.storage, work.merchant, work.detail);
    if (!paused) co_return std::unexpected(paused.error());
    if (*paused) continue;
    auto record = co_await ReadCommand(parts_.storage, work.merchant, work.subject);
    if (!record) co_return std::unexpected(record.error());
    if (!*record || IsFinal((*record)->status)) continue;
    auto turn =
        std::make_unique<Busy::Turn>(busy_, work.merchant + "/" + (*record)->request.subject);
    if (turn->is_mine()) {
      // Whoever had the turn before may have moved it since it was read.
      auto now = co_await ReadCommand(parts_.storage, work.merchant, work.subject);
      if (!now) co_return std::unexpected(now.error());
      if ((*now)->version != (*record)->version || !quotas_.Take(**now)) continue;
      co_return Due{.record = **std::move(now), .turn = std::move(turn)};
    }
  }
  co_return std::nullopt;
}

awaitable<Result<std::optional<Commands::Due>>> Commands::Next() {
  for (std::uint8_t lane = 0; lane < kCommandLanes; ++lane) {
    auto works = co_await parts_.storage.DueWork(CommandWork(lane), parts_.clock.Now(), kLookedAt);
    if (!works) co_return std::unexpected(works.error());
    auto first = co_await FirstOf(*std::move(works));
    if (!first || *first) co_return first;
  }
  co_return std::nullopt;
}

awaitable<Result<bool>> Commands::Step() {
  if (stopped_) co_return false;
  auto due = co_await Next();
  if (!due) co_return std::unexpected(due.error());
  if (!*due) co_return false;
  const CommandRecord& record = (*due)->record;
  const CommandOutcome outcome = co_await Carry(record);
  if (outcome.error) {
    spdlog::warn("event=command_failed command={} kind={} status={} error={} code={}", record.id,
                 record.request.kind, Name(outcome.status), Name(outcome.error->kind),
                 outcome.error->remote_code);
  }
  const auto written =
      co_await Append(record, storage::EntryKind::kOutcome, EncodeOutcome(outcome));
  if (!written) co_return std::unexpected(written.error());
  co_await WaitFolded(*written);
  co_return true;
}

Commands::Commands(CommandParts parts)
    : parts_(std::move(parts)), quotas_(parts_.clock), busy_(std::make_shared<Busy>()) {
  const CourierParts couriers{.storage = parts_.storage,
                              .readers = parts_.readers,
                              .clock = parts_.clock,
                              .timer = parts_.timer};
  hands_.emplace("order", std::make_unique<OrderHand>(parts_.storage, parts_.readers));
  hands_.emplace("order.tell_delivery",
                 std::make_unique<DeliveryHand>(parts_.storage, parts_.readers));
  hands_.emplace("shipment", std::make_unique<ActHand>(couriers));
  hands_.emplace("shipment.create", std::make_unique<CreateHand>(couriers));
}

Commands::~Commands() = default;

CommandHand& Commands::HandOf(const CommandRecord& record) {
  const std::string& kind = record.request.kind;
  const auto own = hands_.find(kind);
  return *(own != hands_.end() ? own : hands_.find(kind.substr(0, kind.find('.'))))->second;
}

CommandOutcome Commands::Later(const CommandRecord& record, CommandStatus status, Error error) {
  CommandOutcome outcome{.command = record.id, .status = status};
  outcome.again_at = AgainAt(record, error);
  outcome.error = std::move(error);
  return outcome;
}

awaitable<CommandOutcome> Commands::Carry(CommandRecord record) {
  CommandHand& hand = HandOf(record);
  const auto truth = co_await hand.Truth(record);
  if (!truth) co_return Later(record, record.status, truth.error());
  // Of what may have been done the platform has the last word.
  const bool may_be_done = IsOpen(record.status);
  if (*truth && (!may_be_done || (*truth)->status != CommandStatus::kRejected)) {
    co_return CommandOutcome{
        .command = record.id, .status = (*truth)->status, .error = (*truth)->error};
  }
  if (!may_be_done && parts_.clock.Now() >= record.request.deadline) {
    co_return CommandOutcome{
        .command = record.id,
        .status = CommandStatus::kRejected,
        .error = Rejection("deadline_passed", "its deadline passed before it could be sent")};
  }
  auto choice = co_await hand.Choose(record);
  if (!choice && choice.error().kind == ErrorKind::kRejected) {
    co_return CommandOutcome{
        .command = record.id, .status = CommandStatus::kRejected, .error = choice.error()};
  }
  if (!choice) co_return Later(record, record.status, choice.error());
  record.connection = choice->connection;
  record.platform = choice->platform;
  record.quote = choice->quote;
  if (may_be_done) co_return co_await AskTruth(std::move(record));
  co_return co_await Send(std::move(record));
}

awaitable<Result<bool>> Commands::Begin(const CommandRecord& record, CommandAttempt attempt) {
  const auto begun = co_await Append(record, storage::EntryKind::kAttempt, EncodeAttempt(attempt));
  if (!begun) co_return std::unexpected(begun.error());
  co_await WaitFolded(*begun);
  if (stopped_) co_return Fail(ErrorKind::kTransport, "the gateway is being stopped");
  const auto now = co_await ReadCommand(parts_.storage, record.merchant, record.id);
  if (!now) co_return std::unexpected(now.error());
  co_return *now && !IsFinal((*now)->status);
}

awaitable<Result<void>> Commands::Keep(const CommandRecord& record,
                                       std::vector<connectors::PulledItem> items) {
  std::optional<storage::Position> last;
  for (connectors::PulledItem& item : items) {
    const auto kept = co_await parts_.ingest.Pulled({.merchant = record.merchant,
                                                     .connection = record.connection,
                                                     .platform = record.platform,
                                                     .topic = {},
                                                     .request = {},
                                                     .received_at = {}},
                                                    std::move(item));
    if (!kept) co_return std::unexpected(kept.error());
    last = *kept;
  }
  if (last) co_await WaitFolded(*last);
  co_return Result<void>{};
}

awaitable<CommandOutcome> Commands::Send(CommandRecord record) {
  const auto begun = co_await Begin(
      record,
      {.command = record.id,
       .asks = false,
       .choice = CommandChoice{
           .connection = record.connection, .platform = record.platform, .quote = record.quote}});
  if (!begun) co_return Later(record, CommandStatus::kPlanned, begun.error());
  // Whoever ended it meanwhile wrote that down; the outcome of what is over folds to nothing.
  if (!*begun) co_return CommandOutcome{.command = record.id, .status = CommandStatus::kRejected};
  auto done = co_await HandOf(record).Do(record);
  quotas_.Note(record, done ? nullptr : &done.error());
  if (!done) {
    const CommandStatus status = StatusAfter(done.error().kind);
    if (!IsFinal(status)) co_return Later(record, status, done.error());
    if (MayHaveTakenEffect(record, parts_.clock.Now())) {
      CommandOutcome outcome = Later(record, CommandStatus::kUnknown, done.error());
      outcome.again_at = parts_.clock.Now() + kReadsAreBehind;
      co_return outcome;
    }
    co_return CommandOutcome{.command = record.id, .status = status, .error = done.error()};
  }
  // What it was answered tells more, but that it was answered is what counts.
  if (const auto kept = co_await Keep(record, *std::move(done)); !kept) {
    co_return Later(record, CommandStatus::kUnknown, kept.error());
  }
  co_return CommandOutcome{.command = record.id, .status = CommandStatus::kApplied};
}

awaitable<CommandOutcome> Commands::AskTruth(CommandRecord record) {
  const auto begun = co_await Begin(record, {.command = record.id, .asks = true});
  if (!begun) co_return Later(record, CommandStatus::kUnknown, begun.error());
  if (!*begun) co_return CommandOutcome{.command = record.id, .status = CommandStatus::kRejected};
  auto answer = co_await HandOf(record).Ask(record);
  quotas_.Note(record, answer ? nullptr : &answer.error());
  if (!answer) co_return Later(record, CommandStatus::kUnknown, answer.error());
  if (const auto kept = co_await Keep(record, std::move(answer->items)); !kept) {
    co_return Later(record, CommandStatus::kUnknown, kept.error());
  }
  std::optional<CommandVerdict> verdict = std::move(answer->verdict);
  if (!verdict) {
    auto truth = co_await HandOf(record).Truth(record);
    if (!truth) co_return Later(record, CommandStatus::kUnknown, truth.error());
    verdict = *std::move(truth);
  }
  CommandOutcome outcome{.command = record.id, .status = CommandStatus::kPlanned};
  if (verdict) {
    outcome.status = verdict->status;
    outcome.error = std::move(verdict->error);
  } else {
    outcome.again_at = parts_.clock.Now();
  }
  co_return outcome;
}

awaitable<Result<storage::Position>> Commands::Append(const CommandRecord& record,
                                                      storage::EntryKind kind,
                                                      std::string payload) {
  std::vector<storage::NewEntry> entries(1);
  entries[0].envelope = {.kind = kind,
                         .merchant = record.merchant,
                         .connection = record.connection,
                         .platform = record.platform,
                         .dialect = {},
                         .topic = record.request.kind,
                         .request = {},
                         .received_at = parts_.clock.Now()};
  entries[0].payload = std::move(payload);
  return parts_.storage.Append(std::move(entries));
}

awaitable<void> Commands::WaitFolded(storage::Position position) {
  while (parts_.storage.view_position() < position && !stopped_) {
    co_await parts_.timer.Wait(kFoldPoll);
  }
}

Instant Commands::AgainAt(const CommandRecord& record, const Error& error) {
  // Who lost an argument with another writer sees at once what is true. Who loses it again tells of
  // something that stays so for a while.
  const bool conflicts = error.kind == ErrorKind::kConflict;
  if (conflicts && record.sent == 0) return parts_.clock.Now();
  const std::uint32_t before = conflicts ? record.sent - 1 : record.failures;
  const std::size_t place = std::min<std::size_t>(before, kAgainAfter.size() - 1);
  const auto pause = std::max(kAgainAfter.at(place), error.retry_after.value_or(kAgainAfter[0]));
  return parts_.clock.Now() +
         std::chrono::duration_cast<Instant::duration>(WithJitter(pause, parts_.random));
}

}  // namespace weir::sync
