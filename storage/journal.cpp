// SPDX-License-Identifier: Apache-2.0
#include "storage/journal.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <optional>
#include <span>
#include <utility>

#include "storage/append_queue.hpp"
#include "storage/journal_erasure.hpp"
#include "storage/journal_format.hpp"
#include "storage/journal_reader.hpp"
#include "storage/journal_recovery.hpp"
#include "storage/journal_retention.hpp"
#include "storage/segment_list.hpp"
#include "storage/segment_writer.hpp"

namespace weir::storage {
namespace {

/// What one group takes from the queue; more would delay its waiters without making flushes
/// cheaper.
constexpr std::uint64_t kGroupBytes = 4U << 20;
/// One Append must stay far below kMaxGroupBytes.
constexpr std::uint64_t kMaxAppendBytes = 256U << 20;
constexpr std::size_t kKeptBuffer = 2 * kGroupBytes;
constexpr std::uint64_t kMinSegmentBytes = 2 * kGroupsBegin;

Result<void> CheckEntries(const std::vector<NewEntry>& entries) {
  if (entries.empty()) return Fail(ErrorKind::kRejected, "nothing to append");
  for (const auto& entry : entries) {
    const auto& envelope = entry.envelope;
    for (const auto* text : {&envelope.merchant, &envelope.connection, &envelope.platform,
                             &envelope.dialect, &envelope.topic}) {
      if (text->size() > kMaxEnvelopeText) {
        return Fail(ErrorKind::kRejected, "a text of an entry's envelope is longer than 255 bytes");
      }
    }
    if (envelope.request.size() > kMaxRequestText) {
      return Fail(ErrorKind::kRejected, "what an entry says of its request is too long");
    }
    if (entry.payload.size() > kMaxPayloadBytes) {
      return Fail(ErrorKind::kRejected, "an entry's payload is larger than 64 MiB");
    }
  }
  return {};
}

/// What the entries take of the queue's room: payloads and about what stands around them.
std::uint64_t WeightOf(const std::vector<NewEntry>& entries) {
  std::uint64_t weight = 0;
  for (const auto& entry : entries) weight += entry.payload.size() + sizeof(DurableEntry);
  return weight;
}

std::unique_ptr<Waiter> MakeWaiter(std::vector<NewEntry> entries, std::uint64_t weight,
                                   Sealing sealing, bool for_sink) {
  // Compressed payloads take a fraction of this, but growing would copy.
  constexpr std::size_t kFrameGuess = 1024;
  auto waiter = std::make_unique<Waiter>();
  waiter->frames.reserve(entries.size() * kFrameGuess);
  waiter->count = entries.size();
  waiter->weight = weight;
  if (for_sink) waiter->entries.reserve(entries.size());
  for (auto& entry : entries) {
    AppendFrame(waiter->frames, entry.envelope, entry.payload, sealing);
    if (!for_sink) continue;
    auto& durable = waiter->entries.emplace_back();
    durable.entry.envelope = std::move(entry.envelope);
    if (entry.attachment == nullptr) durable.entry.payload = std::move(entry.payload);
    durable.attachment = std::move(entry.attachment);
  }
  return waiter;
}

/// Queues a waiter together with who waits for it.
struct Enqueue {
  AppendQueue& queue;

  template <typename Handler>
  void operator()(Handler handler, std::unique_ptr<Waiter> waiter) const {
    waiter->executor = boost::asio::prefer(boost::asio::get_associated_executor(handler),
                                           boost::asio::execution::outstanding_work_t::tracked);
    waiter->handler = std::move(handler);
    queue.Push(std::move(waiter));
  }
};

class FileJournal final : public Journal {
 public:
  FileJournal(const Clock& clock, const JournalOptions& options, EntrySink* sink,
              std::shared_ptr<SegmentList> list)
      : clock_(clock),
        sink_(sink),
        list_(std::move(list)),
        queue_(clock, options.window, options.max_queued_bytes),
        segment_(*list_, options.segment_bytes) {
    if (list_->keys() != nullptr) nonces_.emplace(list_->keys()->MakeNonces());
  }

  ~FileJournal() override {
    for (;;) {
      auto waiters = queue_.Take(kGroupBytes);
      if (waiters.empty()) return;
      Refuse(std::move(waiters), "the journal was closed before the entries were written");
    }
  }

  FileJournal(const FileJournal&) = delete;
  FileJournal& operator=(const FileJournal&) = delete;

