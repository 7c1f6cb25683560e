// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace weir {

/// One open file. Not for use by two threads at once, except ReadAt, which is safe beside anything.
class File {
 public:
  virtual ~File() = default;

  /// Reads up to out.size() bytes at `offset`; fewer only at the file's end. Returns the count.
  [[nodiscard]] virtual Result<std::size_t> ReadAt(std::uint64_t offset,
                                                   std::span<std::byte> out) const = 0;
  /// Writes all of `bytes` at `offset`, growing the file as needed.
  [[nodiscard]] virtual Result<void> WriteAt(std::uint64_t offset,
                                             std::span<const std::byte> bytes) = 0;
  /// Zero-fills the file ahead to `size` and syncs, so that later writes change no metadata. Never
  /// shortens the file.
  [[nodiscard]] virtual Result<void> Allocate(std::uint64_t size) = 0;
  [[nodiscard]] virtual Result<void> Truncate(std::uint64_t size) = 0;
  /// Data is on stable storage when this returns well (fdatasync). After a failure the state of
  /// what was written since the last success is unknown.
  [[nodiscard]] virtual Result<void> Sync() = 0;
  [[nodiscard]] virtual Result<std::uint64_t> Size() const = 0;
};

enum class OpenMode { kRead, kReadWrite, kCreate /**< read, write; made if absent */ };

/// The file system, injected: tests put an in-memory one with power cuts and faults in its place.
/// Paths are absolute or relative to the process; '/' separates. What is absent is kNotFound; what
/// the system refuses otherwise (a full disk, a read-only file) is kInternal.
/// Callable from any thread.
class Disk {
 public:
  virtual ~Disk() = default;

  [[nodiscard]] virtual Result<std::unique_ptr<File>> Open(std::string_view path,
                                                           OpenMode mode) = 0;
  /// Makes the folder and its parents, where absent; they are durable when this returns well.
  [[nodiscard]] virtual Result<void> MakeFolder(std::string_view path) = 0;
  /// Names (not paths) of the files and folders in `path`, sorted.
  [[nodiscard]] virtual Result<std::vector<std::string>> List(std::string_view path) const = 0;
  [[nodiscard]] virtual Result<bool> Exists(std::string_view path) const = 0;
  /// A file, or a folder that is empty.
  [[nodiscard]] virtual Result<void> Remove(std::string_view path) = 0;
  /// Moves a file (not a folder); a file at `to` is replaced, at no moment absent.
  [[nodiscard]] virtual Result<void> Rename(std::string_view from, std::string_view to) = 0;
  /// Makes created, renamed and removed names in this folder durable.
  [[nodiscard]] virtual Result<void> SyncFolder(std::string_view path) = 0;
  [[nodiscard]] virtual Result<std::uint64_t> FreeBytes(std::string_view path) const = 0;
  /// Holds `path` as this process's own until the returned object is destroyed; kConflict when
  /// another process holds it.
  [[nodiscard]] virtual Result<std::unique_ptr<File>> Lock(std::string_view path) = 0;
};

/// The operating system's files. What it makes is readable by the process's user alone.
class SystemDisk final : public Disk {
 public:
  Result<std::unique_ptr<File>> Open(std::string_view path, OpenMode mode) override;
  Result<void> MakeFolder(std::string_view path) override;
  Result<std::vector<std::string>> List(std::string_view path) const override;
  Result<bool> Exists(std::string_view path) const override;
  Result<void> Remove(std::string_view path) override;
  Result<void> Rename(std::string_view from, std::string_view to) override;
  Result<void> SyncFolder(std::string_view path) override;
  Result<std::uint64_t> FreeBytes(std::string_view path) const override;
  Result<std::unique_ptr<File>> Lock(std::string_view path) override;
};

}  // namespace weir
