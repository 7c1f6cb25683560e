// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"

namespace weir::storage {

/// How far a subscription has come.
struct SubscriptionRow {
  std::string merchant;
  std::string id;
  /// Every change up to this seq is delivered, filtered out, or a callback that is kept open.
  std::uint64_t cursor = 0;

  friend bool operator==(const SubscriptionRow&, const SubscriptionRow&) = default;
};

/// Which subscription.
struct SubscriptionKey {
  std::string merchant;
  std::string id;
  friend auto operator<=>(const SubscriptionKey&, const SubscriptionKey&) = default;
};

/// Numbers are on disk: never reuse one.
enum class CallbackStatus : std::uint8_t {
  kDelivered = 0,
  kPending = 1,  ///< Waits for its next attempt, or behind another of its subject.
  kParked = 2,   ///< Every attempt failed: kept until somebody asks for it again.
};

[[nodiscard]] std::string_view Name(CallbackStatus status);

/// One try to deliver a callback.
struct CallbackAttempt {
  Instant at{};
  std::chrono::milliseconds duration{0};
  unsigned status = 0;   ///< Of the answer; 0: none came.
  std::string outcome;   ///< "delivered", or the class of the failure.
  std::string answer{};  ///< The answer's first bytes.

  friend bool operator==(const CallbackAttempt&, const CallbackAttempt&) = default;
};

/// Which callback within a merchant. As text: "42.erp".
struct CallbackKey {
  std::uint64_t seq = 0;
  std::string subscription;

  [[nodiscard]] std::string ToText() const;
  [[nodiscard]] static std::optional<CallbackKey> Parse(std::string_view text);
  friend auto operator<=>(const CallbackKey&, const CallbackKey&) = default;
};

/// One change on its way to one endpoint.
struct CallbackRow {
  std::string merchant;
  CallbackKey key;
  std::string id;  ///< The change's, and the `webhook-id`.
  std::string type;
  std::string subject;
  CallbackStatus status = CallbackStatus::kPending;
  std::uint32_t tries = 0;                ///< Failed ones of the present row of retries.
  Instant due_at{};                       ///< Pending: not before. Else: when it was settled.
  std::vector<CallbackAttempt> attempts;  ///< Oldest first, the last 20.
};

inline constexpr std::size_t kAttemptsKept = 20;

/// What happened since the last write, applied in one go or not at all.
struct CallbackBatch {
  std::vector<SubscriptionRow> subscriptions;
  /// Rows as they are now; their attempts are added to those known.
  std::vector<CallbackRow> callbacks;
  /// Subscriptions that are deleted: their rows and open callbacks go, after all else.
  std::vector<SubscriptionKey> gone;

  [[nodiscard]] bool empty() const {
    return subscriptions.empty() && callbacks.empty() && gone.empty();
  }
};

/// Filters are conjunctive; empty ones do not filter.
struct CallbackQuery {
  std::string merchant;
  std::string subscription;
  std::string subject;
  std::optional<CallbackStatus> status;
  std::optional<CallbackKey> before;  ///< Continue behind this one of the last page.
  std::size_t limit = 100;
};

struct CallbackPage {
  std::vector<CallbackRow> callbacks;
  std::optional<CallbackKey> next;  ///< Where to go on; a page may be short and yet lead on.
};

/// What left for merchants: cursors of subscriptions, open callbacks, and the attempts of late.
/// Part of what a store promises, but no part of the view: a view made anew from the journal leaves
/// it as it was. Callable from any thread; awaitables resume on the caller's executor.
class CallbackLog {
 public:
  virtual ~CallbackLog() = default;

  /// In one transaction, durable when it returns.
  virtual boost::asio::awaitable<Result<void>> Write(CallbackBatch batch) = 0;
  /// By merchant and id.
  virtual boost::asio::awaitable<Result<std::vector<SubscriptionRow>>> Subscriptions() = 0;
  /// The pending callbacks of one subscription in order of their seq, without their attempts.
  virtual boost::asio::awaitable<Result<std::vector<CallbackRow>>> Pending(
      std::string merchant, std::string subscription) = 0;
  /// Highest seq first, of one seq by subscription backwards.
  virtual boost::asio::awaitable<Result<CallbackPage>> List(CallbackQuery query) = 0;
  virtual boost::asio::awaitable<Result<std::optional<CallbackRow>>> Get(std::string merchant,
                                                                         CallbackKey key) = 0;
};

}  // namespace weir::storage
