// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/embedded_storage.hpp"

#include <fmt/format.h>

#include <utility>

#include "storage/embedded/callback_file.hpp"
#include "storage/embedded/compaction.hpp"
#include "storage/embedded/offload.hpp"
#include "storage/embedded/refusal_log.hpp"
#include "storage/segment_reader.hpp"

namespace weir::storage {

using boost::asio::awaitable;

namespace {

/// Changes looked at while the fold waits: about a millisecond.
constexpr std::uint64_t kCutAtOnce = 128;

/// Whether a segment in that folder may hold sealed entries.
bool HoldsSealed(Disk& disk, const std::string& journal) {
  if (!Must(disk.Exists(journal))) return false;
  for (const auto& name : Must(disk.List(journal))) {
    const auto first = ParseSegmentName(name);
    if (!first) continue;
    // What cannot be read is for the journal to judge.
    const auto segment = SegmentReader::Open(disk, fmt::format("{}/{}", journal, name), *first);
    if (segment && segment->header().version > 1) return true;
  }
  return false;
}

}  // namespace

EmbeddedStorage::EmbeddedStorage(Disk& disk, const Clock& clock, Timer& timer,
                                 EmbeddedOptions options, std::unique_ptr<File> lock)
    : disk_(disk),
      clock_(clock),
      options_(std::move(options)),
      lock_(std::move(lock)),
      vfs_(disk),
      watch_(timer),
      snapshots_(disk, vfs_, options_.folder + "/snapshots") {}

Result<std::unique_ptr<EmbeddedStorage>> EmbeddedStorage::Open(Disk& disk, const Clock& clock,
                                                               Timer& timer,
                                                               EmbeddedOptions options,
                                                               EntrySink* sink) {
  return AtEdge([&] {
    Must(disk.MakeFolder(options.folder));
    auto lock = Must(disk.Lock(options.folder + "/lock"));
    // Names that a killed predecessor made and did not live to sync.
    Must(disk.SyncFolder(options.folder));
    auto storage = std::unique_ptr<EmbeddedStorage>(
        new EmbeddedStorage(disk, clock, timer, std::move(options), std::move(lock)));
    storage->OpenKeys();
    storage->OpenJournal(sink);
    storage->OpenView();
    return storage;
  });
}

void EmbeddedStorage::OpenKeys() {
  static SystemRandom system;
  const auto path = fmt::format("{}/{}", options_.folder, KeyRing::kFile);
  if (!Must(disk_.Exists(path)) && HoldsSealed(disk_, options_.folder + "/journal")) {
    throw Failure(ErrorKind::kMalformed,
                  path +
                      " is missing, and the journal is sealed with the keys it held: put it "
                      "back, or restore the folder from a backup");
  }
  auto& random = options_.random == nullptr ? system : *options_.random;
  keys_ = Must(KeyRing::Open(disk_, random, options_.folder, options_.encryption));
}

void EmbeddedStorage::OpenJournal(EntrySink* sink) {
  auto options = options_.journal;
  options.keys = keys_;
  options.folder = options_.folder + "/journal";
  journal_ = Must(Journal::Open(disk_, clock_, std::move(options), sink));
}

void EmbeddedStorage::OpenView() {
  const auto path = options_.folder + "/view.db";
  if (!Must(disk_.Exists(path))) {
    restored_ = Must(snapshots_.Restore(path, journal_->end()));
    Must(disk_.SyncFolder(options_.folder));
  }
  view_ = Must(View::Open(vfs_, path, keys_, options_.flushing));
  const auto position = view_->position();
  if (position > journal_->end()) {
    throw Failure(
        ErrorKind::kMalformed,
        fmt::format("{} stands at {}, but the journal ends at {}: entries are missing. Put "
                    "the journal's folder back as it was, or remove view.db to have it "
                    "rebuilt from what is left",
                    path, position.ToText(), journal_->end().ToText()));
  }
  if (position.offset + 1 < journal_->begin().offset) {
    throw Failure(ErrorKind::kMalformed,
                  fmt::format("{} stands at {}, but the journal begins at {} only: put back a "
                              "snapshot or the journal's older segments",
                              path, position.ToText(), journal_->begin().ToText()));
  }
  for (const auto& [merchant, end] : view_->FeedEnds()) watch_.Publish(merchant, end);
  checkpointer_ = Must(
      AtEdge([&] { return std::make_unique<Checkpointer>(*view_, clock_, options_.checkpoint); }));
}

template <typename Query>
auto EmbeddedStorage::OnReader(Query query) {
  return RunOn(options_.readers,
               [this, query = std::move(query)]() mutable { return view_->Ask(query); });
}

awaitable<Result<Position>> EmbeddedStorage::Append(std::vector<NewEntry> entries) {
  return journal_->Append(std::move(entries));
}

awaitable<Result<std::vector<Entry>>> EmbeddedStorage::Scan(Position from, std::size_t max_entries,
                                                            std::size_t max_bytes) {
  return RunOn(options_.readers, [=, this] { return ScanNow(from, max_entries, max_bytes); });
}

Result<std::vector<Entry>> EmbeddedStorage::ScanNow(Position from, std::size_t max_entries,
                                                    std::size_t max_bytes) {
  std::unique_ptr<JournalReader> reader;
  {
    const std::lock_guard lock(scan_mutex_);
    if (scan_next_ == from) reader = std::move(scan_reader_);
  }
  if (!reader) {
    auto opened = journal_->Read(from);
    if (!opened) return std::unexpected(opened.error());
    reader = std::move(*opened);
  }
  std::vector<Entry> entries;
  std::size_t bytes = 0;
  while (entries.size() < max_entries && (bytes < max_bytes || entries.empty())) {
    auto next = reader->Next();
    if (!next) return std::unexpected(next.error());
    if (!*next) break;
    bytes += (*next)->payload.size();
    entries.push_back(std::move(**next));
  }
  const std::lock_guard lock(scan_mutex_);
  scan_next_ = from;
  scan_next_.offset += entries.size();
  scan_reader_ = std::move(reader);
  return entries;
}

Position EmbeddedStorage::journal_begin() const { return journal_->begin(); }
Position EmbeddedStorage::journal_end() const { return journal_->end(); }
Position EmbeddedStorage::published_at_open() const { return journal_->published_at_open(); }

awaitable<Result<Fence>> EmbeddedStorage::AcquireLease(std::uint32_t shard) {
  if (shard != 0) co_return Fail(ErrorKind::kNotFound, "this storage has one shard, number 0");
  co_return view_->AcquireLease();
}

awaitable<Result<void>> EmbeddedStorage::Apply(Fence fence, Position expected, Batch batch) {
  const bool moves_work = !batch.works.empty() || !batch.works_done.empty();
  if (moves_work) dues_.BeginChange();
  const auto ends = view_->Apply(fence, expected, batch);
  if (moves_work) dues_.EndChange();
  if (!ends) co_return std::unexpected(ends.error());
  if (!ends->empty()) journal_->NotePublished(batch.through);
  for (const auto& [merchant, end] : *ends) watch_.Publish(merchant, end);
  co_return Result<void>();
}

awaitable<Result<std::optional<RecordRow>>> EmbeddedStorage::Load(RecordKind kind,
                                                                  std::string merchant,
                                                                  std::string id) {
  co_return view_->Load(kind, merchant, id);
}

awaitable<Result<void>> EmbeddedStorage::Checkpoint() {
  return RunOn(options_.readers, [this] { return checkpointer_->All(); });
}

Position EmbeddedStorage::view_position() const { return view_->position(); }
std::uint32_t EmbeddedStorage::fold_version() const { return view_->fold_version(); }

awaitable<Result<std::optional<RecordRow>>> EmbeddedStorage::Read(RecordKind kind,
                                                                  std::string merchant,
                                                                  std::string id) {
  return OnReader([kind, merchant = std::move(merchant), id = std::move(id)](ViewReader& reader) {
    return reader.Read(kind, merchant, id);
  });
}

awaitable<Result<std::vector<RecordRow>>> EmbeddedStorage::ReadAll(RecordKind kind) {
  return OnReader([kind](ViewReader& reader) { return reader.ReadAll(kind); });
}

awaitable<Result<RecordPage>> EmbeddedStorage::ReadPage(std::uint64_t from, std::size_t limit) {
  return OnReader([from, limit](ViewReader& reader) { return reader.ReadPage(from, limit); });
}

awaitable<Result<std::optional<Published>>> EmbeddedStorage::ReadPublished(RecordKind kind,
                                                                           std::string merchant,
                                                                           std::string id) {
  return OnReader([kind, merchant = std::move(merchant), id = std::move(id)](ViewReader& reader) {
    return reader.ReadPublished(kind, merchant, id);
  });
}

awaitable<Result<ListPage>> EmbeddedStorage::List(ListQuery query) {
  return OnReader([query = std::move(query)](ViewReader& reader) { return reader.List(query); });
}

awaitable<Result<std::vector<std::string>>> EmbeddedStorage::FindAlias(std::string merchant,
                                                                       std::string kind,
                                                                       std::string key,
                                                                       std::size_t limit) {
  return OnReader(
      [merchant = std::move(merchant), kind = std::move(kind), key = std::move(key),
       limit](ViewReader& reader) { return reader.FindAlias(merchant, kind, key, limit); });
}

awaitable<Result<ChangesPage>> EmbeddedStorage::ReadChanges(std::string merchant,
                                                            std::uint64_t after, std::size_t limit,
                                                            std::vector<std::string> types) {
  // A batch is in the view a moment before the feed is said to reach it.
  const auto end = watch_.End(merchant);
  return OnReader([merchant = std::move(merchant), after, end, limit,
                   types = std::move(types)](ViewReader& reader) {
    return reader.ReadChanges(merchant, {.after = after, .end = end}, limit, types);
  });
}

awaitable<Result<std::vector<ChangeRow>>> EmbeddedStorage::ReadChangesAt(
    std::string merchant, std::vector<std::uint64_t> seqs) {
  return OnReader([merchant = std::move(merchant), seqs = std::move(seqs)](ViewReader& reader) {
    return reader.ReadChangesAt(merchant, seqs);
  });
}

std::uint64_t EmbeddedStorage::FeedEnd(const std::string& merchant) const {
  return watch_.End(merchant);
}

awaitable<void> EmbeddedStorage::WaitBeyond(std::string merchant, std::uint64_t seq,
                                            std::chrono::milliseconds timeout) {
  return watch_.WaitBeyond(std::move(merchant), seq, timeout);
}

awaitable<Result<std::vector<WorkRow>>> EmbeddedStorage::DueWork(std::string kind, Instant until,
                                                                 std::size_t limit) {
  const auto next = co_await NextDue(kind);
  if (!next) co_return std::unexpected(next.error());
  if (!*next || **next > until) co_return std::vector<WorkRow>();
  co_return co_await OnReader([kind = std::move(kind), until, limit](ViewReader& reader) {
    return reader.DueWork(kind, until, limit);
  });
}

awaitable<Result<std::optional<Instant>>> EmbeddedStorage::NextDue(std::string kind) {
  if (const auto known = dues_.Find(kind)) co_return *known;
  const std::uint64_t generation = dues_.generation();
  const auto next = co_await OnReader([&kind](ViewReader& reader) { return reader.NextDue(kind); });
  if (next) dues_.Keep(kind, *next, generation);
  co_return next;
}

awaitable<Result<std::optional<WorkRow>>> EmbeddedStorage::FindWork(WorkKey key) {
  return OnReader([key = std::move(key)](ViewReader& reader) { return reader.FindWork(key); });
}

awaitable<Result<std::vector<QuarantineRow>>> EmbeddedStorage::ListQuarantine(
    std::string merchant, std::optional<Position> before, std::size_t limit) {
  return OnReader([merchant = std::move(merchant), before, limit](ViewReader& reader) {
    return reader.ListQuarantine(merchant, before, limit);
  });
}

Result<Position> EmbeddedStorage::TakeSnapshot() {
  const std::lock_guard lock(maintenance_mutex_);
  return snapshots_.Take(view_->path());
}

Result<std::optional<Position>> EmbeddedStorage::TakeWantedSnapshot() {
  const std::lock_guard lock(maintenance_mutex_);
  return snapshots_.TakeWanted(view_->path(), CallbackFilePath(options_.folder));
}

Result<Position> EmbeddedStorage::TakeBackupSnapshot() {
  const std::lock_guard lock(maintenance_mutex_);
  return snapshots_.Take(view_->path(), CallbackFilePath(options_.folder));
}

Result<EmbeddedStorage::Removed> EmbeddedStorage::RemoveExpired() {
  const std::lock_guard lock(maintenance_mutex_);
  return AtEdge([&] { return Removed{.changes = CutFeeds(), .segments = CutJournal()}; });
}

std::uint64_t EmbeddedStorage::CutFeeds() {
  const ViewWriter::Expiry expiry{.before = clock_.Now() - options_.retention.feed,
                                  .keep_least = options_.retention.feed_least};
  std::uint64_t passed = 0;
  for (const auto& [merchant, end] : view_->FeedEnds()) {
    while (const auto some = Must(view_->CutFeed(merchant, expiry, kCutAtOnce))) passed += some;
  }
  return passed;
}

std::uint64_t EmbeddedStorage::CutJournal() {
  const auto snapshots = Must(snapshots_.List());
  // With one snapshot only, a damaged one would leave nothing to rebuild from.
  if (snapshots.size() < 2) return 0;
  const auto keep =
      Must(view_->Ask([](ViewReader& reader) { return reader.QuarantinedPositions(); }));
  return Must(
      journal_->RemoveSegments(snapshots.front(), clock_.Now() - options_.retention.journal, keep));
}

Result<void> EmbeddedStorage::Erase(const Erasure& erasure) {
  const std::lock_guard lock(maintenance_mutex_);
  return AtEdge([&] {
    scan_reader_.reset();
    Must(journal_->Erase(erasure.residues));
    Must(view_->Overwrite(erasure));
    const auto path = view_->path();
    checkpointer_.reset();
    view_.reset();
    Compact(disk_, vfs_, path);
    EraseBesideView(erasure);
    Must(snapshots_.Renew(path));
    OpenView();
  });
}

void EmbeddedStorage::EraseBesideView(const Erasure& erasure) {
  const auto callbacks = CallbackFilePath(options_.folder);
  if (Must(disk_.Exists(callbacks))) {
    Must(Must(CallbackFile::Open(vfs_, callbacks, *keys_, options_.readers))
             ->EraseAnswers(erasure.merchant, erasure.subjects));
    Compact(disk_, vfs_, callbacks);
  }
  const auto refusals = RefusalFilePath(options_.folder);
  if (Must(disk_.Exists(refusals))) {
    Must(Must(RefusalLog::Open(vfs_, refusals, *keys_, clock_, options_.readers))
             ->Remove(erasure.refusals));
    Compact(disk_, vfs_, refusals);
  }
}

}  // namespace weir::storage
