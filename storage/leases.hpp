// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "base/error.hpp"

namespace weir::storage {

/// What only one of several nodes over the same storage does at a time, by name, as one node takes
/// it. A lease that is not prolonged ends by itself, so that a dead node's work goes on elsewhere.
/// Callable from any thread.
class Leases {
 public:
  virtual ~Leases() = default;

  /// Takes `name` for `life` from now on, or prolongs it; false while another node holds it.
  virtual boost::asio::awaitable<Result<bool>> Take(std::string name,
                                                    std::chrono::milliseconds life) = 0;
  /// Gives `name` back; nothing happens when this node does not hold it.
  virtual boost::asio::awaitable<Result<void>> Give(std::string name) = 0;
};

/// The leases of a storage that one process has for itself: they need not outlive it.
class LeaseTable {
 public:
  /// `clock` outlives the table.
  explicit LeaseTable(const Clock& clock) : clock_(clock) {}

  bool Take(const std::string& name, const std::string& node, std::chrono::milliseconds life);
  void Give(const std::string& name, const std::string& node);

 private:
  struct Lease {
    std::string node;
    std::chrono::nanoseconds until{};  ///< Monotonic.
  };

  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Lease> leases_;
};

/// A node's leases in such a table, which outlives it.
class LocalLeases final : public Leases {
 public:
  LocalLeases(LeaseTable& table, std::string node) : table_(table), node_(std::move(node)) {}

  boost::asio::awaitable<Result<bool>> Take(std::string name,
                                            std::chrono::milliseconds life) override;
  boost::asio::awaitable<Result<void>> Give(std::string name) override;

 private:
  LeaseTable& table_;
  const std::string node_;
};

}  // namespace weir::storage
