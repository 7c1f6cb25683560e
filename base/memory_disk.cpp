// SPDX-License-Identifier: Apache-2.0
#include "base/memory_disk.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/memory_state.hpp"

namespace weir {

using memory_disk::Absent;
using memory_disk::Folder;
using memory_disk::Inode;
using memory_disk::NormalPath;
using memory_disk::Place;
using memory_disk::PlaceOf;
using memory_disk::Refused;

namespace {

class MemoryFile final : public File {
 public:
  struct Options {
    bool writable = true;
    bool holds_lock = false;
  };

  /// The state's lock is held.
  MemoryFile(std::shared_ptr<MemoryDisk::State> state, std::shared_ptr<Inode> inode,
             std::string path, Options options)
      : state_(std::move(state)),
        inode_(std::move(inode)),
        path_(std::move(path)),
        options_(options),
        life_(state_->lives) {}

  ~MemoryFile() override {
    const std::scoped_lock lock(state_->mutex);
    if (options_.holds_lock && Alive()) {
      state_->locked.erase(path_);
    }
  }

  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> out) const override {
    if (auto fine = state_->Probe("read", path_); !fine) {
      return std::unexpected(fine.error());
    }
    const std::scoped_lock lock(state_->mutex);
    if (!Alive()) {
      return Dead();
    }
    const std::string& bytes = inode_->bytes();
    if (offset >= bytes.size()) {
      return 0;
    }
    const std::size_t count = std::min<std::uint64_t>(out.size(), bytes.size() - offset);
    std::ranges::copy(std::as_bytes(std::span(bytes)).subspan(offset, count), out.begin());
    return count;
  }

