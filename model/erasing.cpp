// SPDX-License-Identifier: Apache-2.0
#include "model/erasing.hpp"

#include <algorithm>

namespace weir::model {

void Erase(OrderSnapshot& snapshot) {
  snapshot.customer = {};
  snapshot.remark.clear();
  snapshot.invoice.reset();
  if (!snapshot.items) {
    return;
  }
  for (Item& item : *snapshot.items) {
    item.note.clear();
  }
}

void Erase(RefundFact& fact) { fact.reason.clear(); }

void Erase(OrderFacts& facts) {
  if (facts.snapshot) {
    Erase(*facts.snapshot);
  }
  for (RefundFact& fact : facts.refunds) {
    Erase(fact);
  }
  facts.extra.reset();
  if (std::ranges::none_of(facts.issues, IsErasedMark)) {
    facts.issues.push_back({.code = std::string(kErasedIssue), .detail = {}});
  }
}

}  // namespace weir::model
