// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/sqlite_locks.hpp"

#include <sqlite3.h>

namespace weir::storage {

bool SqliteLocks::Raise(int& held, int wanted) {
  const std::lock_guard lock(mutex_);
  if (held >= wanted) return true;
  if (wanted == SQLITE_LOCK_SHARED) {
    if (upper_ >= SQLITE_LOCK_PENDING) return false;
    ++readers_;
    held = SQLITE_LOCK_SHARED;
    return true;
  }
  const bool held_by_another = upper_ != SQLITE_LOCK_NONE && held <= SQLITE_LOCK_SHARED;
  if (held_by_another) return false;
  const bool must_wait = wanted == SQLITE_LOCK_EXCLUSIVE && readers_ > 1;
  held = upper_ = must_wait ? SQLITE_LOCK_PENDING : wanted;
  return !must_wait;
}

void SqliteLocks::Lower(int& held, int wanted) {
  const std::lock_guard lock(mutex_);
  if (held <= wanted) return;
  if (held > SQLITE_LOCK_SHARED) upper_ = SQLITE_LOCK_NONE;
  if (wanted == SQLITE_LOCK_NONE) --readers_;
  held = wanted;
}

bool SqliteLocks::Reserved() const {
  const std::lock_guard lock(mutex_);
  return upper_ != SQLITE_LOCK_NONE;
}

bool SqliteLocks::TakeSlots(Slots& held, std::uint16_t mask, bool exclusive) {
  const std::lock_guard lock(mutex_);
  if ((exclusive_ & mask & ~held.exclusive) != 0) return false;
  for (int slot = 0; slot < kSlots; ++slot) {
    const auto bit = static_cast<std::uint16_t>(1U << slot);
    if ((mask & bit) == 0) continue;
    const int others = shared_[slot] - ((held.shared & bit) != 0 ? 1 : 0);
    if (exclusive && others > 0) return false;
  }
  if (exclusive) {
    exclusive_ |= mask;
    held.exclusive |= mask;
    return true;
  }
  for (int slot = 0; slot < kSlots; ++slot) {
    const auto bit = static_cast<std::uint16_t>(1U << slot);
    if ((mask & bit & ~held.shared) != 0) ++shared_[slot];
  }
  held.shared |= mask;
  return true;
}

void SqliteLocks::GiveSlots(Slots& held, std::uint16_t mask) {
  const std::lock_guard lock(mutex_);
  for (int slot = 0; slot < kSlots; ++slot) {
    const auto bit = static_cast<std::uint16_t>(1U << slot);
    if ((mask & bit & held.shared) != 0) --shared_[slot];
  }
  exclusive_ &= static_cast<std::uint16_t>(~(mask & held.exclusive));
  held.shared &= static_cast<std::uint16_t>(~mask);
  held.exclusive &= static_cast<std::uint16_t>(~mask);
}

void SqliteLocks::Attach() {
  const std::lock_guard lock(mutex_);
  ++attached_;
}

void SqliteLocks::Detach(Slots& held) {
  GiveSlots(held, (1U << kSlots) - 1);
  const std::lock_guard lock(mutex_);
  // An index that outlived its WAL file would send the next connection to frames that are gone.
  if (--attached_ == 0) regions_.clear();
}

void* SqliteLocks::Region(std::size_t number, std::size_t bytes, bool make) {
  const std::lock_guard lock(mutex_);
  if (number >= regions_.size()) {
    if (!make) return nullptr;
    while (regions_.size() <= number) regions_.push_back(std::make_unique<std::byte[]>(bytes));
  }
  return regions_[number].get();
}

}  // namespace weir::storage
