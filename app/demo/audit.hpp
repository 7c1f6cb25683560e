// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo/checks.hpp"
#include "app/demo/feed_log.hpp"
#include "simulators/ledger.hpp"
#include "simulators/merchant/simulator.hpp"

namespace weir::app::demo {

/// Compares what the platform knows to be true with what the gateway says and its reader saw.
///
/// Pure: whoever holds the three brings them, then reads the verdict.
class Audit final : public Checks {
 public:
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

  /// Nothing is wrong, and something flowed from every platform.
  [[nodiscard]] bool ok() const override;
};

}  // namespace weir::app::demo
