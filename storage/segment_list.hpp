// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/disk.hpp"
#include "base/instant.hpp"
#include "storage/key_ring.hpp"

namespace weir::storage {

/// Which segments there are and how far they are durable: what readers share with the writer.
/// Callable from any thread; outlived by no reader.
class SegmentList {
 public:
  struct Segment {
    std::uint64_t first = 0;
    Instant last_stamp{};  ///< Of the last entry before it.
  };

  /// `keys` may be null where nothing is sealed.
  SegmentList(Disk& disk, std::string folder, std::shared_ptr<KeyRing> keys = nullptr)
      : disk_(disk), folder_(std::move(folder)), keys_(std::move(keys)) {}

  [[nodiscard]] Disk& disk() const { return disk_; }
  [[nodiscard]] const std::string& folder() const { return folder_; }
  [[nodiscard]] KeyRing* keys() const { return keys_.get(); }
  [[nodiscard]] std::string PathOf(std::uint64_t first) const;

  /// The offset of the last durable entry; all of its bytes can be read.
  [[nodiscard]] std::uint64_t end() const { return end_.load(std::memory_order_acquire); }
  void set_end(std::uint64_t end) { end_.store(end, std::memory_order_release); }
  /// The offset of the first entry kept.
  [[nodiscard]] std::uint64_t begin() const;

  /// Adds behind the last, or instead of the last when that begins at the same position (and so
  /// holds nothing).
  void Add(Segment segment);
  /// The first position of the segment that holds `offset`; nullopt when it is gone.
  [[nodiscard]] std::optional<std::uint64_t> Find(std::uint64_t offset) const;
  /// The first position of the segment behind the one that begins at `first`.
  [[nodiscard]] std::optional<std::uint64_t> Next(std::uint64_t first) const;
  /// The oldest segment and the one behind it, when there are two.
  [[nodiscard]] std::optional<std::pair<Segment, Segment>> Oldest() const;
  void RemoveOldest();

 private:
  Disk& disk_;
  const std::string folder_;
  const std::shared_ptr<KeyRing> keys_;
  std::atomic<std::uint64_t> end_{0};
  mutable std::mutex mutex_;
  std::vector<Segment> segments_;
};

}  // namespace weir::storage
