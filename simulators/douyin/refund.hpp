// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulators/ledger.hpp"
#include "simulators/yuan.hpp"

namespace weir::simulators::douyin {

enum class RefundStep {
  kApplied,   ///< The SPI asks the shop.
  kApproved,  ///< life_trade_refund_audit, pass true.
  kDeclined,  ///< life_trade_refund_audit, pass false.
  kRefunded,  ///< life_trade_refund_complete or life_trade_part_refund_complete.
};

struct Refund {
  std::string id;      ///< after_sale_id.
  std::string out_id;  ///< out_after_sale_id, where the shop asked for it.
  bool partial = false;
  bool bare = false;  ///< Its messages say no amount.
  Fen amount = 0;
  int reason = 410;
  std::string words;
  std::vector<RefundStep> steps{};          ///< Taken so far, at least one once it is told of.
  std::optional<std::int64_t> refunded_at;  ///< Seconds.

  [[nodiscard]] RefundStep last() const { return steps.back(); }
  /// Waits for the shop's word.
  [[nodiscard]] bool open() const { return last() == RefundStep::kApplied; }
  /// Its end is still to come.
  [[nodiscard]] bool pending() const { return open() || last() == RefundStep::kApproved; }
  [[nodiscard]] bool paid_out() const { return last() == RefundStep::kRefunded; }
};

/// Sum of what was paid out and said.
[[nodiscard]] Fen SumRefunded(const std::vector<Refund>& refunds);

/// The refunds as an audit compares them, and their sum.
void TellRefunds(const std::vector<Refund>& refunds, OrderTruth& truth);

}  // namespace weir::simulators::douyin
