// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "base/clock.hpp"
#include "base/timer.hpp"
#include "gateway/call.hpp"
#include "storage/storage.hpp"
#include "sync/requests.hpp"

namespace weir::gateway {

/// Who asks, for the envelope of what they ask for. kRejected "invalid_parameter" when the
/// Idempotency-Key is not 1 to 255 visible ASCII characters.
[[nodiscard]] Result<sync::Asked> ReadAsked(const Call& call);

/// Appends what callers ask for and waits until it is durable, folded and visible, so that each of
/// them reads their own writes. The fold decides whose Idempotency-Key it is. What it refers to
/// outlives it.
class Writing {
 public:
  Writing(storage::Storage& storage, Timer& timer, const Clock& clock)
      : storage_(storage), timer_(timer), clock_(clock) {}

  /// The entry that stands for this key already, if any. kRejected "idempotency_key_reused".
  boost::asio::awaitable<Result<std::optional<storage::Position>>> Repeated(std::string merchant,
                                                                            sync::Asked asked);

  /// The entry whose outcome is the answer: the new one, or the first under its key. kRateLimited
  /// (503 busy) when it is stored but not folded within 5 s: the same key finds its outcome.
  boost::asio::awaitable<Result<storage::Position>> Append(storage::NewEntry entry,
                                                           sync::Asked asked);

  /// Waits until the view shows `position`; kRateLimited after 5 s.
  boost::asio::awaitable<Result<void>> WaitFolded(storage::Position position);

 private:
  storage::Storage& storage_;
  Timer& timer_;
  const Clock& clock_;
};

}  // namespace weir::gateway
