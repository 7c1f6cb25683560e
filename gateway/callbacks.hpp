// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "gateway/call.hpp"
#include "gateway/writing.hpp"
#include "storage/callback_log.hpp"

namespace weir::gateway {

/// How a subscription does.
struct DeliveryState {
  bool holding = false;         ///< Its endpoint fails, or asked for a pause.
  std::uint64_t cursor = 0;     ///< Every change up to here is delivered or kept.
  std::uint64_t lag = 0;        ///< Changes of the feed behind it.
  std::uint64_t pending = 0;    ///< Callbacks that wait for an attempt.
  std::uint64_t delivered = 0;  ///< Since this start.
};

/// Which changes a subscription is to get again.
struct ReplayRequest {
  std::uint64_t from = 1;
  std::uint64_t to = UINT64_MAX;
  std::vector<std::string> types;  ///< Empty: all.
  std::string subject;             ///< Empty: all.
};

struct ReplayAnswer {
  std::uint64_t callbacks = 0;
  std::uint64_t through = 0;  ///< The last seq looked at.
};

/// What the calls about callbacks stand on; the functions are called from any thread.
struct CallbackParts {
  storage::CallbackLog& log;
  /// Nothing while nobody delivers to it.
  std::function<std::optional<DeliveryState>(const std::string& merchant,
                                             const std::string& subscription)>
      state;
  std::function<boost::asio::awaitable<Result<void>>(std::string merchant, storage::CallbackKey)>
      retry;
  std::function<boost::asio::awaitable<Result<storage::CallbackAttempt>>(std::string merchant,
                                                                         std::string subscription)>
      test;
  std::function<boost::asio::awaitable<Result<ReplayAnswer>>(
      std::string merchant, std::string subscription, ReplayRequest)>
      replay;
};

/// GET /v1/callbacks, POST /v1/callbacks/{id}/retry.
[[nodiscard]] std::vector<EndpointRow> CallbackEndpoints(const CallbackParts& parts,
                                                         Writing writing);

/// Appends an attempt as an object. What the endpoint answered may repeat what it was sent: it is
/// shown to those who may see `personal` data.
void AppendAttempt(JsonWriter& json, const storage::CallbackAttempt& attempt, bool personal);

}  // namespace weir::gateway
