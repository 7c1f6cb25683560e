// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "model/order_parts.hpp"

namespace weir::model {
namespace {

constexpr auto kDeliveryPath =
    std::to_array({OrderStatus::kPlaced, OrderStatus::kAccepted, OrderStatus::kDispatched,
                   OrderStatus::kDelivered, OrderStatus::kCompleted});
constexpr auto kCounterPath =
    std::to_array({OrderStatus::kPlaced, OrderStatus::kAccepted, OrderStatus::kCompleted});
constexpr auto kShortPath = std::to_array({OrderStatus::kPlaced, OrderStatus::kCompleted});

/// The steps an order of this kind takes on its way to success.
std::span<const OrderStatus> PathOf(std::optional<OrderKind> kind) {
  if (kind == OrderKind::kDelivery) {
    return kDeliveryPath;
  }
  if (kind == OrderKind::kPickup || kind == OrderKind::kDineIn) {
    return kCounterPath;
  }
  return kShortPath;
}

/// Money that comes back after completion ends nothing.
bool Counts(const StatusSeen& seen, const std::vector<StatusSeen>& all) {
  const auto completed = [](const StatusSeen& s) { return s.status == OrderStatus::kCompleted; };
  return seen.cause != CancelCause::kRefunded || std::ranges::none_of(all, completed);
}

bool ShowsAcceptance(const StatusSeen& seen) {
  return seen.status >= OrderStatus::kAccepted && seen.status <= OrderStatus::kCompleted;
}

std::size_t IndexOf(OrderStatus status) { return std::to_underlying(status); }

/// Whichever came first; a step whose time is unknown tells less than one with a time.
const HistoryStep& Earlier(const HistoryStep& a, const HistoryStep& b) {
  return b.at && (!a.at || *b.at < *a.at) ? b : a;
}

/// What the steps above `status` imply of it; nothing when none of them does.
std::optional<HistoryStep> Implied(const History& seen, OrderStatus status) {
  // Success goes through every step; an end may have come at any moment after placing.
  const OrderStatus last =
      status == OrderStatus::kPlaced ? OrderStatus::kCancelled : OrderStatus::kCompleted;
  std::optional<HistoryStep> implied;
  for (std::size_t i = IndexOf(status) + 1; i <= IndexOf(last); ++i) {
    if (const auto& step = seen[i]) {
      implied = implied ? Earlier(*implied, *step) : *step;
    }
  }
  if (implied) {
    implied->implied = true;
  }
  return implied;
}

// A snapshot's "cancelled" says nothing of why: where another fact does, both tell of the same end.
OrderStatus ProjectedWithoutCause(const std::vector<StatusSeen>& all) {
  std::optional<OrderStatus> caused;
  for (const StatusSeen& seen : all) {
    if (seen.status == OrderStatus::kCancelled && seen.cause != CancelCause::kNone &&
        Counts(seen, all)) {
      caused = std::max(caused.value_or(OrderStatus::kExpired), Projected(seen, all));
    }
  }
  return caused.value_or(OrderStatus::kCancelled);
}

}  // namespace

OrderStatus Projected(const StatusSeen& seen, const std::vector<StatusSeen>& all) {
  if (seen.status != OrderStatus::kCancelled) {
    return seen.status;
  }
  switch (seen.cause) {
    case CancelCause::kNotPaidOrAccepted:
      return OrderStatus::kExpired;
    case CancelCause::kMerchant:
      return std::ranges::none_of(all, ShowsAcceptance) ? OrderStatus::kRejected
                                                        : OrderStatus::kCancelled;
    case CancelCause::kOther:
    case CancelCause::kRefunded:
      return OrderStatus::kCancelled;
    case CancelCause::kNone:
      return ProjectedWithoutCause(all);
  }
  return OrderStatus::kCancelled;
}

OrderStatus StatusOf(const std::vector<StatusSeen>& all) {
  std::optional<OrderStatus> highest;
  for (const StatusSeen& seen : all) {
    if (Counts(seen, all)) {
      highest = std::max(highest.value_or(OrderStatus::kPendingPayment), Projected(seen, all));
    }
  }
  return highest.value_or(OrderStatus::kPlaced);
}

History HistoryOf(const std::vector<StatusSeen>& all, std::optional<OrderKind> kind) {
  std::array<std::optional<StatusSeen>, std::tuple_size_v<History>> joined;
  for (const StatusSeen& seen : all) {
    if (!Counts(seen, all)) {
      continue;
    }
    auto& at = joined[IndexOf(Projected(seen, all))];
    if (at) {
      Join(*at, seen);
    } else {
      at = seen;
    }
  }
  History seen;
  for (std::size_t i = 0; i < joined.size(); ++i) {
    if (const auto& step = joined[i]) {
      seen[i] = HistoryStep{
          .at = step->at, .source = step->pushed ? Source::kPush : Source::kPull, .implied = false};
    }
  }
  History history = seen;
  for (const OrderStatus status : PathOf(kind)) {
    if (auto& step = history[IndexOf(status)]; !step) {
      step = Implied(seen, status);
    }
  }
  return history;
}

}  // namespace weir::model
