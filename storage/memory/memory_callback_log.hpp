// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "storage/callback_log.hpp"

namespace weir::storage {

/// The log in memory, for tests and simulated worlds. Nothing is ever removed.
class MemoryCallbackLog final : public CallbackLog {
 public:
  boost::asio::awaitable<Result<void>> Write(CallbackBatch batch) override;
  boost::asio::awaitable<Result<std::vector<SubscriptionRow>>> Subscriptions() override;
  boost::asio::awaitable<Result<std::vector<CallbackRow>>> Pending(
      std::string merchant, std::string subscription) override;
  boost::asio::awaitable<Result<CallbackPage>> List(CallbackQuery query) override;
  boost::asio::awaitable<Result<std::optional<CallbackRow>>> Get(std::string merchant,
                                                                 CallbackKey key) override;

 private:
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, SubscriptionRow> subscriptions_;
  /// By merchant, newest first.
  std::map<std::string, std::map<CallbackKey, CallbackRow, std::greater<>>> callbacks_;
};

}  // namespace weir::storage
