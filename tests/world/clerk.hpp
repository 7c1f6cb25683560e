// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/seeded_random.hpp"
#include "net/message.hpp"

namespace weir::world {

/// A merchant's staff: has orders carried, calls shipments off, tips riders and accepts orders. It
/// outlives gateways, and asks for the same thing twice now and then.
class Clerk {
 public:
  /// The JSON of records by subject, as the feed last told it.
  using Records = std::map<std::string, std::string>;

  /// `couriers` are the connections it may name.
  Clerk(std::uint64_t seed, std::vector<std::string> couriers)
      : random_(seed), couriers_(std::move(couriers)) {}

  /// What it asks for next; nothing where it knows of nothing to do.
  [[nodiscard]] std::optional<net::Request> Act(const Records& known);
  /// What it was answered under a key, which may be empty.
  void Take(const std::string& key, const net::Response& response);

  /// The ids of commands that it was promised.
  [[nodiscard]] const std::set<std::string>& promised() const { return promised_; }
  /// What was wrong so far, in words; empty is good.
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  [[nodiscard]] std::string Any(const std::vector<std::string>& of) {
    return of[random_.Below(of.size())];
  }
  [[nodiscard]] net::Request Post(std::string target, std::string body);
  [[nodiscard]] std::string ShipmentOf(const std::string& order);

  SeededRandom random_;
  const std::vector<std::string> couriers_;
  std::uint64_t keys_ = 0;
  std::optional<net::Request> repeatable_;  ///< The last that had a key.
  std::map<std::string, std::string> ids_;  ///< By key.
  std::set<std::string> promised_;
  std::vector<std::string> complaints_;
};

}  // namespace weir::world
