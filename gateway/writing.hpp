// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/timer.hpp"
#include "gateway/call.hpp"
#include "storage/storage.hpp"
#include "sync/requests.hpp"

namespace weir::gateway {

/// Who asks, for the envelope of what they ask for. kRejected "invalid_parameter" when the
/// Idempotency-Key is not 1 to 255 visible ASCII characters.
[[nodiscard]] Result<sync::Asked> ReadAsked(const Call& call);

/// Makes that what the view declares is in use; on return it is.
using UseSettings = std::function<boost::asio::awaitable<void>()>;

/// Appends what callers ask for and waits until it is durable, folded and visible, so that each of
/// them reads their own writes. The fold decides whose Idempotency-Key it is. What it refers to
/// outlives it; its copies are one.
class Writing {
 public:
  Writing(storage::Storage& storage, Timer& timer, const Clock& clock, UseSettings use_settings);

  /// The entry that stands for this key already, if any. kRejected "idempotency_key_reused".
  boost::asio::awaitable<Result<std::optional<storage::Position>>> Repeated(std::string merchant,
                                                                            sync::Asked asked);

  /// The entry whose outcome is the answer: the new one, or the first under its key. kRateLimited
  /// (503 busy) when it is stored but not folded within 5 s: the same key finds its outcome.
  boost::asio::awaitable<Result<storage::Position>> Append(storage::NewEntry entry,
                                                           sync::Asked asked);

  /// Carries out a change of settings once: `make` is asked for the payload of its entry unless an
  /// entry stands for the call's key. On return that entry is visible and what it declares is in
  /// use; whether the fold took it, if it had a condition, is told by the setting's trail.
  boost::asio::awaitable<Result<storage::Position>> Declare(
      Call call, std::string connection, std::function<Result<std::string>()> make);

  /// Carries out what changes no record once under the call's key, as a `request` entry with this
  /// payload, which is durable before `act` begins. The same request gets the same answer for as
  /// long as the key stands, but for 5xx and what a killed process began: that is carried out
  /// again.
  boost::asio::awaitable<net::Response> Perform(
      Call call, std::string payload, std::function<boost::asio::awaitable<net::Response>()> act);

  /// Waits until the view shows `position`; kRateLimited after 5 s.
  boost::asio::awaitable<Result<void>> WaitFolded(storage::Position position);

 private:
  /// The keys whose requests are being carried out.
  class UnderWay;
  boost::asio::awaitable<Result<storage::Position>> AppendEntry(storage::NewEntry entry);
  boost::asio::awaitable<void> KeepOutcome(std::string merchant, storage::Position of,
                                           net::Response response);

  storage::Storage& storage_;
  Timer& timer_;
  const Clock& clock_;
  UseSettings use_settings_;
  std::shared_ptr<UnderWay> under_way_;
};

}  // namespace weir::gateway
