// SPDX-License-Identifier: Apache-2.0
#include "sync/command_quotas.hpp"

#include <algorithm>

namespace weir::sync {
namespace {

constexpr std::chrono::seconds kPause{1};

std::string ConnectionOf(const CommandRecord& record) {
  return record.merchant + "/" + record.connection;
}

std::string KindOf(const CommandRecord& record) {
  return ConnectionOf(record) + "/" + record.request.kind;
}

}  // namespace

bool CommandQuotas::Take(const CommandRecord& record) {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.Monotonic();
  if (now < circuits_[ConnectionOf(record)].open_until) return false;
  Quota& quota = quotas_.try_emplace(KindOf(record), clock_).first->second;
  return now >= quota.paused_until && quota.bucket.Take().count() == 0;
}

void CommandQuotas::Note(const CommandRecord& record, const Error* error) {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.Monotonic();
  Circuit& circuit = circuits_[ConnectionOf(record)];
  if (error == nullptr || error->kind != ErrorKind::kTransport) {
    circuit.lost = 0;
  } else if (++circuit.lost >= kFailures) {
    // The one call that tries whether it is back decides alone.
    circuit.open_until = now + kAlone;
  }
  if (error == nullptr || error->kind != ErrorKind::kRateLimited) return;
  Quota& quota = quotas_.try_emplace(KindOf(record), clock_).first->second;
  quota.paused_until = std::max<std::chrono::nanoseconds>(
      quota.paused_until, now + error->retry_after.value_or(kPause));
}

}  // namespace weir::sync
