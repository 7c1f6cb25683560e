// SPDX-License-Identifier: Apache-2.0
#include "sync/folder.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

namespace weir::sync {
namespace {

// One page of entries that are read back from the journal, when the queue let them go.
constexpr std::size_t kScanBytes = 4U << 20;

boost::asio::awaitable<Result<std::vector<FoldInput>>> ScanAndMap(storage::Storage& storage,
                                                                  const Mappers& mappers,
                                                                  std::uint64_t from,
                                                                  std::size_t limit) {
  auto scanned = co_await storage.Scan({0, from}, limit, kScanBytes);
  if (!scanned) co_return std::unexpected(scanned.error());
  std::vector<FoldInput> inputs;
  inputs.reserve(scanned->size());
  for (storage::Entry& entry : *scanned) {
    auto mapped = MapEntry(mappers, entry);
    inputs.push_back({std::move(entry), std::move(mapped)});
  }
  co_return inputs;
}

storage::QuarantineRow Park(const FoldInput& input, std::string reason, std::string detail) {
  const storage::Envelope& envelope = input.entry.envelope;
  return {.merchant = envelope.merchant,
          .position = input.entry.position,
          .connection = envelope.connection,
          .topic = envelope.topic,
          .reason = std::move(reason),
          .detail = std::move(detail),
          .at = input.entry.stamp};
}

}  // namespace

std::string EncodeEpoch(std::uint32_t version, std::uint32_t former) {
  return nlohmann::json{{"version", version}, {"former", former}}.dump();
}

std::uint32_t EpochVersion(const storage::Entry& entry) {
  return nlohmann::json::parse(entry.payload).at("version").get<std::uint32_t>();
}

Folder::Folder(storage::Storage& storage, FoldQueue& queue, FoldRules& rules,
               const Mappers& mappers, const Clock& clock, FolderOptions options)
    : storage_(storage),
      queue_(queue),
      rules_(rules),
      mappers_(mappers),
      clock_(clock),
      options_(std::move(options)),
      requests_(storage),
      next_(storage.view_position().offset + 1) {}

boost::asio::awaitable<Result<void>> Folder::Start() {
  auto fence = co_await storage_.AcquireLease(0);
  if (!fence) co_return std::unexpected(fence.error());
  fence_ = *fence;
  co_return Result<void>{};
}

boost::asio::awaitable<Result<std::vector<FoldInput>>> Folder::ReadBack(std::uint64_t from) {
  auto scan = ScanAndMap(storage_, mappers_, from, options_.max_entries);
  if (!options_.mapping) co_return co_await std::move(scan);
  co_return co_await boost::asio::co_spawn(options_.mapping, std::move(scan),
                                           boost::asio::use_awaitable);
}

std::optional<std::uint64_t> Folder::NextToReadBack() const {
  if (!reads_back_ || inputs_.empty() || !ahead_.empty()) return std::nullopt;
  const std::uint64_t next = inputs_.back().entry.position.offset + 1;
  return next <= storage_.journal_end().offset ? std::optional(next) : std::nullopt;
}

boost::asio::awaitable<Result<void>> Folder::Refill() {
  if (!inputs_.empty()) co_return Result<void>{};
  auto ahead = std::exchange(ahead_, {});
  if (!ahead.empty() && ahead.front().entry.position.offset == next_) {
    inputs_ = std::move(ahead);
    co_return Result<void>{};
  }
  std::vector<storage::DurableEntry> taken = queue_.Take(next_, options_.max_entries);
  reads_back_ = taken.empty();
  for (storage::DurableEntry& entry : taken) {
    auto mapped = entry.attachment ? std::static_pointer_cast<mapping::Mapped>(entry.attachment)
                                   : MapEntry(mappers_, entry.entry);
    inputs_.push_back({std::move(entry.entry), std::move(mapped)});
  }
  if (!reads_back_ || storage_.journal_end().offset < next_) co_return Result<void>{};
  auto read = co_await ReadBack(next_);
  if (!read) co_return std::unexpected(read.error());
  inputs_ = std::move(*read);
  co_return Result<void>{};
}

boost::asio::awaitable<void> Folder::FoldOne(FoldInput& input, FoldBatch& batch) {
  if (!input.entry.envelope.request.empty() && !co_await requests_.Admit(input.entry, batch)) {
    co_return;
  }
  if (parked_.contains(input.entry.position.offset)) {
    batch.rows().quarantined.push_back(Park(input, "fold_failed", "the fold refused this entry"));
    co_return;
  }
  if (input.mapped && input.mapped->unmappable) {
    // A redrive that fails takes the place of what it carried: one open item, not two.
    if (input.entry.envelope.kind == storage::EntryKind::kRedrive) {
      const auto carried = DecodeRedriven(input.entry.payload);
      if (carried && carried->position.offset != 0) {
        batch.rows().released.push_back(carried->position);
      }
    }
    batch.rows().quarantined.push_back(
        Park(input, input.mapped->unmappable->reason, input.mapped->unmappable->detail));
    if (!input.mapped->unmappable->in_part) co_return;
  }
  co_await rules_.Fold(input, batch);
}

// What was folded of the inputs is lost with the batch, and so are the facts that were taken out of
// them: the next run reads the same entries from the journal.
void Folder::StartOver() {
  rules_.Reset();
  inputs_.clear();
}

// Folds inputs until the batch is full; returns how many. An entry that throws is parked and the
// run ends with 0: what its neighbours did must not hang on a half-done entry.
boost::asio::awaitable<std::size_t> Folder::FoldRun(FoldBatch& batch) {
  const auto deadline = clock_.Monotonic() + options_.max_time;
  std::size_t done = 0;
  while (done < inputs_.size()) {
    FoldInput& input = inputs_[done];
    // A request's key is looked up in the view, which shows only applied batches.
    const bool alone = !input.entry.envelope.request.empty() || rules_.NeedsAppliedView(input);
    if (alone && done > 0) break;
    std::exception_ptr thrown;
    try {
      co_await FoldOne(input, batch);
    } catch (const std::exception& error) {
      thrown = std::current_exception();
      spdlog::error("event=entry_parked position={} error=\"{}\"", input.entry.position.ToText(),
                    error.what());
    }
    if (thrown) {
      parked_.insert(input.entry.position.offset);
      StartOver();
      co_return std::size_t{0};
    }
    ++done;
    if (alone || clock_.Monotonic() >= deadline) break;
  }
  co_return done;
}

Folder::Lag Folder::lag() const {
  const std::uint64_t end = storage_.journal_end().offset;
  if (end < next_) return {};
  auto age = queue_.OldestAge();
  // What the queue let go has waited at least since the entry after the last one applied.
  if (age.count() == 0 && last_stamp_ != Instant{}) age = clock_.Now() - last_stamp_;
  return {end - next_ + 1, std::max(age, std::chrono::nanoseconds{0})};
}

boost::asio::awaitable<Result<std::size_t>> Folder::Step() {
  using boost::asio::experimental::awaitable_operators::operator&&;
  if (auto filled = co_await Refill(); !filled) co_return std::unexpected(filled.error());
  const auto next = NextToReadBack();
  if (!next) co_return co_await FoldAndApply();
  // The read leaves for its own thread before the fold begins.
  auto [ahead, folded] = co_await (ReadBack(*next) && FoldAndApply());
  // What cannot be read is asked for again, and told, when it is needed.
  if (ahead) ahead_ = std::move(*ahead);
  co_return folded;
}

boost::asio::awaitable<Result<std::size_t>> Folder::FoldAndApply() {
  const auto feed_end = [this](const std::string& merchant) { return storage_.FeedEnd(merchant); };
  FoldBatch batch(feed_end);
  std::size_t done = 0;
  while (done == 0) {
    if (auto filled = co_await Refill(); !filled) co_return std::unexpected(filled.error());
    if (inputs_.empty()) co_return std::size_t{0};
    batch = FoldBatch(feed_end);
    done = co_await FoldRun(batch);
  }
  const storage::Position through = inputs_[done - 1].entry.position;
  auto applied = co_await storage_.Apply(fence_, {0, next_ - 1}, std::move(batch).Finish(through));
  if (!applied) {
    StartOver();
    co_return std::unexpected(applied.error());
  }
  next_ = through.offset + 1;
  last_stamp_ = inputs_[done - 1].entry.stamp;
  inputs_.erase(inputs_.begin(), inputs_.begin() + static_cast<std::ptrdiff_t>(done));
  parked_.erase(parked_.begin(), parked_.upper_bound(through.offset));
  co_return done;
}

}  // namespace weir::sync
