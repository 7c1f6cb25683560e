// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/view.hpp"

#include <fmt/format.h>

#include "storage/embedded/schema.hpp"

namespace weir::storage {
namespace {

/// Connections kept for the next readers; more may be open for as long as they read.
constexpr std::size_t kIdleReaders = 8;

/// What a start cannot repair by itself, with what a person can do.
Error Explain(Error error, const std::string& path) {
  if (error.kind == ErrorKind::kMalformed && !error.message.starts_with(path + " was made by")) {
    error.message = fmt::format(
        "{} is damaged ({}): remove it, and the next start rebuilds it from the newest snapshot "
        "and the journal",
        path, error.message);
  }
  return error;
}

SqliteConnection OpenWriter(const SqliteVfs& vfs, const std::string& path, Flushing flushing) {
  vfs.FlushWal(path);
  SqliteConnection connection(vfs, path, SqliteConnection::Mode::kCreate);
  connection.Execute(fmt::format("PRAGMA page_size = {}", kViewPageBytes).c_str());
  connection.Execute("PRAGMA journal_mode = WAL");
  SetFlushing(connection, flushing);
  connection.Execute("PRAGMA wal_autocheckpoint = 0");
  connection.Execute("PRAGMA journal_size_limit = 67108864");
  connection.Execute("PRAGMA cache_size = -32768");
  Migrate(connection, path);
  return connection;
}

}  // namespace

// What was published must outlive a power cut: numbers that readers saw are never given again.
void SetFlushing(SqliteConnection& connection, Flushing flushing) {
  const bool flush = flushing == Flushing::kEveryBatch;
  connection.Execute(flush ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
}

View::View(const SqliteVfs& vfs, std::string path, std::shared_ptr<KeyRing> keys, Flushing flushing)
    : vfs_(vfs), path_(std::move(path)), keys_(std::move(keys)), flushing_(flushing) {
  auto connection = OpenWriter(vfs_, path_, flushing_);
  words_.Load(connection);
  sqlite3_wal_hook(connection.get(), OnCommit, this);
  writer_.emplace(std::move(connection), words_, *keys_);
  position_ = writer_->position().offset;
  fold_version_ = writer_->fold_version();
}

Result<std::unique_ptr<View>> View::Open(const SqliteVfs& vfs, std::string path,
                                         std::shared_ptr<KeyRing> keys, Flushing flushing) {
  auto opened =
      AtEdge([&] { return std::unique_ptr<View>(new View(vfs, path, std::move(keys), flushing)); });
  if (!opened) return std::unexpected(Explain(std::move(opened.error()), path));
  return opened;
}

int View::OnCommit(void* view, sqlite3* /*handle*/, const char* /*name*/, int wal_pages) {
  auto& self = *static_cast<View*>(view);
  self.wal_bytes_ = static_cast<std::uint64_t>(wal_pages) * kViewPageBytes;
  ++self.commits_;
  return SQLITE_OK;
}

Result<Fence> View::AcquireLease() {
  const std::lock_guard hold(gate_);
  return AtEdge([&] { return writer_->AcquireLease(); });
}

Result<ViewWriter::FeedEnds> View::Apply(Fence fence, Position expected, const Batch& batch) {
  const std::lock_guard hold(gate_);
  auto ends = AtEdge([&] { return writer_->Apply(fence, expected, batch); });
  if (ends) {
    position_ = writer_->position().offset;
    fold_version_ = writer_->fold_version();
  }
  return ends;
}

Result<std::optional<RecordRow>> View::Load(RecordKind kind, const std::string& merchant,
                                            const std::string& id) {
  const std::lock_guard hold(gate_);
  return AtEdge([&] { return writer_->Load(kind, merchant, id); });
}

Result<std::uint64_t> View::CutFeed(const std::string& merchant, const ViewWriter::Expiry& expiry,
                                    std::uint64_t limit) {
  const std::lock_guard hold(gate_);
  return AtEdge([&] { return writer_->CutFeed(merchant, expiry, limit); });
}

Result<void> View::Overwrite(const Erasure& erasure) {
  const std::lock_guard hold(gate_);
  return AtEdge([&] { writer_->Overwrite(erasure); });
}

ViewWriter::FeedEnds View::FeedEnds() {
  const std::lock_guard hold(gate_);
  return writer_->Ends();
}

std::unique_ptr<ViewReader> View::Borrow() {
  {
    const std::lock_guard lock(idle_mutex_);
    if (!idle_.empty()) {
      auto reader = std::move(idle_.back());
      idle_.pop_back();
      return reader;
    }
  }
  SqliteConnection connection(vfs_, path_, SqliteConnection::Mode::kReadWrite);
  connection.Execute("PRAGMA query_only = 1");
  connection.Execute("PRAGMA wal_autocheckpoint = 0");
  connection.Execute("PRAGMA cache_size = -2048");
  return std::make_unique<ViewReader>(std::move(connection), words_, *keys_);
}

void View::Return(std::unique_ptr<ViewReader> reader) {
  const std::lock_guard lock(idle_mutex_);
  if (idle_.size() < kIdleReaders) idle_.push_back(std::move(reader));
}

Result<void> View::Verify() {
  return AtEdge([&] {
    SqliteConnection connection(vfs_, path_, SqliteConnection::Mode::kReadWrite);
    connection.Execute("PRAGMA query_only = 1");
    SqliteStatement check(connection, "PRAGMA integrity_check(1)");
    SqliteRows rows(check);
    if (!rows.Next() || rows.Text(0) != "ok") {
      throw Failure(ErrorKind::kMalformed, fmt::format("{} is damaged: {}", path_, rows.Text(0)));
    }
  });
}

}  // namespace weir::storage
