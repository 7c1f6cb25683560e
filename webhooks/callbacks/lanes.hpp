// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/instant.hpp"
#include "storage/batch.hpp"

namespace weir::webhooks {

/// A change that is to be delivered to one endpoint.
struct Delivery {
  std::uint64_t seq = 0;
  std::string id;
  std::string type;
  std::string subject;
  std::uint32_t tries = 0;
  /// A row keeps it, so that the cursor may pass it.
  bool is_stored = false;
  /// What it says; read again from the feed where it had to wait.
  std::optional<storage::ChangeRow> change;
};

/// What one endpoint is still to get, a lane for each subject: within a lane one after the other in
/// the order of the feed, lanes beside each other. One thread at a time.
class Lanes {
 public:
  using Time = std::chrono::nanoseconds;  ///< Monotonic.

  /// Puts it where its seq belongs, but never before one under way.
  void Put(Delivery delivery);
  /// Whether Next has one.
  [[nodiscard]] bool HasDue();
  /// The first of a lane that is free and due; the lane is then busy. Lanes take turns.
  [[nodiscard]] std::optional<Delivery> Next();
  /// The one that was taken is settled: its lane goes on.
  void Done(const std::string& subject);
  /// The one that was taken comes back and is not due before `until`, nor is its lane.
  void Wait(Delivery delivery, Time until);
  /// Lanes whose time has come by `now` are due.
  void Wake(Time now);
  /// The subject's lane is due now, if it waits.
  void Hurry(const std::string& subject);
  /// The same of the lane that would be due first.
  void HurryFirst();

  /// Calls `use` for each that is not under way.
  void ForEach(const std::function<void(Delivery&)>& use);
  void ForEachOf(const std::string& subject, const std::function<void(Delivery&)>& use);

  /// A lane that is free is not due before `until`.
  void HoldBack(const std::string& subject, Time until);

  [[nodiscard]] bool HasSubject(const std::string& subject) const {
    return lanes_.contains(subject);
  }
  [[nodiscard]] bool IsWaiting(const std::string& subject) const;
  [[nodiscard]] bool Has(const std::string& subject, std::uint64_t seq) const;
  /// Not under way.
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Lane {
    std::deque<Delivery> queue;  ///< By seq.
    std::uint64_t under_way = 0;
    std::optional<Time> waits_until;
  };
  void Free(std::unordered_map<std::string, Lane>::iterator lane);

  std::unordered_map<std::string, Lane> lanes_;
  std::deque<std::string> due_;  ///< Lanes that are free, in turn; some may have gone.
  std::multimap<Time, std::string> waiting_;
  std::size_t size_ = 0;
};

}  // namespace weir::webhooks