  Result<void> WriteAt(std::uint64_t offset, std::span<const std::byte> bytes) override {
    const auto change = [&] {
      if (!bytes.empty()) {
        inode_->Write(offset, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
      }
    };
    return Change("write", bytes.empty() ? 0 : offset + bytes.size(), change);
  }

  Result<void> Allocate(std::uint64_t size) override {
    return Change("allocate", size, [&] { inode_->Allocate(size); });
  }

  Result<void> Truncate(std::uint64_t size) override {
    return Change("truncate", 0, [&] { inode_->Truncate(size); });
  }

  Result<void> Sync() override {
    if (auto fine = state_->Probe("sync", path_); !fine) {
      return fine;
    }
    const std::scoped_lock lock(state_->mutex);
    if (!Alive()) {
      return Dead();
    }
    inode_->Sync();
    return {};
  }

  Result<std::uint64_t> Size() const override {
    const std::scoped_lock lock(state_->mutex);
    if (!Alive()) {
      return Dead();
    }
    return inode_->bytes().size();
  }

 private:
  /// Runs `change`, which leaves the file with at least `size_after` bytes, if it may run.
  template <typename Function>
  Result<void> Change(std::string_view operation, std::uint64_t size_after, Function change) {
    if (auto fine = state_->Probe(operation, path_); !fine) {
      return fine;
    }
    const std::scoped_lock lock(state_->mutex);
    if (!Alive()) {
      return Dead();
    }
    if (!options_.writable) {
      return Refused("not open for writing", path_);
    }
    if (!state_->HasRoom(inode_->bytes().size(), size_after)) {
      return Refused("no space left", path_);
    }
    change();
    return {};
  }

  [[nodiscard]] bool Alive() const { return life_ == state_->lives; }
  [[nodiscard]] std::unexpected<Error> Dead() const {
    return Refused("the process that opened this file has ended", path_);
  }

  std::shared_ptr<MemoryDisk::State> state_;
  std::shared_ptr<Inode> inode_;
  std::string path_;
  Options options_;
  std::uint64_t life_;
};

}  // namespace

MemoryDisk::MemoryDisk() : state_(std::make_shared<State>()) {}

MemoryDisk::~MemoryDisk() = default;

Result<std::unique_ptr<File>> MemoryDisk::Open(std::string_view path, OpenMode mode) {
  if (auto fine = state_->Probe("open", path); !fine) {
    return std::unexpected(fine.error());
  }
  std::string normal = NormalPath(path);
  const std::scoped_lock lock(state_->mutex);
  auto inode = state_->Open(normal, mode == OpenMode::kCreate);
  if (!inode) {
    return std::unexpected(inode.error());
  }
  return std::make_unique<MemoryFile>(state_, *std::move(inode), std::move(normal),
                                      MemoryFile::Options{.writable = mode != OpenMode::kRead});
}

Result<void> MemoryDisk::MakeFolder(std::string_view path) {
  if (auto fine = state_->Probe("make_folder", path); !fine) {
    return fine;
  }
  const std::scoped_lock lock(state_->mutex);
  for (std::string at = NormalPath(path); state_->FindFolder(at) == nullptr;
       at = PlaceOf(at).folder) {
    if (state_->FindFile(at) != nullptr) {
      return Refused("a file stands where a folder should", at);
    }
    state_->folders.try_emplace(at);
  }
  return {};
}

Result<std::vector<std::string>> MemoryDisk::List(std::string_view path) const {
  const std::string normal = NormalPath(path);
  const std::scoped_lock lock(state_->mutex);
  if (state_->FindFolder(normal) == nullptr) {
    return Absent(path);
  }
  return state_->NamesIn(normal);
}

Result<bool> MemoryDisk::Exists(std::string_view path) const {
  const std::string normal = NormalPath(path);
  const std::scoped_lock lock(state_->mutex);
  return state_->FindFolder(normal) != nullptr || state_->FindFile(normal) != nullptr;
}

Result<void> MemoryDisk::Remove(std::string_view path) {
  if (auto fine = state_->Probe("remove", path); !fine) {
    return fine;
  }
  const std::string normal = NormalPath(path);
  const Place place = PlaceOf(normal);
  const std::scoped_lock lock(state_->mutex);
  if (state_->FindFile(normal) != nullptr) {
    state_->FindFolder(place.folder)->current.erase(place.name);
    return {};
  }
  if (state_->FindFolder(normal) == nullptr) {
    return Absent(path);
  }
  if (place.name.empty() || !state_->NamesIn(normal).empty()) {
    return Refused("the folder is not empty", path);
  }
  state_->folders.erase(normal);
  return {};
}

Result<void> MemoryDisk::Rename(std::string_view from, std::string_view to) {
  if (auto fine = state_->Probe("rename", from); !fine) {
    return fine;
  }
  const std::string source = NormalPath(from);
  const std::string target = NormalPath(to);
  const std::scoped_lock lock(state_->mutex);
  const std::shared_ptr<Inode> inode = state_->FindFile(source);
  const Place old_place = PlaceOf(source);
  const Place new_place = PlaceOf(target);
  Folder* const folder = state_->FindFolder(new_place.folder);
  if (inode == nullptr || folder == nullptr) {
    return Absent(inode == nullptr ? from : to);
  }
  if (state_->FindFolder(target) != nullptr) {
    return Refused("a folder stands where a file should", to);
  }
  state_->FindFolder(old_place.folder)->current.erase(old_place.name);
  folder->current[new_place.name] = inode;
  return {};
}

Result<void> MemoryDisk::SyncFolder(std::string_view path) {
  if (auto fine = state_->Probe("sync_folder", path); !fine) {
    return fine;
  }
  const std::scoped_lock lock(state_->mutex);
  Folder* const folder = state_->FindFolder(NormalPath(path));
  if (folder == nullptr) {
    return Absent(path);
  }
  folder->durable = folder->current;
  return {};
}

Result<std::uint64_t> MemoryDisk::FreeBytes(std::string_view path) const {
  constexpr std::uint64_t kPlenty = std::uint64_t{1} << 40;
  const std::string normal = NormalPath(path);
  const std::scoped_lock lock(state_->mutex);
  if (state_->FindFolder(normal) == nullptr && state_->FindFile(normal) == nullptr) {
    return Absent(path);
  }
  const std::uint64_t capacity = state_->capacity.value_or(kPlenty);
  return capacity - std::min(capacity, state_->Used());
}

Result<std::unique_ptr<File>> MemoryDisk::Lock(std::string_view path) {
  if (auto fine = state_->Probe("lock", path); !fine) {
    return std::unexpected(fine.error());
  }
  std::string normal = NormalPath(path);
  const std::scoped_lock lock(state_->mutex);
  auto inode = state_->Open(normal, true);
  if (!inode) {
    return std::unexpected(inode.error());
  }
  if (!state_->locked.insert(normal).second) {
    return Fail(ErrorKind::kConflict, "another process holds " + normal);
  }
  return std::make_unique<MemoryFile>(state_, *std::move(inode), std::move(normal),
                                      MemoryFile::Options{.holds_lock = true});
}

void MemoryDisk::CutPower(const std::function<std::uint64_t(std::uint64_t)>& choose) {
  const std::scoped_lock lock(state_->mutex);
  state_->EndHandles();
  for (auto& [path, folder] : state_->folders) {
    const bool names_survive = choose && folder.current != folder.durable && choose(2) == 1;
    (names_survive ? folder.durable : folder.current) =
        names_survive ? folder.current : folder.durable;
    for (const auto& [name, inode] : folder.current) {
      inode->CutPower(choose);
    }
  }
}

void MemoryDisk::KillProcess() {
  const std::scoped_lock lock(state_->mutex);
  state_->EndHandles();
}

void MemoryDisk::SetFault(Fault fault) {
  auto shared = fault ? std::make_shared<const Fault>(std::move(fault)) : nullptr;
  const std::scoped_lock lock(state_->mutex);
  state_->fault.swap(shared);
}

void MemoryDisk::SetCapacity(std::uint64_t bytes) {
  const std::scoped_lock lock(state_->mutex);
  state_->capacity = bytes;
}

Result<std::string> MemoryDisk::ReadAll(std::string_view path) const {
  const std::scoped_lock lock(state_->mutex);
  const std::shared_ptr<Inode> inode = state_->FindFile(NormalPath(path));
  if (inode == nullptr) {
    return Absent(path);
  }
  return inode->bytes();
}

Result<void> MemoryDisk::Overwrite(std::string_view path, std::string bytes) {
  const std::string normal = NormalPath(path);
  const std::scoped_lock lock(state_->mutex);
  auto inode = state_->Open(normal, true);
  if (!inode) {
    return std::unexpected(inode.error());
  }
  (*inode)->Replace(std::move(bytes));
  const Place place = PlaceOf(normal);
  state_->FindFolder(place.folder)->durable[place.name] = *inode;
  return {};
}

}  // namespace weir
