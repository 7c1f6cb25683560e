// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace weir::world {

/// A merchant's ERP that follows the feed. It outlives gateways, and remembers every change exactly
/// as it was first read: what it once saw must never look different.
class Poller {
 public:
  /// Takes a page of GET /v1/changes that was asked for after `after`. Pages read twice must agree.
  void Take(std::uint64_t after, const std::string& body);

  [[nodiscard]] std::uint64_t last() const { return last_; }
  /// What was wrong so far, in words; empty is good.
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }
  /// The change's JSON by seq.
  [[nodiscard]] const std::map<std::uint64_t, std::string>& seen() const { return seen_; }
  /// Last JSON data by subject.
  [[nodiscard]] const std::map<std::string, std::string>& records() const { return records_; }

 private:
  std::uint64_t last_ = 0;
  std::map<std::uint64_t, std::string> seen_;
  std::map<std::string, std::string> records_;
  std::vector<std::string> complaints_;
};

}  // namespace weir::world