  Result<void> Start(const JournalState& state);

  boost::asio::awaitable<Result<Position>> Append(std::vector<NewEntry> entries) override;
  Result<bool> Step() override;
  void WaitForWork() override { queue_.WaitForWork(last_flush_); }
  void Wake() override { queue_.Wake(); }

  [[nodiscard]] bool is_failing() const override { return failing_; }
  [[nodiscard]] Position end() const override { return {.offset = list_->end()}; }
  [[nodiscard]] Position begin() const override { return {.offset = list_->begin()}; }
  [[nodiscard]] const JournalRecovery& recovery() const override { return recovery_; }
  [[nodiscard]] Instant last_stamp() const override { return last_stamp_.load(); }

  void NotePublished(Position through) override {
    auto known = published_.load();
    while (known < through.offset && !published_.compare_exchange_weak(known, through.offset)) {
    }
  }
  [[nodiscard]] Position published_at_open() const override { return published_at_open_; }

  [[nodiscard]] Result<std::unique_ptr<JournalReader>> Read(Position from) const override;
  Result<std::uint64_t> RemoveSegments(Position before, Instant older_than,
                                       const std::set<Position>& keep) override {
    return RemoveOldSegments(list_, before, older_than, keep);
  }
  Result<void> Erase(const Residues& residues) override { return EraseEntries(*list_, residues); }

 private:
  [[nodiscard]] Result<void> StartSegment();
  [[nodiscard]] Result<void> WriteGroup(const WaiterList& waiters);
  void HandOver(const WaiterList& waiters, std::uint64_t first);
  static void Refuse(WaiterList waiters, const std::string& why);

  const Clock& clock_;
  EntrySink* const sink_;
  const std::shared_ptr<SegmentList> list_;
  AppendQueue queue_;
  JournalRecovery recovery_;
  Position published_at_open_;
  std::atomic<std::uint64_t> published_{0};
  std::atomic<Instant> last_stamp_{};
  std::atomic<bool> failing_{false};

