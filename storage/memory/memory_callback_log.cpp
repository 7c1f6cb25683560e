// SPDX-License-Identifier: Apache-2.0
#include "storage/memory/memory_callback_log.hpp"

#include <algorithm>
#include <iterator>

namespace weir::storage {

using boost::asio::awaitable;

awaitable<Result<void>> MemoryCallbackLog::Write(CallbackBatch batch) {
  const std::lock_guard lock(mutex_);
  for (SubscriptionRow& row : batch.subscriptions) {
    std::pair name(row.merchant, row.id);
    subscriptions_.insert_or_assign(std::move(name), std::move(row));
  }
  for (CallbackRow& row : batch.callbacks) {
    CallbackRow& known = callbacks_[row.merchant][row.key];
    auto attempts = std::move(known.attempts);
    std::ranges::move(row.attempts, std::back_inserter(attempts));
    const auto excess = attempts.size() - std::min(attempts.size(), kAttemptsKept);
    attempts.erase(attempts.begin(), attempts.begin() + static_cast<std::ptrdiff_t>(excess));
    known = std::move(row);
    known.attempts = std::move(attempts);
  }
  for (const SubscriptionKey& gone : batch.gone) {
    subscriptions_.erase({gone.merchant, gone.id});
    std::erase_if(callbacks_[gone.merchant], [&](const auto& item) {
      return item.first.subscription == gone.id && item.second.status != CallbackStatus::kDelivered;
    });
  }
  co_return Result<void>{};
}

awaitable<Result<std::vector<SubscriptionRow>>> MemoryCallbackLog::Subscriptions() {
  const std::lock_guard lock(mutex_);
  std::vector<SubscriptionRow> rows;
  rows.reserve(subscriptions_.size());
  for (const auto& [name, row] : subscriptions_) rows.push_back(row);
  co_return rows;
}

awaitable<Result<std::vector<CallbackRow>>> MemoryCallbackLog::Pending(std::string merchant,
                                                                       std::string subscription) {
  const std::lock_guard lock(mutex_);
  std::vector<CallbackRow> rows;
  for (const auto& [key, row] : callbacks_[merchant]) {
    if (key.subscription != subscription || row.status != CallbackStatus::kPending) continue;
    rows.push_back(row);
    rows.back().attempts.clear();
  }
  std::ranges::reverse(rows);
  co_return rows;
}

awaitable<Result<CallbackPage>> MemoryCallbackLog::List(CallbackQuery query) {
  const std::lock_guard lock(mutex_);
  CallbackPage page;
  const auto& callbacks = callbacks_[query.merchant];
  auto at = query.before ? callbacks.upper_bound(*query.before) : callbacks.begin();
  for (; at != callbacks.end(); ++at) {
    const CallbackRow& row = at->second;
    if (!query.subscription.empty() && row.key.subscription != query.subscription) continue;
    if (!query.subject.empty() && row.subject != query.subject) continue;
    if (query.status && row.status != *query.status) continue;
    if (page.callbacks.size() == query.limit) {
      page.next = page.callbacks.back().key;
      break;
    }
    page.callbacks.push_back(row);
  }
  co_return page;
}

awaitable<Result<std::optional<CallbackRow>>> MemoryCallbackLog::Get(std::string merchant,
                                                                     CallbackKey key) {
  const std::lock_guard lock(mutex_);
  const auto& callbacks = callbacks_[merchant];
  const auto found = callbacks.find(key);
  if (found == callbacks.end()) co_return std::nullopt;
  co_return found->second;
}

}  // namespace weir::storage
