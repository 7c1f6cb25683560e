// SPDX-License-Identifier: Apache-2.0
#include "base/memory_disk.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>

namespace weir {
namespace {

using Choose = std::function<std::uint64_t(std::uint64_t)>;

/// Bytes and their history since they were last synced.
class Inode {
 public:
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

  void Write(std::uint64_t offset, std::string_view bytes) {
    Step step{.offset = offset, .size_before = bytes_.size(), .after = std::string(bytes)};
    if (offset < bytes_.size()) {
      step.before = bytes_.substr(offset, bytes.size());
    }
    log_.push_back(std::move(step));
    Put(offset, bytes);
  }

  void Truncate(std::uint64_t size) {
    Step step{.offset = size, .size_before = bytes_.size(), .truncates = true};
    if (size < bytes_.size()) {
      step.before = bytes_.substr(size);
    }
    log_.push_back(std::move(step));
    bytes_.resize(size);
  }

  void Extend(std::uint64_t size) { bytes_.resize(std::max<std::uint64_t>(bytes_.size(), size)); }

  void Sync() { log_.clear(); }

  void Replace(std::string bytes) {
    bytes_ = std::move(bytes);
    log_.clear();
  }

  /// Goes back to what was synced, then repeats those steps that `choose` lets survive.
  void CutPower(const Choose& choose) {
    const std::vector<Step> steps = std::exchange(log_, {});
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
      bytes_.resize(step->size_before);
      std::ranges::copy(step->before, bytes_.begin() + static_cast<std::ptrdiff_t>(step->offset));
    }
    for (const Step& step : steps) {
      if (choose) {
        Survive(step, choose);
      }
    }
  }

 private:
  /// One unsynced write or truncation, with what undoes and what repeats it.
  struct Step {
    std::uint64_t offset = 0;
    std::uint64_t size_before = 0;
    std::string before{};
    std::string after{};
    bool truncates = false;
  };

  void Put(std::uint64_t offset, std::string_view bytes) {
    Extend(offset + bytes.size());
    std::ranges::copy(bytes, bytes_.begin() + static_cast<std::ptrdiff_t>(offset));
  }

  void Survive(const Step& step, const Choose& choose) {
    enum Fate : std::uint64_t { kDropped, kKept, kCutShort, kFates };
    const std::uint64_t fate = choose(kFates);
    if (fate == kDropped) {
      return;
    }
    if (step.truncates) {
      bytes_.resize(step.offset);
    } else {
      const bool cut = fate == kCutShort && !step.after.empty();
      Put(step.offset, std::string_view(step.after)
                           .substr(0, cut ? choose(step.after.size()) : step.after.size()));
    }
  }

  std::string bytes_;
  std::vector<Step> log_;
};

using Names = std::map<std::string, std::shared_ptr<Inode>, std::less<>>;

struct Folder {
  Names current;
  Names durable;  ///< as of the last SyncFolder
};

/// One spelling for each path; the process's own folder is "".
std::string Normal(std::string_view path) {
  std::string normal = std::filesystem::path(path).lexically_normal().string();
  if (normal.size() > 1 && normal.ends_with('/')) {
    normal.pop_back();
  }
  return normal == "." ? "" : normal;
}

struct Place {
  std::string folder;
  std::string name;
};

Place Split(const std::string& normal) {
  const std::size_t slash = normal.rfind('/');
  if (slash == std::string::npos) {
    return {.folder = "", .name = normal};
  }
  return {.folder = normal.substr(0, std::max<std::size_t>(slash, 1)),
          .name = normal.substr(slash + 1)};
}

std::unexpected<Error> Absent(std::string_view path) {
  return Fail(ErrorKind::kNotFound, "no such file or folder: " + std::string(path));
}

std::unexpected<Error> Refused(std::string_view what, std::string_view path) {
  return Fail(ErrorKind::kInternal, std::string(what) + ": " + std::string(path));
}

}  // namespace

struct MemoryDisk::State {
  mutable std::mutex mutex;
  std::map<std::string, Folder, std::less<>> folders{{"", {}}, {"/", {}}};
  std::set<std::string, std::less<>> locked;
  std::uint64_t lives = 0;  ///< a handle of an earlier life is dead
  std::optional<std::uint64_t> capacity;
  std::shared_ptr<const Fault> fault;

  /// Asks the fault hook, without the lock: the hook may call the disk, CutPower too.
  Result<void> Probe(std::string_view operation, std::string_view path) const {
    std::shared_ptr<const Fault> hook;
    {
      const std::scoped_lock lock(mutex);
      hook = fault;
    }
    return hook ? (*hook)(operation, path) : Result<void>();
  }

  Folder* FindFolder(std::string_view normal) {
    const auto found = folders.find(normal);
    return found == folders.end() ? nullptr : &found->second;
  }

  std::shared_ptr<Inode> FindFile(const std::string& normal) {
    const Place place = Split(normal);
    Folder* const folder = FindFolder(place.folder);
    if (folder == nullptr) {
      return nullptr;
    }
    const auto found = folder->current.find(place.name);
    return found == folder->current.end() ? nullptr : found->second;
  }

  [[nodiscard]] std::uint64_t Used() const {
    std::uint64_t used = 0;
    for (const auto& [path, folder] : folders) {
      for (const auto& [name, inode] : folder.current) {
        used += inode->bytes().size();
      }
    }
    return used;
  }

  [[nodiscard]] bool HasRoom(std::uint64_t size_before, std::uint64_t size_after) const {
    return !capacity || size_after <= size_before ||
           Used() + (size_after - size_before) <= *capacity;
  }

