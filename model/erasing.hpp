// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "model/order_facts.hpp"
#include "model/review_facts.hpp"

/// Forgetting the customer of an order. What goes of the order: name, phone, address, coordinates,
/// remark, invoice, notes on lines, reasons of refunds, and `extra`, whose members nobody has
/// classified. What stays: ids, times, statuses, lines, money, and the rider.
namespace weir::model {

/// The issue by which a record says that its customer was erased.
inline constexpr std::string_view kErasedIssue = "erased";
[[nodiscard]] inline bool IsErasedMark(const Issue& issue) { return issue.code == kErasedIssue; }

void Erase(OrderSnapshot& snapshot);
void Erase(RefundFact& fact);
/// Adds the issue, too.
void Erase(OrderFacts& facts);

// Of a review go its text, pictures, what was added and replied, and `extra`, where platforms name
// who wrote it. What stays: ids, times, scores, tags, the order, and that there was a reply.
void Erase(ReviewContent& content);
void Erase(ReviewReply& reply);
void Erase(ReviewFollowUp& told);
/// Marks them, too.
void Erase(ReviewFacts& facts);

/// Appends a published order's or review's JSON as it would have been published, had its facts been
/// erased before; false, and nothing appended, when it is none that our writers made.
[[nodiscard]] bool AppendErased(std::string& out, std::string_view json);

}  // namespace weir::model
