// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "app/demo/feed_log.hpp"
#include "app/demo/gateway_client.hpp"

namespace weir::app::demo {

/// What a merchant's systems have couriers do: as the feed tells of orders that the merchant
/// delivers itself, each is given to a courier of the city by policy, or sent as a parcel; now and
/// then a rider gets a tip, and the merchant calls a shipment off.
///
/// Calls leave from a thread of its own. Where they wait too long orders are passed over, so that
/// nobody is slowed down.
class Dispatcher {
 public:
  /// By connection.
  using Tally = std::map<std::string, std::uint64_t>;

  Dispatcher(std::string origin, std::string key);
  ~Dispatcher();
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  void Start();
  /// Ends the thread, after the call under way; what waits is not called any more. Once.
  void Stop();

  // From any thread.
  /// The next change of the feed.
  void Take(const Change& change);
  /// From now on nothing new is asked for.
  void Rest();
  /// Whether every call was answered.
  [[nodiscard]] bool idle() const;
  /// The shipments that a courier lost by cancelling, and of those the ones that another courier
  /// was given then.
  [[nodiscard]] Tally cancelled() const;
  [[nodiscard]] Tally taken_over() const;
  /// The last call that was refused, in words; empty while none was.
  [[nodiscard]] std::string complaint() const;

 private:
  struct Call {
    std::string target;
    std::string body;
    std::string key;
  };

  void TakeOrder(const Change& change);
  void TakeShipment(const Change& change);
  void Ask(Call call);
  void Run();
  void Carry(GatewayClient& client, const Call& call);

  const std::string origin_;
  const std::string key_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Call> waiting_;
  bool calling_ = false;
  bool resting_ = false;
  bool stopping_ = false;
  std::unordered_set<std::string> seen_;                        ///< Orders to be delivered by us.
  std::unordered_map<std::string, std::string> connection_of_;  ///< Of each shipment.
  std::uint64_t dispatched_ = 0;
  std::uint64_t assigned_ = 0;
  Tally cancelled_;
  Tally taken_over_;
  std::string complaint_;
  std::thread thread_;
};

}  // namespace weir::app::demo
