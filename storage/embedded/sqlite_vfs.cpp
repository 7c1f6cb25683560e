// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/sqlite_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/sqlite_locks.hpp"
#include "storage/embedded/sqlite_wal_file.hpp"

namespace weir::storage {

struct SqliteVfs::Registration {
  explicit Registration(Disk& its_disk) : disk(its_disk) {}

  /// What the connections to one database share; forgotten with the last of them.
  std::shared_ptr<SqliteLocks> Locks(const std::string& path) {
    const std::lock_guard lock(mutex);
    auto& kept = by_path[path];
    auto locks = kept.lock();
    if (!locks) kept = locks = std::make_shared<SqliteLocks>();
    return locks;
  }

  Disk& disk;
  std::string name;
  sqlite3_vfs vfs{};
  std::mutex mutex;
  std::map<std::string, std::weak_ptr<SqliteLocks>> by_path;
};

namespace {

constexpr int kMaxPath = 1024;
/// SQLite asks for its WAL index in pieces of this size.
constexpr int kRegionBytes = 32 * 1024;

std::string FolderOf(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

struct OpenFile {
  Disk& disk;
  std::string path;
  std::unique_ptr<File> file;
  std::shared_ptr<SqliteLocks> locks;
  int held = SQLITE_LOCK_NONE;
  SqliteLocks::Slots slots{};
  bool attached = false;
  /// Made by this open: its name becomes durable with its first sync.
  bool name_unsynced = false;
};

/// What SQLite allocates for us; the first member is its own.
struct SqliteFile {
  sqlite3_file base;
  OpenFile* open;
};

OpenFile& Opened(sqlite3_file* file) { return *reinterpret_cast<SqliteFile*>(file)->open; }

SqliteVfs::Registration& Registered(sqlite3_vfs* vfs) {
  return *static_cast<SqliteVfs::Registration*>(vfs->pAppData);
}

int CloseFile(sqlite3_file* file) {
  auto& open = Opened(file);
  open.locks->Lower(open.held, SQLITE_LOCK_NONE);
  if (open.attached) open.locks->Detach(open.slots);
  delete &open;
  return SQLITE_OK;
}

int ReadFile(sqlite3_file* file, void* out, int amount, sqlite3_int64 offset) {
  const std::span bytes(static_cast<std::byte*>(out), static_cast<std::size_t>(amount));
  const auto got = Opened(file).file->ReadAt(static_cast<std::uint64_t>(offset), bytes);
  if (!got) return SQLITE_IOERR_READ;
  if (*got == bytes.size()) return SQLITE_OK;
  std::ranges::fill(bytes.subspan(*got), std::byte{0});
  return SQLITE_IOERR_SHORT_READ;
}

int WriteFile(sqlite3_file* file, const void* in, int amount, sqlite3_int64 offset) {
  const std::span bytes(static_cast<const std::byte*>(in), static_cast<std::size_t>(amount));
  const auto done = Opened(file).file->WriteAt(static_cast<std::uint64_t>(offset), bytes);
  return done ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int TruncateFile(sqlite3_file* file, sqlite3_int64 size) {
  const auto done = Opened(file).file->Truncate(static_cast<std::uint64_t>(size));
  return done ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int SyncFile(sqlite3_file* file, int /*flags*/) {
  auto& open = Opened(file);
  if (!open.file->Sync()) return SQLITE_IOERR_FSYNC;
  if (open.name_unsynced) {
    if (!open.disk.SyncFolder(FolderOf(open.path))) return SQLITE_IOERR_DIR_FSYNC;
    open.name_unsynced = false;
  }
  return SQLITE_OK;
}

int SizeOfFile(sqlite3_file* file, sqlite3_int64* size) {
  const auto got = Opened(file).file->Size();
  if (!got) return SQLITE_IOERR_FSTAT;
  *size = static_cast<sqlite3_int64>(*got);
  return SQLITE_OK;
}

int RaiseLock(sqlite3_file* file, int level) {
  auto& open = Opened(file);
  return open.locks->Raise(open.held, level) ? SQLITE_OK : SQLITE_BUSY;
}

int LowerLock(sqlite3_file* file, int level) {
  auto& open = Opened(file);
  open.locks->Lower(open.held, level);
  return SQLITE_OK;
}

int IsReserved(sqlite3_file* file, int* reserved) {
  *reserved = Opened(file).locks->Reserved() ? 1 : 0;
  return SQLITE_OK;
}

int Control(sqlite3_file* /*file*/, int /*operation*/, void* /*argument*/) {
  return SQLITE_NOTFOUND;
}

int SectorSize(sqlite3_file* /*file*/) { return 4096; }

/// A torn write never touches bytes outside its own range: SQLite assumes this of every modern
/// disk by default, and MemoryDisk cuts a write short but never spills it. So a commit need not be
/// padded to whole sectors.
int Characteristics(sqlite3_file* /*file*/) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int MapShared(sqlite3_file* file, int number, int bytes, int make, void volatile** region) {
  auto& open = Opened(file);
  *region = nullptr;
  if (bytes > kRegionBytes) return SQLITE_IOERR_SHMSIZE;
  if (!open.attached) {
    open.locks->Attach();
    open.attached = true;
  }
  try {
    *region = open.locks->Region(static_cast<std::size_t>(number), kRegionBytes, make != 0);
  } catch (const std::bad_alloc&) {
    return SQLITE_IOERR_NOMEM;
  }
  return SQLITE_OK;
}

int LockShared(sqlite3_file* file, int first, int count, int flags) {
  auto& open = Opened(file);
  const auto mask = static_cast<std::uint16_t>(((1U << count) - 1U) << first);
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    open.locks->GiveSlots(open.slots, mask);
    return SQLITE_OK;
  }
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  return open.locks->TakeSlots(open.slots, mask, exclusive) ? SQLITE_OK : SQLITE_BUSY;
}

void BarrierShared(sqlite3_file* file) {
  std::atomic_thread_fence(std::memory_order_seq_cst);
  static_cast<void>(Opened(file).locks->Reserved());  // passes through the mutex both ways
}

int UnmapShared(sqlite3_file* file, int /*remove*/) {
  auto& open = Opened(file);
  if (open.attached) {
    open.locks->Detach(open.slots);
    open.attached = false;
  }
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = CloseFile,
    .xRead = ReadFile,
    .xWrite = WriteFile,
    .xTruncate = TruncateFile,
    .xSync = SyncFile,
    .xFileSize = SizeOfFile,
    .xLock = RaiseLock,
    .xUnlock = LowerLock,
    .xCheckReservedLock = IsReserved,
    .xFileControl = Control,
    .xSectorSize = SectorSize,
    .xDeviceCharacteristics = Characteristics,
    .xShmMap = MapShared,
    .xShmLock = LockShared,
    .xShmBarrier = BarrierShared,
    .xShmUnmap = UnmapShared,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int OpenPath(sqlite3_vfs* vfs, const char* path, sqlite3_file* out, int flags, int* out_flags) {
  auto* file = reinterpret_cast<SqliteFile*>(out);
  file->base.pMethods = nullptr;
  // Temporary files have no name; temp_store=MEMORY keeps SQLite from wanting one.
  if (path == nullptr) return SQLITE_CANTOPEN;
  auto& registration = Registered(vfs);
  const bool may_create = (flags & SQLITE_OPEN_CREATE) != 0;
  const auto there = registration.disk.Exists(path);
  if (!there) return SQLITE_IOERR;
  if (!*there && !may_create) return SQLITE_CANTOPEN;
  const auto mode = (flags & SQLITE_OPEN_READWRITE) == 0 ? OpenMode::kRead
                    : may_create                         ? OpenMode::kCreate
                                                         : OpenMode::kReadWrite;
  auto opened = registration.disk.Open(path, mode);
  if (!opened) return SQLITE_CANTOPEN;
  try {
    if ((flags & SQLITE_OPEN_WAL) != 0) {
      *opened = std::make_unique<SqliteWalFile>(std::move(*opened));
    }
    file->open = new OpenFile{.disk = registration.disk,
                              .path = path,
                              .file = std::move(*opened),
                              .locks = registration.Locks(path),
                              .name_unsynced = !*there};
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
  file->base.pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int DeletePath(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  auto& disk = Registered(vfs).disk;
  const auto removed = disk.Remove(path);
  if (!removed) {
    return removed.error().kind == ErrorKind::kNotFound ? SQLITE_IOERR_DELETE_NOENT
                                                        : SQLITE_IOERR_DELETE;
  }
  if (sync_folder != 0 && !disk.SyncFolder(FolderOf(path))) return SQLITE_IOERR_DIR_FSYNC;
  return SQLITE_OK;
}

int AccessPath(sqlite3_vfs* vfs, const char* path, int /*flags*/, int* result) {
  const auto there = Registered(vfs).disk.Exists(path);
  if (!there) return SQLITE_IOERR_ACCESS;
  *result = *there ? 1 : 0;
  return SQLITE_OK;
}

int FullPath(sqlite3_vfs* /*vfs*/, const char* path, int size, char* out) {
  const auto length = std::strlen(path);
  if (length + 1 > static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
  std::memcpy(out, path, length + 1);
  return SQLITE_OK;
}

/// SQLite asks its default VFS for chance, never this one.
int Randomness(sqlite3_vfs* /*vfs*/, int size, char* out) {
  std::memset(out, 0, static_cast<std::size_t>(size));
  return size;
}

/// Only a connection that met another in the middle of a change sleeps, for microseconds.
int Sleep(sqlite3_vfs* /*vfs*/, int microseconds) {
  std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
  return microseconds;
}

/// No statement of ours asks SQLite for the time: always the Unix epoch, as a Julian day.
int CurrentTime(sqlite3_vfs* /*vfs*/, double* julian_day) {
  *julian_day = 2440587.5;
  return SQLITE_OK;
}

int LastError(sqlite3_vfs* /*vfs*/, int /*size*/, char* /*out*/) { return 0; }

int CurrentTimeInt64(sqlite3_vfs* /*vfs*/, sqlite3_int64* julian_milliseconds) {
  *julian_milliseconds = 210'866'760'000'000;
  return SQLITE_OK;
}

sqlite3_vfs Describe(SqliteVfs::Registration& registration) {
  sqlite3_vfs vfs{};
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(SqliteFile);
  vfs.mxPathname = kMaxPath;
  vfs.zName = registration.name.c_str();
  vfs.pAppData = &registration;
  vfs.xOpen = OpenPath;
  vfs.xDelete = DeletePath;
  vfs.xAccess = AccessPath;
  vfs.xFullPathname = FullPath;
  vfs.xRandomness = Randomness;
  vfs.xSleep = Sleep;
  vfs.xCurrentTime = CurrentTime;
  vfs.xGetLastError = LastError;
  vfs.xCurrentTimeInt64 = CurrentTimeInt64;
  return vfs;
}

}  // namespace

SqliteVfs::SqliteVfs(Disk& disk) : registration_(std::make_unique<Registration>(disk)) {
  static std::once_flag configured;
  static std::atomic<std::uint64_t> registered{0};
  // Counting every allocation takes a lock that all connections share; asking too late is harmless.
  std::call_once(configured, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
  registration_->name = "weir-" + std::to_string(++registered);
  registration_->vfs = Describe(*registration_);
  if (sqlite3_vfs_register(&registration_->vfs, 0) != SQLITE_OK) {
    throw std::runtime_error("SQLite refused to register a file system");
  }
}

SqliteVfs::~SqliteVfs() { sqlite3_vfs_unregister(&registration_->vfs); }

const std::string& SqliteVfs::name() const { return registration_->name; }

void SqliteVfs::FlushWal(const std::string& path) const {
  const auto wal = path + "-wal";
  const auto file = registration_->disk.Open(wal, OpenMode::kReadWrite);
  if (!file && file.error().kind == ErrorKind::kNotFound) return;
  const auto flushed = file ? (*file)->Sync() : std::unexpected(file.error());
  if (!flushed) throw SqliteError(SQLITE_IOERR, wal + ": " + flushed.error().message);
}

}  // namespace weir::storage
