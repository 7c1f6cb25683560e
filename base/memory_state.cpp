// SPDX-License-Identifier: Apache-2.0
#include "base/memory_state.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace weir::memory_disk {

void Inode::Write(std::uint64_t offset, std::string_view bytes) {
  Step step{.offset = offset, .size_before = bytes_.size(), .after = std::string(bytes)};
  if (offset < bytes_.size()) {
    step.before = bytes_.substr(offset, bytes.size());
  }
  log_.push_back(std::move(step));
  Put(offset, bytes);
}

void Inode::Truncate(std::uint64_t size) {
  Step step{.offset = size, .size_before = bytes_.size(), .truncates = true};
  if (size < bytes_.size()) {
    step.before = bytes_.substr(size);
  }
  log_.push_back(std::move(step));
  bytes_.resize(size);
}

void Inode::Allocate(std::uint64_t size) {
  if (size > bytes_.size()) {
    bytes_.resize(size);
    Sync();
  }
}

void Inode::Replace(std::string bytes) {
  bytes_ = std::move(bytes);
  Sync();
}

void Inode::CutPower(const Choose& choose) {
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

void Inode::Put(std::uint64_t offset, std::string_view bytes) {
  bytes_.resize(std::max<std::uint64_t>(bytes_.size(), offset + bytes.size()));
  std::ranges::copy(bytes, bytes_.begin() + static_cast<std::ptrdiff_t>(offset));
}

void Inode::Survive(const Step& step, const Choose& choose) {
  enum Fate : std::uint64_t { kDropped, kKept, kCutShort, kFates };
  const std::uint64_t fate = choose(kFates);
  if (fate == kDropped) {
    return;
  }
  if (step.truncates) {
    bytes_.resize(step.offset);
    return;
  }
  const std::size_t size = fate == kCutShort ? choose(step.after.size()) : step.after.size();
  if (size > 0) {
    Put(step.offset, std::string_view(step.after).substr(0, size));
  }
}

std::string NormalPath(std::string_view path) {
  std::string normal = std::filesystem::path(path).lexically_normal().string();
  if (normal.size() > 1 && normal.ends_with('/')) {
    normal.pop_back();
  }
  return normal == "." ? "" : normal;
}

Place PlaceOf(const std::string& normal) {
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

}  // namespace weir::memory_disk

namespace weir {

using memory_disk::Absent;
using memory_disk::Folder;
using memory_disk::Inode;
using memory_disk::Place;
using memory_disk::PlaceOf;
using memory_disk::Refused;

Result<void> MemoryDisk::State::Probe(std::string_view operation, std::string_view path) {
  std::shared_ptr<const Fault> hook;
  {
    const std::scoped_lock lock(mutex);
    hook = fault;
  }
  return hook ? (*hook)(operation, path) : Result<void>();
}

Folder* MemoryDisk::State::FindFolder(std::string_view path) {
  const auto found = folders.find(path);
  return found == folders.end() ? nullptr : &found->second;
}

std::shared_ptr<Inode> MemoryDisk::State::FindFile(const std::string& path) {
  const Place place = PlaceOf(path);
  const Folder* const folder = FindFolder(place.folder);
  if (folder == nullptr) {
    return nullptr;
  }
  const auto found = folder->current.find(place.name);
  return found == folder->current.end() ? nullptr : found->second;
}

Result<std::shared_ptr<Inode>> MemoryDisk::State::Open(const std::string& path, bool create) {
  if (FindFolder(path) != nullptr) {
    return Refused("a folder is no file", path);
  }
  if (auto inode = FindFile(path)) {
    return inode;
  }
  Place place = PlaceOf(path);
  Folder* const folder = FindFolder(place.folder);
  if (folder == nullptr || !create) {
    return Absent(path);
  }
  return folder->current[std::move(place.name)] = std::make_shared<Inode>();
}

std::vector<std::string> MemoryDisk::State::NamesIn(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& [name, inode] : FindFolder(folder)->current) {
    names.push_back(name);
  }
  for (const auto& [path, unused] : folders) {
    Place place = PlaceOf(path);
    if (place.folder == folder && !place.name.empty()) {
      names.push_back(std::move(place.name));
    }
  }
  std::ranges::sort(names);
  return names;
}

std::uint64_t MemoryDisk::State::Used() const {
  std::uint64_t used = 0;
  for (const auto& [path, folder] : folders) {
    for (const auto& [name, inode] : folder.current) {
      used += inode->bytes().size();
    }
  }
  return used;
}

bool MemoryDisk::State::HasRoom(std::uint64_t size_before, std::uint64_t size_after) const {
  return !capacity || size_after <= size_before || Used() + (size_after - size_before) <= *capacity;
}

void MemoryDisk::State::EndHandles() {
  ++lives;
  locked.clear();
}

}  // namespace weir
