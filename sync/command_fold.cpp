// SPDX-License-Identifier: Apache-2.0
#include "sync/command_fold.hpp"

#include <stdexcept>
#include <utility>

#include "sync/requests.hpp"
#include "sync/trail.hpp"

namespace weir::sync {
namespace {

constexpr auto kKind = storage::RecordKind::kCommand;

template <typename T>
T OrThrow(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

FoldPoint PointOf(const storage::Entry& entry) {
  return {.position = entry.position,
          .stamp = entry.stamp,
          .merchant = entry.envelope.merchant,
          .connection = entry.envelope.connection};
}

/// The record that the entry has changed goes into the view.
void Put(CommandRecord& record, const FoldPoint& at, FoldBatch& batch) {
  ++record.version;
  record.updated_at = at.stamp;
  storage::RecordRow row;
  row.kind = kKind;
  row.merchant = record.merchant;
  row.id = record.id;
  row.version = record.version;
  row.columns.platform = record.platform;
  row.columns.connection = record.connection;
  row.columns.status = Name(record.status);
  row.columns.sorted_at = record.created_at;
  row.columns.updated_at = at.stamp;
  row.state = EncodeRecord(record);
  row.trail = EncodeTrail({{.offset = at.position.offset}});
  batch.Put(std::move(row));
}

storage::WorkRow WorkOf(const CommandRecord& record, Instant due_at, storage::Position cause) {
  const CommandKind* kind = FindCommandKind(record.request.kind);
  if (kind == nullptr) throw std::runtime_error("a command of an unknown kind");
  return {.merchant = record.merchant,
          .kind = CommandWork(kind->lane),
          .subject = record.id,
          .due_at = due_at,
          .detail = record.connection,
          .cause = cause};
}

void Publish(const CommandRecord& record, const FoldPoint& at, FoldBatch& batch) {
  batch.Publish(at.position, {.merchant = record.merchant,
                              .type = "command." + std::string(Name(record.status)),
                              .subject = record.id,
                              .version = record.version,
                              .at = at.stamp,
                              .data = ShowCommand(record)});
}

/// Where nobody named the record it is about, it is the one this command makes.
CommandRecord Begin(CommandRecord record, const FoldPoint& at, FoldBatch& batch) {
  if (record.request.subject.empty()) record.request.subject = ShipmentId(record.id);
  batch.Plan(WorkOf(record, at.stamp, at.position));
  Put(record, at, batch);
  return record;
}

}  // namespace

boost::asio::awaitable<std::optional<CommandRecord>> CommandFold::Load(std::string merchant,
                                                                       std::string id,
                                                                       const FoldBatch& batch) {
  if (const storage::RecordRow* put = batch.FindPut(kKind, merchant, id)) {
    co_return OrThrow(DecodeCommandRecord(put->state));
  }
  const auto row = OrThrow(co_await storage_.Load(kKind, std::move(merchant), std::move(id)));
  if (!row) co_return std::nullopt;
  co_return OrThrow(DecodeCommandRecord(row->state));
}

CommandRecord CommandFold::Plan(const storage::Entry& entry, FoldBatch& batch) {
  CommandRecord record{.id = CommandId(entry.position),
                       .merchant = entry.envelope.merchant,
                       .platform = entry.envelope.platform,
                       .connection = entry.envelope.connection,
                       .request = OrThrow(DecodeCommand(entry.payload)),
                       .idempotency_key = {},
                       .tries = {},
                       .created_at = entry.stamp};
  if (const auto asked = DecodeAsked(entry.envelope.request)) {
    record.idempotency_key = asked->idempotency_key;
  }
  return Begin(std::move(record), PointOf(entry), batch);
}

CommandRecord CommandFold::PlanOwn(const FoldPoint& at, CommandRequest request,
                                   CommandChoice choice, FoldBatch& batch) {
  return Begin({.id = CommandId(at.position, batch.NextCommand(at.position)),
                .merchant = at.merchant,
                .platform = std::move(choice.platform),
                .connection = std::move(choice.connection),
                .request = std::move(request),
                .idempotency_key = {},
                .tries = {},
                .created_at = at.stamp},
               at, batch);
}

boost::asio::awaitable<std::optional<CommandRecord>> CommandFold::Attempt(
    const storage::Entry& entry, FoldBatch& batch) {
  const CommandAttempt attempt = OrThrow(DecodeAttempt(entry.payload));
  auto record = co_await Load(entry.envelope.merchant, attempt.command, batch);
  if (!record || IsFinal(record->status)) co_return std::nullopt;
  record->status = attempt.asks ? CommandStatus::kAsked : CommandStatus::kInFlight;
  if (!attempt.asks) ++record->sent;
  if (attempt.choice) {
    record->connection = attempt.choice->connection;
    record->platform = attempt.choice->platform;
    record->quote = attempt.choice->quote;
    // It stands in line with what else its connection is asked for.
    batch.Plan(WorkOf(*record, entry.stamp, entry.position));
  }
  if (record->tries.size() == kMaxTries) record->tries.erase(record->tries.begin());
  record->tries.push_back({.at = entry.stamp, .asks = attempt.asks});
  Put(*record, PointOf(entry), batch);
  co_return record;
}

boost::asio::awaitable<std::optional<CommandRecord>> CommandFold::Conclude(
    const storage::Entry& entry, FoldBatch& batch) {
  const CommandOutcome outcome = OrThrow(DecodeCommandOutcome(entry.payload));
  auto record = co_await Load(entry.envelope.merchant, outcome.command, batch);
  if (!record || IsFinal(record->status)) co_return std::nullopt;
  const bool was_unknown = record->unknown_told && outcome.status == CommandStatus::kUnknown;
  record->unknown_told = record->unknown_told || outcome.status == CommandStatus::kUnknown;
  record->status = outcome.status;
  record->failures = outcome.error ? record->failures + 1 : 0;
  if (!record->tries.empty() && !record->tries.back().result) {
    record->tries.back().result = outcome.status;
    record->tries.back().error = outcome.error;
  } else {
    if (record->tries.size() == kMaxTries) record->tries.erase(record->tries.begin());
    record->tries.push_back({.at = entry.stamp, .result = outcome.status, .error = outcome.error});
  }
  const storage::WorkRow work =
      WorkOf(*record, outcome.again_at.value_or(entry.stamp), entry.position);
  if (IsFinal(outcome.status)) {
    batch.Done({work.merchant, work.kind, work.subject});
  } else {
    batch.Plan(work);
  }
  const FoldPoint at = PointOf(entry);
  Put(*record, at, batch);
  // Planned again is no news; not to know is, once.
  if (outcome.status != CommandStatus::kPlanned && !was_unknown) Publish(*record, at, batch);
  co_return record;
}

void CommandFold::End(const FoldPoint& at, CommandRecord record, CommandStatus status,
                      std::optional<Error> error, FoldBatch& batch) {
  record.status = status;
  record.tries.push_back({.at = at.stamp, .result = status, .error = std::move(error)});
  const storage::WorkRow work = WorkOf(record, at.stamp, at.position);
  batch.Done({work.merchant, work.kind, work.subject});
  Put(record, at, batch);
  Publish(record, at, batch);
}

void CommandFold::Settle(const FoldPoint& at, CommandRecord record, FoldBatch& batch) {
  if (std::exchange(record.settled, true)) return;
  Put(record, at, batch);
}

boost::asio::awaitable<Result<std::optional<CommandRecord>>> ReadCommand(storage::Storage& storage,
                                                                         std::string merchant,
                                                                         std::string id) {
  const auto row = co_await storage.Read(kKind, std::move(merchant), std::move(id));
  if (!row) co_return std::unexpected(row.error());
  if (!*row) co_return std::nullopt;
  auto record = DecodeCommandRecord((*row)->state);
  if (!record) co_return std::unexpected(record.error());
  co_return *std::move(record);
}

}  // namespace weir::sync
