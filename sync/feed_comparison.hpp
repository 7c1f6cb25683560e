// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "storage/storage.hpp"

namespace weir::sync {

/// The feeds that are there, walked beside those a replay makes: the same changes in the same order
/// with the same numbers. After an upgrade the numbers may have moved on together, since what
/// earlier epochs published is not what this program would have published.
///
/// One coroutine at a time.
class FeedComparison {
 public:
  /// Called for each difference with the change it is about, the one made or the one that is there.
  using OnDifference = std::function<void(const storage::ChangeRow& change, std::string what)>;

  /// Changes of entries before `first_entry` are passed over. `live` outlives this.
  FeedComparison(storage::Storage& live, std::uint64_t first_entry, OnDifference on_difference)
      : live_(live), first_entry_(first_entry), on_difference_(std::move(on_difference)) {}

  /// The epoch of the changes that come from now on; the first one numbers from 1.
  void BeginEpoch(std::uint64_t begin) { epochs_.push_back(begin); }

  /// The next change a replay made of its merchant's feed. Outlives the call.
  boost::asio::awaitable<Result<void>> Compare(const storage::ChangeRow& made);

  /// Reads on in the feeds that were compared so far, for the next calls.
  boost::asio::awaitable<Result<void>> ReadAhead();

  /// What is left in the feed and nobody made. After the last Compare.
  boost::asio::awaitable<Result<void>> CompareRest(std::string merchant);

  /// Whether, in this merchant's feed, the change numbered `made` by the replay is `there`.
  [[nodiscard]] bool SameNumber(const std::string& merchant, std::uint64_t made,
                                std::uint64_t there) const;

  /// Changes made that the feed no longer keeps.
  [[nodiscard]] std::uint64_t expired() const { return expired_; }

 private:
  struct Feed {
    std::deque<storage::ChangeRow> ahead;
    std::uint64_t after = 0;
    std::uint64_t first = 1;                ///< The oldest kept.
    bool begun = false;                     ///< One of its changes has been passed.
    bool ended = false;                     ///< All of it was read.
    std::size_t epoch = 0;                  ///< Of `shift`, as an index.
    std::optional<std::int64_t> shift = 0;  ///< From numbers made to those there.
  };

  boost::asio::awaitable<Result<void>> ReadMore(std::string merchant);
  /// Makes `ahead` hold the feed's next change, if there is one.
  boost::asio::awaitable<Result<void>> Refill(std::string merchant);
  /// Passes the feed's next change, which nobody made.
  void PassUnmade(Feed& feed);
  void CompareTwo(Feed& feed, const storage::ChangeRow& made, const storage::ChangeRow& there);
  [[nodiscard]] std::size_t EpochOf(const storage::ChangeRow& change) const;

  storage::Storage& live_;
  const std::uint64_t first_entry_;
  const OnDifference on_difference_;
  std::vector<std::uint64_t> epochs_;  ///< The offset each began at.
  std::map<std::string, Feed> feeds_;
  std::uint64_t expired_ = 0;
};

}  // namespace weir::sync
