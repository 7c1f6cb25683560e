// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "storage/storage.hpp"
#include "sync/fold_batch.hpp"

/// What is pulled, and what became of it.
namespace weir::sync {

/// What a platform can be pulled of.
enum class Feed : std::uint8_t { kMenus, kOrders, kReviews, kStores };

[[nodiscard]] std::string_view Name(Feed feed) noexcept;  ///< "menus" ...
[[nodiscard]] std::optional<Feed> ParseFeed(std::string_view word) noexcept;

/// A pull that somebody asked for: the payload of its `request` entry, and the detail of the
/// planned work that the fold makes of it.
struct PullRequest {
  std::string connection;
  Feed feed = Feed::kReviews;
};
[[nodiscard]] std::string EncodePull(const PullRequest& request);
[[nodiscard]] Result<PullRequest> DecodePull(std::string_view text);

/// What became of one pull: the payload of its `window` entry.
struct PulledWindow {
  std::string of;  ///< The position of the request it answers; empty when nobody asked.
  std::string connection;
  Feed feed = Feed::kReviews;
  Instant from{};  ///< Of what was asked for; equal to `to` where a feed has no times.
  Instant to{};
  std::uint64_t seen = 0;    ///< Items the platform told.
  std::uint64_t stored = 0;  ///< Of them, those that said something new: they are entries.
  /// Of orders: those of which nothing had told before.
  std::uint64_t missed_by_push = 0;
  std::optional<Error> error;  ///< What ended it early. What was stored before stays.
};
[[nodiscard]] std::string EncodeWindow(const PulledWindow& window);

/// The record of the last one: "mt-main/reviews".
[[nodiscard]] std::string WindowId(std::string_view connection, Feed feed);

/// Ends the planned pull that the window answers, keeps the window as its outcome for as long as a
/// request's is kept, and as the last one of its connection and feed (RecordKind::kWindow).
boost::asio::awaitable<void> FoldWindow(storage::Storage& storage, const storage::Entry& entry,
                                        FoldBatch& batch);

}  // namespace weir::sync
