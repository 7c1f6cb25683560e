// SPDX-License-Identifier: Apache-2.0
#include "scheduler/ticker.hpp"

#include <array>
#include <utility>

#include "sync/dispatch_fold.hpp"
#include "sync/requests.hpp"
#include "sync/shipment_fold.hpp"

namespace weir::scheduler {
namespace {

/// Work that the fold does itself once a tick says that its time has come.
constexpr std::array kTimedWork = {"publish_incomplete", sync::kIdempotencyKeyWork,
                                   sync::kPatienceWork, sync::kRequestOutcomeWork,
                                   sync::kShipmentAlertWork};

}  // namespace

Ticker::Ticker(storage::Storage& storage, const Clock& clock) : storage_(storage), clock_(clock) {}

boost::asio::awaitable<Result<bool>> Ticker::Step() {
  if (storage_.view_position() < last_) co_return false;
  bool any_due = false;
  for (const char* kind : kTimedWork) {
    const auto due = co_await storage_.NextDue(kind);
    if (!due) co_return std::unexpected(due.error());
    any_due = any_due || (*due && **due <= clock_.Now());
  }
  if (!any_due) co_return false;
  std::vector<storage::NewEntry> entries(1);
  entries[0].envelope.kind = storage::EntryKind::kTick;
  entries[0].envelope.received_at = clock_.Now();
  auto position = co_await storage_.Append(std::move(entries));
  if (!position) co_return std::unexpected(position.error());
  last_ = *position;
  co_return true;
}

}  // namespace weir::scheduler
