// SPDX-License-Identifier: Apache-2.0
#include "mapping/amounts.hpp"

#include <fmt/format.h>

namespace weir::mapping {

void FillOtherShare(model::Discount& line, ShareNames names, model::OrderSnapshot& snapshot) {
  const MaybeMoney other = Minus(Minus(line.amount, line.platform_share), line.merchant_share);
  if (!other) {
    return;
  }
  if (*other < Money()) {
    AddMismatch(snapshot, fmt::format("{} {} != {} {} + {} {}", names.amount, line.amount.ToYuan(),
                                      names.platform, line.platform_share->ToYuan(), names.merchant,
                                      line.merchant_share->ToYuan()));
    return;
  }
  line.other_share = other;
}

}  // namespace weir::mapping
