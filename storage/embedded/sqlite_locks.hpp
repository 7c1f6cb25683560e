// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace weir::storage {

/// What the connections of this process share about one SQLite database file: its locks and the
/// memory of its WAL index. Other processes are kept out by the folder's lock, so nothing here
/// needs the operating system. Callable from any thread.
class SqliteLocks {
 public:
  /// SQLite's eight locks on the WAL index.
  static constexpr int kSlots = 8;

  /// What one connection holds, as bit masks over the slots.
  struct Slots {
    std::uint16_t shared = 0;
    std::uint16_t exclusive = 0;
  };

  /// Raises `held` to `wanted` (SQLITE_LOCK_SHARED, RESERVED or EXCLUSIVE). False when another
  /// connection is in the way; a wait for readers leaves `held` at SQLITE_LOCK_PENDING, which keeps
  /// new ones out.
  [[nodiscard]] bool Raise(int& held, int wanted);
  /// Lowers `held` to SQLITE_LOCK_SHARED or SQLITE_LOCK_NONE.
  void Lower(int& held, int wanted);
  /// True when some connection means to write.
  [[nodiscard]] bool Reserved() const;

  /// Takes the slots of `mask`, all or none.
  [[nodiscard]] bool TakeSlots(Slots& held, std::uint16_t mask, bool exclusive);
  void GiveSlots(Slots& held, std::uint16_t mask);

  /// A connection begins and ends to use the shared memory; with the last one it is forgotten.
  void Attach();
  void Detach(Slots& held);
  /// The region of that number, zeroed when new; nullptr when it is absent and not to be made.
  [[nodiscard]] void* Region(std::size_t number, std::size_t bytes, bool make);

 private:
  mutable std::mutex mutex_;
  int readers_ = 0;  ///< Connections at SHARED or above.
  int upper_ = 0;    ///< The level above SHARED that one of them holds; else SQLITE_LOCK_NONE.
  std::array<int, kSlots> shared_{};
  std::uint16_t exclusive_ = 0;
  int attached_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> regions_;
};

}  // namespace weir::storage
