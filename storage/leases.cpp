// SPDX-License-Identifier: Apache-2.0
#include "storage/leases.hpp"

namespace weir::storage {

bool LeaseTable::Take(const std::string& name, const std::string& node,
                      std::chrono::milliseconds life) {
  const auto now = clock_.Monotonic();
  const std::lock_guard lock(mutex_);
  Lease& lease = leases_[name];
  if (lease.node != node && now < lease.until) return false;
  lease = {.node = node, .until = now + life};
  return true;
}

void LeaseTable::Give(const std::string& name, const std::string& node) {
  const std::lock_guard lock(mutex_);
  const auto found = leases_.find(name);
  if (found != leases_.end() && found->second.node == node) leases_.erase(found);
}

boost::asio::awaitable<Result<bool>> LocalLeases::Take(std::string name,
                                                       std::chrono::milliseconds life) {
  co_return table_.Take(name, node_, life);
}

boost::asio::awaitable<Result<void>> LocalLeases::Give(std::string name) {
  table_.Give(name, node_);
  co_return Result<void>{};
}

}  // namespace weir::storage
