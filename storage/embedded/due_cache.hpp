// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/instant.hpp"

namespace weir::storage {

/// When planned work of each kind is due next, for as long as no work was planned or done: loops
/// that mostly have nothing to do ask several times a second. Callable from any thread.
class DueCache {
 public:
  using Due = std::optional<Instant>;  ///< Nothing where nothing is planned.

  /// What is known of this kind; nothing while the view must be asked.
  [[nodiscard]] std::optional<Due> Find(const std::string& kind) const {
    const std::lock_guard lock(mutex_);
    const auto found = dues_.find(kind);
    if (found == dues_.end()) return std::nullopt;
    return std::optional<Due>(std::in_place, found->second);
  }

  /// Taken before the view is asked: an answer is kept only if nothing changed since.
  [[nodiscard]] std::uint64_t generation() const {
    const std::lock_guard lock(mutex_);
    return generation_;
  }
  void Keep(const std::string& kind, Due due, std::uint64_t generation) {
    const std::lock_guard lock(mutex_);
    if (!changing_ && generation == generation_) dues_[kind] = due;
  }

  /// Around a change of the view's planned work; one at a time. In between nothing is known.
  void BeginChange() { Forget(true); }
  void EndChange() { Forget(false); }

 private:
  void Forget(bool changing) {
    const std::lock_guard lock(mutex_);
    changing_ = changing;
    ++generation_;
    dues_.clear();
  }

  mutable std::mutex mutex_;
  std::map<std::string, Due> dues_;
  std::uint64_t generation_ = 0;
  bool changing_ = false;
};

}  // namespace weir::storage