  // The writer's own.
  SegmentWriter segment_;
  std::uint64_t segment_first_ = 0;   ///< The newest segment that may be on disk.
  std::uint64_t previous_first_ = 0;  ///< The one before it.
  std::uint64_t chain_ = 0;
  std::optional<SealNonces> nonces_;  ///< None where nothing is sealed.
  std::string buffer_;
  std::chrono::nanoseconds last_flush_{0};
};

Result<void> FileJournal::Start(const JournalState& state) {
  for (const auto& segment : state.segments) list_->Add(segment);
  list_->set_end(state.end);
  const auto begin = state.segments.empty() ? state.end + 1 : state.segments.front().first;
  recovery_ = {
      .segments = state.found, .entries = state.end + 1 - begin, .torn_bytes = state.torn_bytes};
  published_at_open_.offset = state.published;
  published_ = state.published;
  last_stamp_ = state.last_stamp;
  segment_first_ = state.previous_first;
  chain_ = state.chain;
  return StartSegment();
}

Result<void> FileJournal::StartSegment() {
  const auto first = list_->end() + 1;
  // An attempt that failed may have left a file of this very name; this one takes its place.
  const auto previous = first == segment_first_ ? previous_first_ : segment_first_;
  const auto stamp = last_stamp_.load();
  auto started = segment_.Start({.first = first,
                                 .previous_first = previous,
                                 .chain = chain_,
                                 .last_stamp = stamp,
                                 .published = published_.load(),
                                 .created_at = clock_.Now()});
  if (!started) return started;
  list_->Add({.first = first, .last_stamp = stamp});
  segment_first_ = first;
  previous_first_ = previous;
  return {};
}

boost::asio::awaitable<Result<Position>> FileJournal::Append(std::vector<NewEntry> entries) {
  if (auto fine = CheckEntries(entries); !fine) co_return std::unexpected(fine.error());
  const auto weight = WeightOf(entries);
  if (weight > kMaxAppendBytes) {
    co_return Fail(ErrorKind::kRejected, "more than 256 MiB cannot be appended at once");
  }
  if (!queue_.Reserve(weight)) {
    co_return Fail(ErrorKind::kRateLimited, "too many entries wait to be written");
  }
  const auto sealing = nonces_ ? Sealing::kLater : Sealing::kNone;
  auto waiter = MakeWaiter(std::move(entries), weight, sealing, sink_ != nullptr);
  co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>,
                                                 void(Result<Position>)>(
      Enqueue{queue_}, boost::asio::use_awaitable, std::move(waiter));
}

Result<bool> FileJournal::Step() {
  auto waiters = queue_.Take(kGroupBytes);
  if (waiters.empty()) {
    if (!failing_) return false;
    if (auto probed = StartSegment(); !probed) return std::unexpected(probed.error());
    failing_ = false;
    return false;
  }
  const auto first = list_->end() + 1;
  const auto written = WriteGroup(waiters);
  failing_ = !written;
  if (!written) {
    Refuse(std::move(waiters),
           "the journal could not be written; the entries may be found after a "
           "restart, but were not accepted");
    return std::unexpected(written.error());
  }
  HandOver(waiters, first);
  Complete(std::move(waiters));
  segment_.PrepareAhead(buffer_.size());
  if (buffer_.capacity() > kKeptBuffer) std::string().swap(buffer_);
  return true;
}

Result<void> FileJournal::WriteGroup(const WaiterList& waiters) {
  std::uint64_t count = 0;
  buffer_.assign(kGroupHeaderBytes, '\0');
  for (const auto& waiter : waiters) {
    buffer_ += waiter->frames;
    count += waiter->count;
  }
  if (!segment_.Accepts(buffer_.size())) {
    if (auto started = StartSegment(); !started) return started;
  }
  const auto first = list_->end() + 1;
  const auto stamp = std::max(clock_.Now(), last_stamp_.load());
  if (nonces_) {
    const auto frames = std::span(buffer_).subspan(kGroupHeaderBytes);
    if (auto sealed = SealFrames(frames, first, stamp, *list_->keys(), *nonces_); !sealed) {
      return sealed;
    }
  }
  const auto checksum = CloseGroup(buffer_,
                                   {.count = count,
                                    .first = first,
                                    .stamp = stamp,
                                    .published = published_.load(),
                                    .chain = chain_},
                                   segment_.salt());
  const auto began = clock_.Monotonic();
  if (auto written = segment_.Write(buffer_); !written) return written;
  last_flush_ = clock_.Monotonic() - began;
  chain_ = checksum;
  last_stamp_ = stamp;
  list_->set_end(first + count - 1);
  return {};
}

void FileJournal::HandOver(const WaiterList& waiters, std::uint64_t first) {
  const auto stamp = last_stamp_.load();
  std::vector<DurableEntry> group;
  if (sink_ != nullptr) group.reserve(list_->end() + 1 - first);
  for (const auto& waiter : waiters) {
    waiter->outcome = Position{.offset = first};
    for (std::uint64_t i = 0; i < waiter->entries.size(); ++i) {
      auto& durable = group.emplace_back(std::move(waiter->entries[i]));
      durable.entry.position.offset = first + i;
      durable.entry.stamp = stamp;
    }
    first += waiter->count;
  }
  if (sink_ != nullptr) sink_->OnDurable(std::move(group));
}

void FileJournal::Refuse(WaiterList waiters, const std::string& why) {
  for (const auto& waiter : waiters) waiter->outcome = Fail(ErrorKind::kInternal, why);
  Complete(std::move(waiters));
}

Result<std::unique_ptr<JournalReader>> FileJournal::Read(Position from) const {
  const auto offset = std::max<std::uint64_t>(from.offset, 1);
  if (from.shard != 0 || offset < list_->begin()) {
    return Fail(ErrorKind::kNotFound, "journal entry " + from.ToText() + " is not kept here");
  }
  return std::make_unique<FileJournalReader>(list_, offset);
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::Open(Disk& disk, const Clock& clock,
                                               JournalOptions options, EntrySink* sink) {
  if (options.segment_bytes < kMinSegmentBytes) {
    return Fail(ErrorKind::kRejected, "a journal segment has at least 8 KiB");
  }
  if (auto made = disk.MakeFolder(options.folder); !made) return std::unexpected(made.error());
  auto list = std::make_shared<SegmentList>(disk, options.folder, options.keys);
  const auto state = InspectJournal(*list);
  if (!state) return std::unexpected(state.error());
  if (auto done = RepairJournal(*list, *state); !done) return std::unexpected(done.error());
  auto journal = std::make_unique<FileJournal>(clock, options, sink, std::move(list));
  if (auto started = journal->Start(*state); !started) return std::unexpected(started.error());
  return journal;
}

}  // namespace weir::storage
