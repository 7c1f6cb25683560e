// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo/feed_log.hpp"
#include "simulators/ledger.hpp"
#include "simulators/merchant/simulator.hpp"

namespace weir::app::demo {

/// Compares what the platform knows to be true with what the gateway says and its reader saw.
///
/// Pure: whoever holds the three brings them, then reads the verdict.
class Audit {
 public:
  /// One line of the verdict.
  struct Check {
    std::string what;
    std::uint64_t checked = 0;
    std::uint64_t wrong = 0;
    /// Of `checked`, by platform, where the check is of one.
    std::map<std::string, std::uint64_t> of_platform{};
  };

  /// `platforms`: the words of those that must have said something.
  explicit Audit(std::vector<std::string> platforms);

  /// One order of `platform`'s ledger: `record` as GET /v1/orders/{id} answers it, nullopt for a
  /// 404; `seen` as its last change said, null without one. An order that was never announced to
  /// the gateway is passed over.
  void CheckOrder(std::string_view platform, const simulators::OrderTruth& truth,
                  const std::optional<nlohmann::json>& record, const FeedLog::Record* seen);

  /// The ids of GET /v1/orders: each is an order of some ledger, all of whose are `known`.
  void CheckKnown(const std::set<std::string>& listed, const std::set<std::string>& known);

  /// The feed as it was read, and where the gateway says it ends.
  void CheckFeed(const FeedLog& log, std::uint64_t feed_end);

  void CheckForgeries(std::string_view platform, const simulators::Counts& counts);

  /// What the merchant's endpoint has taken: every change up to the feed's end, each subject's in
  /// order, all of them signed, and the last of an order as the feed's reader saw it.
  void CheckCallbacks(const simulators::merchant::MerchantSimulator& merchant, const FeedLog& log,
                      std::uint64_t feed_end);

  /// A call that failed and so kept the audit from seeing all.
  void NoteFailure(const std::string& failure);

  /// Nothing is wrong, and something flowed from every platform.
  [[nodiscard]] bool ok() const;
  [[nodiscard]] const std::vector<Check>& checks() const { return checks_; }
  [[nodiscard]] const std::vector<std::string>& platforms() const { return platforms_; }
  /// Each difference in a sentence, the first 50.
  [[nodiscard]] const std::vector<std::string>& differences() const { return differences_; }
  [[nodiscard]] std::uint64_t wrong() const;

 private:
  void Judge(std::size_t check, std::string_view platform, bool right,
             const std::string& difference);
  void Keep(const std::string& difference);

  std::vector<std::string> platforms_;
  std::vector<Check> checks_;
  std::vector<std::string> differences_;
  std::uint64_t failures_ = 0;
};

}  // namespace weir::app::demo
