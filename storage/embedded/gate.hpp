// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>

namespace weir::storage {

/// A mutex that lets each waiter have its turn: a thread that releases it and takes it again at
/// once stands behind those who waited meanwhile. Meets std::lock_guard's requirements.
class Gate {
 public:
  void lock() {  // NOLINT(readability-identifier-naming): the standard's word
    const std::lock_guard turn(next_);
    held_.lock();
  }
  void unlock() { held_.unlock(); }  // NOLINT(readability-identifier-naming)

 private:
  std::mutex next_;  ///< Held by the one who waits.
  std::mutex held_;
};

}  // namespace weir::storage
