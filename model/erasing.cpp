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

void Erase(ReviewContent& content) {
  content.text.clear();
  if (content.pictures) {
    content.pictures->clear();
  }
  content.extra.clear();
}

void Erase(ReviewReply& reply) { reply.text.clear(); }

void Erase(ReviewFollowUp& told) { told.text.clear(); }

void Erase(ReviewFacts& facts) {
  Erase(facts.content);
  if (facts.reply) {
    Erase(*facts.reply);
  }
  for (ReviewFollowUp& told : facts.follow_ups) {
    Erase(told);
  }
  facts.erased = true;
}

}  // namespace weir::model
