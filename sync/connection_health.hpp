// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"

/// How connections fare, as the outcomes of their calls tell. Kept in memory: a start knows nothing
/// of it.
namespace weir::sync {

/// What a connector is called for.
enum class CallKind : std::uint8_t {
  kCommands,
  kMenus,
  kOrders,
  kReviews,
  kShipments,
  kStores,
  kToken
};
inline constexpr std::size_t kCallKinds = 7;
[[nodiscard]] std::string_view Name(CallKind call) noexcept;  ///< "commands" ...

enum class Health : std::uint8_t {
  kOk,            ///< The platform answers, or nobody has asked it yet.
  kDegraded,      ///< It failed three times in a row: unreachable, in 5xx, or asking for a pause.
  kClockSkew,     ///< It refuses our clock. Whoever runs this machine must set it.
  kUnauthorized,  ///< It refuses key, token or signature. A person has to act.
};
inline constexpr std::array kHealths = {Health::kOk, Health::kDegraded, Health::kClockSkew,
                                        Health::kUnauthorized};
[[nodiscard]] std::string_view Name(Health health) noexcept;  ///< "ok", "clock_skew" ...

/// Whether such a failure tells of the connection, not of what was asked for alone. Health logs
/// these once, when the connection's health changes: who meets them has nothing to log.
[[nodiscard]] bool TellsOfConnection(ErrorKind kind) noexcept;

/// A failure, and how often it came without another one between.
struct CallError {
  Instant at{};  ///< Of the last time.
  CallKind call = CallKind::kOrders;
  ErrorKind kind = ErrorKind::kInternal;
  std::string code;  ///< The platform's own; empty if none.
  std::string message;
  std::uint64_t count = 0;
};

/// One connection's health, fed by the outcome of every call. Callable from any thread.
///
/// It heals by itself: any answer ends degraded and clock_skew, the next one to the same call, or a
/// new token, ends unauthorized. Each change of health is one line in the log.
class ConnectionHealth {
 public:
  static constexpr std::size_t kErrorsKept = 10;

  /// `clock` outlives it.
  ConnectionHealth(std::string connection, const Clock& clock)
      : connection_(std::move(connection)), clock_(clock) {}

  /// The platform answered: yes, or no to what was asked for.
  void NoteAnswer(CallKind call);
  /// The call failed. `refuses_clock`: for the time it carried.
  void NoteError(CallKind call, const Error& error, bool refuses_clock = false);
  /// A pull found an order of which no push had told.
  void NoteMissed();

  struct Report {
    Health health = Health::kOk;
    std::vector<CallError> last_errors;  ///< Newest first.
    std::uint64_t answered = 0;
    std::map<std::string_view, std::uint64_t> failed;  ///< By Name(ErrorKind).
    std::uint64_t missed_by_push = 0;
  };
  [[nodiscard]] Report Read() const;

 private:
  /// Under the mutex.
  void KeepError(CallKind call, const Error& error);
  [[nodiscard]] Health Current() const;
  /// Logs what has changed. Under the mutex, so that lines come in the order of the changes.
  void Settle(CallKind call, const Error* error);

  const std::string connection_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  Health health_ = Health::kOk;
  std::array<bool, kCallKinds> refused_{};
  bool clock_refused_ = false;
  std::size_t failed_in_a_row_ = 0;
  std::vector<CallError> errors_;  ///< Oldest first.
  std::uint64_t answered_ = 0;
  std::map<std::string_view, std::uint64_t> failed_;
  std::uint64_t missed_ = 0;
};

/// The health of all connections: connectors are made anew when settings change, what is known of
/// them stays while anybody holds it. Callable from any thread.
class HealthBook {
 public:
  /// `clock` outlives it and what it gives.
  explicit HealthBook(const Clock& clock) : clock_(clock) {}

  /// Other credentials (their digest) make another connection of it.
  [[nodiscard]] std::shared_ptr<ConnectionHealth> Of(const std::string& merchant,
                                                     const std::string& connection,
                                                     const std::string& credentials);

 private:
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::tuple<std::string, std::string, std::string>, std::weak_ptr<ConnectionHealth>>
      known_;
};

}  // namespace weir::sync
