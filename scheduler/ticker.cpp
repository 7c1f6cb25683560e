// SPDX-License-Identifier: Apache-2.0
#include "scheduler/ticker.hpp"

#include <utility>

namespace weir::scheduler {

Ticker::Ticker(storage::Storage& storage, const Clock& clock) : storage_(storage), clock_(clock) {}

boost::asio::awaitable<Result<bool>> Ticker::Step() {
  if (storage_.view_position() < last_) co_return false;
  auto due = co_await storage_.NextDue("publish_incomplete");
  if (!due) co_return std::unexpected(due.error());
  if (!*due || **due > clock_.Now()) co_return false;
  std::vector<storage::NewEntry> entries(1);
  entries[0].envelope.kind = storage::EntryKind::kTick;
  entries[0].envelope.received_at = clock_.Now();
  auto position = co_await storage_.Append(std::move(entries));
  if (!position) co_return std::unexpected(position.error());
  last_ = *position;
  co_return true;
}

}  // namespace weir::scheduler
