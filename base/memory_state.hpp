// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/memory_disk.hpp"

/// The inside of MemoryDisk; nobody else includes this.
namespace weir::memory_disk {

/// The bytes of one file and their history since they were last synced: what a write costs depends
/// on its own size, never on the file's.
class Inode {
 public:
  using Choose = std::function<std::uint64_t(std::uint64_t)>;

  [[nodiscard]] const std::string& bytes() const { return bytes_; }

  void Write(std::uint64_t offset, std::string_view bytes);
  void Truncate(std::uint64_t size);
  /// Zero-fills up to `size`, synced.
  void Allocate(std::uint64_t size);
  void Sync() { log_.clear(); }
  /// Other bytes, as if synced.
  void Replace(std::string bytes);
  /// Goes back to what was synced, then repeats those steps that `choose` lets survive.
  void CutPower(const Choose& choose);

 private:
  /// One unsynced write or truncation, with what undoes and what repeats it.
  struct Step {
    std::uint64_t offset = 0;
    std::uint64_t size_before = 0;
    std::string before{};
    std::string after{};
    bool truncates = false;
  };

  void Put(std::uint64_t offset, std::string_view bytes);
  void Survive(const Step& step, const Choose& choose);

  std::string bytes_;
  std::vector<Step> log_;
};

/// One spelling for each path; the process's own folder is "".
[[nodiscard]] std::string NormalPath(std::string_view path);

struct Place {
  std::string folder;
  std::string name;
};

/// `normal` is a NormalPath.
[[nodiscard]] Place PlaceOf(const std::string& normal);

struct Folder {
  using Names = std::map<std::string, std::shared_ptr<Inode>, std::less<>>;
  Names current;
  Names durable;  ///< as of the last SyncFolder
};

[[nodiscard]] std::unexpected<Error> Absent(std::string_view path);
[[nodiscard]] std::unexpected<Error> Refused(std::string_view what, std::string_view path);

}  // namespace weir::memory_disk

namespace weir {

/// What a MemoryDisk and its files share. All but Probe is for the holder of `mutex`; paths are
/// NormalPaths.
struct MemoryDisk::State {
  std::mutex mutex;
  std::map<std::string, memory_disk::Folder, std::less<>> folders{{"", {}}, {"/", {}}};
  std::set<std::string, std::less<>> locked;
  std::uint64_t lives = 0;  ///< a handle of an earlier life is dead
  std::optional<std::uint64_t> capacity;
  std::shared_ptr<const Fault> fault;

  /// Asks the fault hook, without the lock: the hook may call the disk, CutPower too.
  Result<void> Probe(std::string_view operation, std::string_view path);

  [[nodiscard]] memory_disk::Folder* FindFolder(std::string_view path);
  [[nodiscard]] std::shared_ptr<memory_disk::Inode> FindFile(const std::string& path);
  [[nodiscard]] Result<std::shared_ptr<memory_disk::Inode>> Open(const std::string& path,
                                                                 bool create);
  [[nodiscard]] std::vector<std::string> NamesIn(const std::string& folder);

  [[nodiscard]] std::uint64_t Used() const;
  [[nodiscard]] bool HasRoom(std::uint64_t size_before, std::uint64_t size_after) const;

  void EndHandles();
};

}  // namespace weir