  void EndHandles() {
    ++lives;
    locked.clear();
  }

  /// Opens, and makes if asked; the lock is held.
  Result<std::shared_ptr<Inode>> Open(const std::string& normal, bool create) {
    const Place place = Split(normal);
    Folder* const folder = FindFolder(place.folder);
    if (folder == nullptr) {
      return Absent(normal);
    }
    if (FindFolder(normal) != nullptr) {
      return Refused("a folder is no file", normal);
    }
    const auto found = folder->current.find(place.name);
    if (found != folder->current.end()) {
      return found->second;
    }
    if (!create) {
      return Absent(normal);
    }
    return folder->current[place.name] = std::make_shared<Inode>();
  }
};

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
    const auto change = [&] {
      if (size > inode_->bytes().size()) {
        inode_->Extend(size);
        inode_->Sync();
      }
    };
    return Change("allocate", size, change);
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
  std::string normal = Normal(path);
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
  for (std::string at = Normal(path); state_->FindFolder(at) == nullptr; at = Split(at).folder) {
    if (state_->FindFile(at) != nullptr) {
      return Refused("a file stands where a folder should", at);
    }
    state_->folders.try_emplace(at);
  }
  return {};
}

Result<std::vector<std::string>> MemoryDisk::List(std::string_view path) const {
  const std::string normal = Normal(path);
  const std::scoped_lock lock(state_->mutex);
  const Folder* const folder = state_->FindFolder(normal);
  if (folder == nullptr) {
    return Absent(path);
  }
  std::vector<std::string> names;
  for (const auto& [name, inode] : folder->current) {
    names.push_back(name);
  }
  for (const auto& [other, unused] : state_->folders) {
    Place place = Split(other);
    if (place.folder == normal && !place.name.empty()) {
      names.push_back(std::move(place.name));
    }
  }
  std::ranges::sort(names);
  return names;
}

Result<bool> MemoryDisk::Exists(std::string_view path) const {
  const std::string normal = Normal(path);
  const std::scoped_lock lock(state_->mutex);
  return state_->FindFolder(normal) != nullptr || state_->FindFile(normal) != nullptr;
}

Result<void> MemoryDisk::Remove(std::string_view path) {
  if (auto fine = state_->Probe("remove", path); !fine) {
    return fine;
  }
  const std::string normal = Normal(path);
  const Place place = Split(normal);
  {
    const std::scoped_lock lock(state_->mutex);
    if (state_->FindFile(normal) != nullptr) {
      state_->FindFolder(place.folder)->current.erase(place.name);
      return {};
    }
  }
  const auto names = List(path);
  if (!names) {
    return std::unexpected(names.error());
  }
  if (!names->empty() || place.name.empty()) {
    return Refused("the folder is not empty", path);
  }
  const std::scoped_lock lock(state_->mutex);
  state_->folders.erase(normal);
  return {};
}

Result<void> MemoryDisk::Rename(std::string_view from, std::string_view to) {
  if (auto fine = state_->Probe("rename", from); !fine) {
    return fine;
  }
  const std::string source = Normal(from);
  const std::string target = Normal(to);
  const std::scoped_lock lock(state_->mutex);
  const std::shared_ptr<Inode> inode = state_->FindFile(source);
  const Place old_place = Split(source);
  Place new_place = Split(target);
  Folder* const folder = state_->FindFolder(new_place.folder);
  if (inode == nullptr || folder == nullptr) {
    return Absent(inode == nullptr ? from : to);
  }
  if (state_->FindFolder(target) != nullptr) {
    return Refused("a folder stands where a file should", to);
  }
  state_->FindFolder(old_place.folder)->current.erase(old_place.name);
  folder->current[std::move(new_place.name)] = inode;
  return {};
}

Result<void> MemoryDisk::SyncFolder(std::string_view path) {
  if (auto fine = state_->Probe("sync_folder", path); !fine) {
    return fine;
  }
  const std::scoped_lock lock(state_->mutex);
  Folder* const folder = state_->FindFolder(Normal(path));
  if (folder == nullptr) {
    return Absent(path);
  }
  folder->durable = folder->current;
  return {};
}

Result<std::uint64_t> MemoryDisk::FreeBytes(std::string_view path) const {
  constexpr std::uint64_t kPlenty = std::uint64_t{1} << 40;
  const auto present = Exists(path);
  if (!*present) {
    return Absent(path);
  }
  const std::scoped_lock lock(state_->mutex);
  const std::uint64_t capacity = state_->capacity.value_or(kPlenty);
  return capacity - std::min(capacity, state_->Used());
}

Result<std::unique_ptr<File>> MemoryDisk::Lock(std::string_view path) {
  if (auto fine = state_->Probe("lock", path); !fine) {
    return std::unexpected(fine.error());
  }
  std::string normal = Normal(path);
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

void MemoryDisk::CutPower(const Choose& choose) {
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
  const std::shared_ptr<Inode> inode = state_->FindFile(Normal(path));
  if (inode == nullptr) {
    return Absent(path);
  }
  return inode->bytes();
}

Result<void> MemoryDisk::Overwrite(std::string_view path, std::string bytes) {
  const std::string normal = Normal(path);
  const std::scoped_lock lock(state_->mutex);
  auto inode = state_->Open(normal, true);
  if (!inode) {
    return std::unexpected(inode.error());
  }
  (*inode)->Replace(std::move(bytes));
  Place place = Split(normal);
  state_->FindFolder(place.folder)->durable[std::move(place.name)] = *inode;
  return {};
}

}  // namespace weir
