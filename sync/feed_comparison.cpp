// SPDX-License-Identifier: Apache-2.0
#include "sync/feed_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace weir::sync {
namespace {

constexpr std::size_t kPage = 2048;

/// Where a change stands in any feed, whatever its number.
std::pair<storage::Position, std::uint32_t> PlaceOf(const storage::ChangeRow& change) {
  return {change.cause, change.ordinal};
}

bool Same(const storage::ChangeRow& a, const storage::ChangeRow& b) {
  return a.type == b.type && a.subject == b.subject && a.version == b.version && a.at == b.at &&
         a.data == b.data;
}

std::string Named(const storage::ChangeRow& change) {
  return fmt::format("{} {} v{}", change.type, change.subject, change.version);
}

}  // namespace

std::size_t FeedComparison::EpochOf(const storage::ChangeRow& change) const {
  const auto behind = std::ranges::upper_bound(epochs_, change.cause.offset);
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(behind - epochs_.begin(), 1)) - 1;
}

boost::asio::awaitable<Result<void>> FeedComparison::ReadMore(std::string merchant) {
  Feed& feed = feeds_[merchant];
  if (feed.ended) co_return Result<void>{};
  auto page = co_await live_.ReadChanges(merchant, feed.after, kPage, {});
  if (!page) co_return std::unexpected(page.error());
  if (!feed.begun) feed.first = page->first;
  feed.after = page->next;
  feed.ended = page->changes.empty();
  std::ranges::move(page->changes, std::back_inserter(feed.ahead));
  co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> FeedComparison::Refill(std::string merchant) {
  if (!feeds_[merchant].ahead.empty()) co_return Result<void>{};
  co_return co_await ReadMore(std::move(merchant));
}

boost::asio::awaitable<Result<void>> FeedComparison::ReadAhead() {
  for (const auto& [merchant, feed] : feeds_) {
    if (feed.ahead.size() >= kPage) continue;
    if (auto read = co_await ReadMore(merchant); !read) co_return read;
  }
  co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> FeedComparison::Compare(const storage::ChangeRow& made) {
  Feed& feed = feeds_[made.merchant];
  while (true) {
    if (auto filled = co_await Refill(made.merchant); !filled) co_return filled;
    if (feed.ahead.empty() || PlaceOf(made) <= PlaceOf(feed.ahead.front())) break;
    PassUnmade(feed);
  }
  if (!feed.ahead.empty() && PlaceOf(made) == PlaceOf(feed.ahead.front())) {
    CompareTwo(feed, made, feed.ahead.front());
    feed.ahead.pop_front();
    feed.begun = true;
  } else if (!feed.begun && feed.first > 1) {
    ++expired_;
  } else {
    on_difference_(made, fmt::format("{} of {}, made by entry {}, is not in the feed", Named(made),
                                     made.merchant, made.cause.ToText()));
  }
  co_return Result<void>{};
}

void FeedComparison::PassUnmade(Feed& feed) {
  const storage::ChangeRow& there = feed.ahead.front();
  if (there.cause.offset >= first_entry_) {
    on_difference_(there, fmt::format("change {} of {}, {}, is not made any more", there.seq,
                                      there.merchant, Named(there)));
  }
  feed.ahead.pop_front();
  feed.begun = true;
}

void FeedComparison::CompareTwo(Feed& feed, const storage::ChangeRow& made,
                                const storage::ChangeRow& there) {
  if (const std::size_t epoch = EpochOf(made); epoch != feed.epoch) {
    feed.epoch = epoch;
    feed.shift.reset();
  }
  const auto shift = static_cast<std::int64_t>(there.seq - made.seq);
  if (!feed.shift) feed.shift = shift;
  if (shift != *feed.shift || !Same(made, there)) {
    on_difference_(made,
                   fmt::format("change {} of {}: {} in the feed, {} replayed as {}", there.seq,
                               made.merchant, Named(there), Named(made), made.seq));
  }
}

boost::asio::awaitable<Result<void>> FeedComparison::CompareRest(std::string merchant) {
  Feed& feed = feeds_[merchant];
  while (true) {
    if (auto filled = co_await Refill(merchant); !filled) co_return filled;
    if (feed.ahead.empty()) co_return Result<void>{};
    PassUnmade(feed);
  }
}

bool FeedComparison::SameNumber(const std::string& merchant, std::uint64_t made,
                                std::uint64_t there) const {
  if (made == 0 || there == 0) return made == there;
  const auto feed = feeds_.find(merchant);
  const std::int64_t shift = feed == feeds_.end() ? 0 : feed->second.shift.value_or(0);
  return static_cast<std::int64_t>(there - made) == shift;
}

}  // namespace weir::sync
