// SPDX-License-Identifier: Apache-2.0
#include "storage/segment_list.hpp"

#include <algorithm>

#include "storage/journal_format.hpp"

namespace weir::storage {

std::string SegmentList::PathOf(std::uint64_t first) const {
  return folder_ + "/" + SegmentName(first);
}

std::uint64_t SegmentList::begin() const {
  const std::scoped_lock lock(mutex_);
  return segments_.empty() ? end() + 1 : segments_.front().first;
}

void SegmentList::Add(Segment segment) {
  const std::scoped_lock lock(mutex_);
  if (!segments_.empty() && segments_.back().first == segment.first) segments_.pop_back();
  segments_.push_back(segment);
}

std::optional<std::uint64_t> SegmentList::Find(std::uint64_t offset) const {
  const std::scoped_lock lock(mutex_);
  const auto behind = std::ranges::upper_bound(segments_, offset, {}, &Segment::first);
  if (behind == segments_.begin()) return std::nullopt;
  return std::prev(behind)->first;
}

std::optional<std::uint64_t> SegmentList::Next(std::uint64_t first) const {
  const std::scoped_lock lock(mutex_);
  const auto behind = std::ranges::upper_bound(segments_, first, {}, &Segment::first);
  return behind == segments_.end() ? std::nullopt : std::optional(behind->first);
}

std::optional<std::pair<SegmentList::Segment, SegmentList::Segment>> SegmentList::Oldest() const {
  const std::scoped_lock lock(mutex_);
  if (segments_.size() < 2) return std::nullopt;
  return std::pair(segments_[0], segments_[1]);
}

void SegmentList::RemoveOldest() {
  const std::scoped_lock lock(mutex_);
  segments_.erase(segments_.begin());
}

}  // namespace weir::storage
