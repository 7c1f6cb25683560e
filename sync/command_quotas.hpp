// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "net/token_bucket.hpp"
#include "sync/command_record.hpp"

namespace weir::sync {

/// How often platforms are asked to do things: so many calls a second of each connection and kind
/// of command, none of a kind while the platform asked for a pause, and none of a connection for a
/// while after several in a row were lost. Callable from any thread.
class CommandQuotas {
 public:
  static constexpr std::uint32_t kBurst = 20;
  static constexpr std::chrono::milliseconds kInterval{100};
  static constexpr unsigned kFailures = 5;  ///< In a row, to leave a connection alone.
  static constexpr std::chrono::seconds kAlone{10};

  /// `clock` outlives it.
  explicit CommandQuotas(const Clock& clock) : clock_(clock) {}

  /// Whether a command of this connection and kind may leave now; then it counts as one that did.
  [[nodiscard]] bool Take(const CommandRecord& record);
  /// What became of a call; null: it was answered well.
  void Note(const CommandRecord& record, const Error* error);

 private:
  struct Quota {
    explicit Quota(const Clock& clock) : bucket(kInterval, kBurst, clock) {}
    net::TokenBucket bucket;
    std::chrono::nanoseconds paused_until{0};  ///< Of the clock's monotonic time, as below.
  };
  struct Circuit {
    unsigned lost = 0;  ///< Calls in a row.
    std::chrono::nanoseconds open_until{0};
  };

  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Quota> quotas_;      ///< By merchant, connection and kind.
  std::map<std::string, Circuit> circuits_;  ///< By merchant and connection.
};

}  // namespace weir::sync
