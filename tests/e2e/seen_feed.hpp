// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace weir::e2e {

/// Everything a reader of the feed was ever told, and whether it was ever told otherwise. Outlives
/// gateways. One thread at a time.
class SeenFeed {
 public:
  /// Takes the answer to GET /v1/changes?after=`after`.
  void Take(std::uint64_t after, const std::string& body);
  /// Notes something else a reader should never meet.
  void Complain(std::string what);

  [[nodiscard]] std::uint64_t last() const { return seen_.empty() ? 0 : seen_.rbegin()->first; }
  /// Each change as it was first read, byte for byte.
  [[nodiscard]] const std::map<std::uint64_t, std::string>& seen() const { return seen_; }
  /// The entry that caused the newest change; 0 without one.
  [[nodiscard]] std::uint64_t last_cause() const { return last_cause_; }
  /// Gaps, repeats that differ and the like, the first of them in words; empty is good.
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  std::map<std::uint64_t, std::string> seen_;
  std::uint64_t last_cause_ = 0;
  std::vector<std::string> complaints_;
};

}  // namespace weir::e2e
