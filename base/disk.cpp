// SPDX-License-Identifier: Apache-2.0
#include "base/disk.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

namespace weir {
namespace {

// What Weir stores is personal: the user it runs as reads it, nobody else.
constexpr mode_t kFileMode = 0600;
constexpr mode_t kFolderMode = 0700;

std::unexpected<Error> OsError(std::string_view operation, std::string_view path, int code) {
  const bool absent = code == ENOENT || code == ENOTDIR;
  std::string message(operation);
  message.append(" ").append(path).append(": ").append(std::generic_category().message(code));
  return Fail(absent ? ErrorKind::kNotFound : ErrorKind::kInternal, std::move(message));
}

/// Runs a system call again while signals interrupt it.
template <typename Call>
auto Retrying(Call call) {
  auto outcome = call();
  while (outcome < 0 && errno == EINTR) {
    outcome = call();
  }
  return outcome;
}

class SystemFile final : public File {
 public:
  SystemFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  ~SystemFile() override { ::close(descriptor_); }
  SystemFile(const SystemFile&) = delete;
  SystemFile& operator=(const SystemFile&) = delete;

  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> out) const override {
    std::size_t done = 0;
    while (done < out.size()) {
      const ssize_t count = Retrying([&] {
        return ::pread(descriptor_, out.data() + done, out.size() - done,
                       static_cast<off_t>(offset + done));
      });
      if (count < 0) {
        return OsError("read", path_, errno);
      }
      if (count == 0) {
        break;
      }
      done += static_cast<std::size_t>(count);
    }
    return done;
  }

  Result<void> WriteAt(std::uint64_t offset, std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      const ssize_t count = Retrying([&] {
        return ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      });
      if (count < 0) {
        return OsError("write", path_, errno);
      }
      offset += static_cast<std::uint64_t>(count);
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
  }

  Result<void> Allocate(std::uint64_t size) override {
    // posix_fallocate leaves extents marked unwritten: the first write to each would change
    // metadata, and its flush would cost a second write. Only real zeros avoid that.
    static constexpr std::size_t kChunk = 1 << 20;
    const Result<std::uint64_t> present = Size();
    if (!present) {
      return std::unexpected(present.error());
    }
    if (size <= *present) {
      return {};
    }
    const std::vector<std::byte> zeros(std::min<std::uint64_t>(kChunk, size - *present));
    for (std::uint64_t at = *present; at < size;) {
      const std::size_t count = std::min<std::uint64_t>(zeros.size(), size - at);
      if (auto written = WriteAt(at, std::span(zeros).first(count)); !written) {
        return written;
      }
      at += count;
    }
    return Sync();
  }

  Result<void> Truncate(std::uint64_t size) override {
    if (Retrying([&] { return ::ftruncate(descriptor_, static_cast<off_t>(size)); }) != 0) {
      return OsError("truncate", path_, errno);
    }
    return {};
  }

  Result<void> Sync() override {
    if (Retrying([&] { return ::fdatasync(descriptor_); }) != 0) {
      return OsError("sync", path_, errno);
    }
    return {};
  }

  Result<std::uint64_t> Size() const override {
    struct stat status{};
    if (::fstat(descriptor_, &status) != 0) {
      return OsError("stat", path_, errno);
    }
    return static_cast<std::uint64_t>(status.st_size);
  }

  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
  std::string path_;
};

Result<std::unique_ptr<SystemFile>> OpenDescriptor(std::string_view path, int flags) {
  std::string name(path);
  const int descriptor =
      Retrying([&] { return ::open(name.c_str(), flags | O_CLOEXEC, kFileMode); });
  if (descriptor < 0) {
    return OsError("open", path, errno);
  }
  return std::make_unique<SystemFile>(descriptor, std::move(name));
}

std::string ParentOf(const std::string& path) {
  std::string parent = std::filesystem::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

}  // namespace

Result<std::unique_ptr<File>> SystemDisk::Open(std::string_view path, OpenMode mode) {
  const int flags = mode == OpenMode::kRead        ? O_RDONLY
                    : mode == OpenMode::kReadWrite ? O_RDWR
                                                   : O_RDWR | O_CREAT;
  return OpenDescriptor(path, flags);
}

Result<void> SystemDisk::MakeFolder(std::string_view path) {
  std::string name(path);
  while (name.size() > 1 && name.ends_with('/')) {
    name.pop_back();
  }
  if (::mkdir(name.c_str(), kFolderMode) == 0) {
    return SyncFolder(ParentOf(name));
  }
  const int code = errno;
  std::error_code ignored;
  if (code == EEXIST && std::filesystem::is_directory(name, ignored)) {
    return {};
  }
  const std::string parent = ParentOf(name);
  if (code != ENOENT || parent == "." || parent == name) {
    return OsError("make folder", path, code);
  }
  if (auto made = MakeFolder(parent); !made) {
    return made;
  }
  if (::mkdir(name.c_str(), kFolderMode) != 0 && errno != EEXIST) {
    return OsError("make folder", path, errno);
  }
  return SyncFolder(parent);
}

Result<std::vector<std::string>> SystemDisk::List(std::string_view path) const {
  std::error_code error;
  std::filesystem::directory_iterator entry(std::filesystem::path(path), error);
  std::vector<std::string> names;
  while (!error && entry != std::filesystem::directory_iterator()) {
    names.push_back(entry->path().filename().string());
    entry.increment(error);
  }
  if (error) {
    return OsError("list", path, error.value());
  }
  std::ranges::sort(names);
  return names;
}

Result<bool> SystemDisk::Exists(std::string_view path) const {
  struct stat status{};
  if (::stat(std::string(path).c_str(), &status) == 0) {
    return true;
  }
  const int code = errno;
  if (code == ENOENT || code == ENOTDIR) {
    return false;
  }
  return OsError("stat", path, code);
}

Result<void> SystemDisk::Remove(std::string_view path) {
  if (std::remove(std::string(path).c_str()) != 0) {
    return OsError("remove", path, errno);
  }
  return {};
}

Result<void> SystemDisk::Rename(std::string_view from, std::string_view to) {
  if (std::rename(std::string(from).c_str(), std::string(to).c_str()) != 0) {
    return OsError("rename", from, errno);
  }
  return {};
}

Result<void> SystemDisk::SyncFolder(std::string_view path) {
  const auto folder = OpenDescriptor(path, O_RDONLY | O_DIRECTORY);
  if (!folder) {
    return std::unexpected(folder.error());
  }
  if (Retrying([&] { return ::fsync((*folder)->descriptor()); }) != 0) {
    return OsError("sync folder", path, errno);
  }
  return {};
}

Result<std::uint64_t> SystemDisk::FreeBytes(std::string_view path) const {
  struct statvfs status{};
  if (Retrying([&] { return ::statvfs(std::string(path).c_str(), &status); }) != 0) {
    return OsError("statvfs", path, errno);
  }
  return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

Result<std::unique_ptr<File>> SystemDisk::Lock(std::string_view path) {
  auto file = OpenDescriptor(path, O_RDWR | O_CREAT);
  if (!file) {
    return file;
  }
  if (Retrying([&] { return ::flock((*file)->descriptor(), LOCK_EX | LOCK_NB); }) != 0) {
    const int code = errno;
    if (code == EWOULDBLOCK) {
      return Fail(ErrorKind::kConflict, "another process holds " + std::string(path));
    }
    return OsError("lock", path, code);
  }
  return file;
}

}  // namespace weir
