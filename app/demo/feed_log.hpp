// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"

namespace weir::app::demo {

/// One change of the feed, as its reader got it.
struct Change {
  std::uint64_t seq = 0;
  std::string type;
  std::string subject;
  Instant at{};
  std::uint64_t version = 0;
  nlohmann::json data;  ///< The record at this version.
};

/// What a reader of the feed ends up with, and whether the feed kept its word on the way: numbers
/// dense from 1, a subject's versions rising, its first change its placing (or its being
/// incomplete) and no other one. One thread at a time.
class FeedLog {
 public:
  struct Record {
    std::uint64_t version = 0;
    bool placed = false;  ///< order.placed has come.
    std::string data;     ///< The last change's, as nlohmann's dump().
  };

  /// Takes one answer of GET /v1/changes?after=last_seq() and gives its changes; kMalformed, with
  /// nothing taken, when it is none.
  [[nodiscard]] Result<std::vector<Change>> Take(std::string_view page);

  /// Notes something else that a reader of the feed should never meet.
  void Complain(std::string fault);

  [[nodiscard]] std::uint64_t last_seq() const { return last_seq_; }
  [[nodiscard]] std::uint64_t changes() const { return changes_; }
  /// By the first word of their subjects: a platform's.
  [[nodiscard]] const std::map<std::string, std::uint64_t>& changes_of() const {
    return changes_of_;
  }
  [[nodiscard]] const std::map<std::string, Record>& records() const { return records_; }
  [[nodiscard]] std::uint64_t faults() const { return faults_; }
  /// The first of them, in words.
  [[nodiscard]] const std::vector<std::string>& first_faults() const { return first_faults_; }

 private:
  void Note(const Change& change);

  std::uint64_t last_seq_ = 0;
  std::uint64_t changes_ = 0;
  std::map<std::string, std::uint64_t> changes_of_;
  std::map<std::string, Record> records_;
  std::uint64_t faults_ = 0;
  std::vector<std::string> first_faults_;
};

}  // namespace weir::app::demo
