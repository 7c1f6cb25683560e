// SPDX-License-Identifier: Apache-2.0
#include "app/explain/still_view.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <memory>
#include <thread>
#include <utility>

#include "base/disk.hpp"
#include "storage/embedded/view_reader.hpp"

namespace weir::app::explain {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWalHeaderBytes = 32;
constexpr int kTries = 50;
constexpr auto kBetweenTries = std::chrono::milliseconds(100);
/// A file's time may stand still for some milliseconds while the file changes.
constexpr auto kStill = std::chrono::milliseconds(50);

std::unexpected<Error> ReadOnly() {
  return Fail(ErrorKind::kInternal, "this copy of the view is for reading");
}

/// The WAL as it was when it was opened. What is written to it stays here.
class WalCopy final : public File {
 public:
  explicit WalCopy(std::string bytes) : bytes_(std::move(bytes)) {}
  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> out) const override {
    if (offset >= bytes_.size()) return std::size_t{0};
    const std::size_t count = std::min<std::size_t>(out.size(), bytes_.size() - offset);
    std::memcpy(out.data(), bytes_.data() + offset, count);
    return count;
  }
  Result<void> WriteAt(std::uint64_t, std::span<const std::byte>) override { return ReadOnly(); }
  Result<void> Allocate(std::uint64_t) override { return ReadOnly(); }
  Result<void> Truncate(std::uint64_t) override { return ReadOnly(); }
  Result<void> Sync() override { return {}; }
  Result<std::uint64_t> Size() const override { return bytes_.size(); }

 private:
  const std::string bytes_;
};

/// The system's files, for SQLite to read: view.db as it is, its WAL as one copy.
class StillDisk final : public Disk {
 public:
  explicit StillDisk(std::string wal) : wal_(std::move(wal)) {}
  Result<std::unique_ptr<File>> Open(std::string_view path, OpenMode) override {
    if (path.ends_with("-wal")) return std::make_unique<WalCopy>(std::move(wal_));
    return disk_.Open(path, OpenMode::kRead);
  }
  Result<void> MakeFolder(std::string_view) override { return ReadOnly(); }
  Result<std::vector<std::string>> List(std::string_view path) const override {
    return disk_.List(path);
  }
  Result<bool> Exists(std::string_view path) const override { return disk_.Exists(path); }
  Result<void> Remove(std::string_view) override { return ReadOnly(); }
  Result<void> Rename(std::string_view, std::string_view) override { return ReadOnly(); }
  Result<void> SyncFolder(std::string_view) override { return ReadOnly(); }
  Result<std::uint64_t> FreeBytes(std::string_view path) const override {
    return disk_.FreeBytes(path);
  }
  Result<std::unique_ptr<File>> Lock(std::string_view) override { return ReadOnly(); }

 private:
  SystemDisk disk_;
  std::string wal_;
};

/// The file's bytes, at most `limit`; empty when there is no such file.
std::string BytesOf(const std::string& path, std::size_t limit) {
  SystemDisk disk;
  const auto file = disk.Open(path, OpenMode::kRead);
  if (!file) {
    if (file.error().kind == ErrorKind::kNotFound) return {};
    throw storage::Failure(file.error());
  }
  const std::uint64_t size = storage::Must((*file)->Size());
  std::string bytes(std::min<std::uint64_t>(size, limit), '\0');
  bytes.resize(storage::Must((*file)->ReadAt(0, std::as_writable_bytes(std::span(bytes)))));
  return bytes;
}

/// While this stays the same the WAL only grows and view.db does not change: a checkpoint writes to
/// view.db, and the WAL's next beginning has other salts.
struct Stillness {
  fs::file_time_type written;
  std::string wal_header;

  static Stillness Of(const std::string& path) {
    return {fs::last_write_time(path), BytesOf(path + "-wal", kWalHeaderBytes)};
  }
  [[nodiscard]] bool settled() const { return fs::file_time_type::clock::now() - written > kStill; }
  friend bool operator==(const Stillness&, const Stillness&) = default;
};

}  // namespace

Result<std::optional<storage::RecordRow>> ReadRecord(const std::string& folder,
                                                     const storage::KeyRing& keys,
                                                     storage::RecordKind kind,
                                                     const std::string& merchant,
                                                     const std::string& id) {
  const std::string path = folder + "/view.db";
  std::error_code failed;
  if (!fs::exists(path, failed)) return Fail(ErrorKind::kNotFound, path + " is not there");
  for (int i = 0; i < kTries; ++i) {
    auto read = storage::AtEdge([&]() -> std::optional<std::optional<storage::RecordRow>> {
      const auto before = Stillness::Of(path);
      if (!before.settled()) return std::nullopt;
      StillDisk disk(BytesOf(path + "-wal", std::string::npos));
      const storage::SqliteVfs vfs(disk);
      storage::Words words;
      storage::SqliteConnection connection(vfs, path, storage::SqliteConnection::Mode::kRead);
      words.Load(connection);
      auto row = storage::ViewReader(std::move(connection), words, keys).Read(kind, merchant, id);
      if (Stillness::Of(path) != before) return std::nullopt;
      return row;
    });
    if (read && *read) return std::move(**read);
    // A file that changed under the reader may look damaged.
    if (!read && i + 1 == kTries) return std::unexpected(read.error());
    std::this_thread::sleep_for(kBetweenTries);
  }
  return Fail(ErrorKind::kConflict, path + " is being written all the time; try again");
}

}  // namespace weir::app::explain
