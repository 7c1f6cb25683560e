// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/disk.hpp"

namespace weir {

/// A disk in memory that can lose power and fail, for tests and simulated worlds.
///
/// It keeps apart what was written and what was synced. CutPower() throws away unsynced bytes (each
/// unsynced write is kept, dropped or cut short as `choose` says, which is what real disks do) and
/// unsynced folder entries (those of one folder survive together or not at all). Handles opened
/// before a cut are dead: each call on them fails. Callable from any thread.
class MemoryDisk final : public Disk {
 public:
  MemoryDisk();
  ~MemoryDisk() override;

  Result<std::unique_ptr<File>> Open(std::string_view path, OpenMode mode) override;
  Result<void> MakeFolder(std::string_view path) override;
  Result<std::vector<std::string>> List(std::string_view path) const override;
  Result<bool> Exists(std::string_view path) const override;
  Result<void> Remove(std::string_view path) override;
  Result<void> Rename(std::string_view from, std::string_view to) override;
  Result<void> SyncFolder(std::string_view path) override;
  Result<std::uint64_t> FreeBytes(std::string_view path) const override;
  Result<std::unique_ptr<File>> Lock(std::string_view path) override;

  /// Loses what was not synced. `choose(n)` returns a number below n and decides the fate of each
  /// unsynced write; without it all of them are lost.
  void CutPower(const std::function<std::uint64_t(std::uint64_t)>& choose = {});

  /// Ends the process's handles (locks go, dead handles) but keeps all written bytes, as SIGKILL
  /// does.
  void KillProcess();

  /// Called before each operation with its name ("read", "write", "allocate", "truncate", "sync",
  /// "open", "lock", "make_folder", "rename", "remove", "sync_folder") and path; an Error it
  /// returns becomes that operation's result, and nothing is done. It may call this disk.
  using Fault = std::function<Result<void>(std::string_view operation, std::string_view path)>;
  void SetFault(Fault fault);

  /// Total bytes that may be stored; writes beyond it fail as a full disk does ("no space left").
  void SetCapacity(std::uint64_t bytes);

  /// Direct access for tests that damage files.
  [[nodiscard]] Result<std::string> ReadAll(std::string_view path) const;
  Result<void> Overwrite(std::string_view path, std::string bytes);

  struct State;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace weir
