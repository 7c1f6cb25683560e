// SPDX-License-Identifier: Apache-2.0
#include "sync/commands.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "model/words.hpp"
#include "sync/command_fold.hpp"
#include "sync/connection_settings.hpp"

namespace weir::sync {
namespace {

using boost::asio::awaitable;

constexpr std::size_t kLookedAt = 256;
constexpr std::chrono::milliseconds kFoldPoll{2};
constexpr std::array<std::chrono::seconds, 5> kAgainAfter = {
    std::chrono::seconds(1), std::chrono::seconds(5), std::chrono::seconds(20),
    std::chrono::seconds(60), std::chrono::seconds(300)};

Error Rejection(std::string code, std::string message) {
  return {
      .kind = ErrorKind::kRejected, .message = std::move(message), .remote_code = std::move(code)};
}

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

/// Somebody's attempt has left, and nobody wrote down what came of it.
bool IsOpen(CommandStatus status) {
  return status == CommandStatus::kInFlight || status == CommandStatus::kAsked ||
         status == CommandStatus::kUnknown;
}

}  // namespace

/// The right to carry out what is about one subject; gone with this.
class Commands::Turn {
 public:
  Turn(Commands& all, std::string subject) : all_(all), subject_(std::move(subject)) {
    const std::lock_guard lock(all_.mutex_);
    is_mine_ = all_.busy_.insert(subject_).second;
  }
  ~Turn() {
    if (!is_mine_) return;
    const std::lock_guard lock(all_.mutex_);
    all_.busy_.erase(subject_);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  [[nodiscard]] bool is_mine() const { return is_mine_; }

 private:
  Commands& all_;
  const std::string subject_;
  bool is_mine_ = false;
};

struct Commands::Due {
  CommandRecord record;
  std::unique_ptr<Turn> turn;
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
    auto turn = std::make_unique<Turn>(*this, work.merchant + "/" + (*record)->request.subject);
    if (turn->is_mine()) {
      // Whoever had the turn before may have moved it since it was read.
      auto now = co_await ReadCommand(parts_.storage, work.merchant, work.subject);
      if (!now) co_return std::unexpected(now.error());
      if ((*now)->version != (*record)->version) continue;
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

awaitable<CommandOutcome> Commands::Carry(CommandRecord record) {
  const auto reader = parts_.readers(record.merchant, record.connection);
  if (const auto truth = co_await Truth(record)) {
    CommandOutcome outcome{.command = record.id, .status = *truth};
    if (*truth == CommandStatus::kRejected) {
      outcome.error = Rejection("order_closed", "the order is not open any more");
    }
    co_return outcome;
  }
  const bool reaches = reader && reader->orders && reader->desk;
  if (reaches && IsOpen(record.status)) co_return co_await AskTruth(record, *reader);
  const bool late = parts_.clock.Now() >= record.request.deadline;
  if (late && !IsOpen(record.status)) {
    co_return CommandOutcome{
        .command = record.id,
        .status = CommandStatus::kRejected,
        .error = Rejection("deadline_passed", "its deadline passed before it could be sent")};
  }
  if (reaches) co_return co_await Send(record, *reader);
  const Error error{.kind = ErrorKind::kNotFound,
                    .message = "the connection cannot be reached for commands"};
  co_return CommandOutcome{.command = record.id,
                           .status = record.status,
                           .error = error,
                           .again_at = AgainAt(record, error)};
}

awaitable<CommandOutcome> Commands::Send(CommandRecord record, const OrderReader& reader) {
  CommandOutcome outcome{.command = record.id, .status = CommandStatus::kPlanned};
  const auto begun = co_await Append(record, storage::EntryKind::kAttempt,
                                     EncodeAttempt({.command = record.id, .asks = false}));
  if (!begun) {
    outcome.error = begun.error();
    outcome.again_at = AgainAt(record, begun.error());
    co_return outcome;
  }
  const auto done = co_await reader.desk->Accept(record.request.platform_subject);
  if (done) {
    outcome.status = CommandStatus::kApplied;
    co_return outcome;
  }
  outcome.error = done.error();
  outcome.status = StatusAfter(done.error().kind);
  if (!IsFinal(outcome.status)) outcome.again_at = AgainAt(record, done.error());
  co_return outcome;
}

awaitable<CommandOutcome> Commands::AskTruth(CommandRecord record, const OrderReader& reader) {
  CommandOutcome outcome{.command = record.id, .status = CommandStatus::kUnknown};
  auto position = co_await Append(record, storage::EntryKind::kAttempt,
                                  EncodeAttempt({.command = record.id, .asks = true}));
  if (position) {
    auto item = co_await reader.orders->GetOrder(record.request.platform_subject);
    if (item) {
      position = co_await parts_.ingest.Pulled({.merchant = record.merchant,
                                                .connection = record.connection,
                                                .platform = record.platform,
                                                .topic = {},
                                                .request = {},
                                                .received_at = {}},
                                               *std::move(item));
    } else {
      position = std::unexpected(item.error());
    }
  }
  if (!position) {
    outcome.error = position.error();
    outcome.again_at = AgainAt(record, position.error());
    co_return outcome;
  }
  co_await WaitFolded(*position);
  const auto truth = co_await Truth(record);
  outcome.status = truth.value_or(CommandStatus::kPlanned);
  if (outcome.status == CommandStatus::kRejected) {
    outcome.error = Rejection("order_closed", "the order is not open any more");
  }
  if (!truth) outcome.again_at = parts_.clock.Now();
  co_return outcome;
}

// What the order's record says of the command; nothing where it still is to be done.
awaitable<std::optional<CommandStatus>> Commands::Truth(const CommandRecord& record) {
  const auto order = co_await parts_.storage.Read(storage::RecordKind::kOrder, record.merchant,
                                                  record.request.subject);
  if (!order || !*order) co_return std::nullopt;
  const auto status = model::ParseOrderStatus((*order)->columns.status);
  if (!status || *status < model::OrderStatus::kAccepted) co_return std::nullopt;
  if (*status >= model::OrderStatus::kExpired) co_return CommandStatus::kRejected;
  co_return record.sent == 0 ? CommandStatus::kAlreadyApplied : CommandStatus::kApplied;
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
  // Who lost an argument with another writer sees at once what is true.
  if (error.kind == ErrorKind::kConflict) return parts_.clock.Now();
  const std::size_t place = std::min<std::size_t>(record.failures, kAgainAfter.size() - 1);
  const auto pause = std::max(kAgainAfter.at(place), error.retry_after.value_or(kAgainAfter[0]));
  return parts_.clock.Now() +
         std::chrono::duration_cast<Instant::duration>(WithJitter(pause, parts_.random));
}

}  // namespace weir::sync
