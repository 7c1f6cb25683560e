// SPDX-License-Identifier: Apache-2.0
#include "sync/connection_health.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace weir::sync {
namespace {

/// One failure, and a second one by chance, happen to a healthy platform.
constexpr std::size_t kFailuresThatCount = 3;

/// Whether the platform said something to the point, if only no.
bool IsAnswer(ErrorKind kind) {
  return kind == ErrorKind::kRejected || kind == ErrorKind::kNotFound ||
         kind == ErrorKind::kConflict;
}

}  // namespace

std::string_view Name(CallKind call) noexcept {
  constexpr std::array<std::string_view, kCallKinds> kNames = {
      "commands", "menus", "orders", "reviews", "shipments", "stores", "token"};
  return kNames[static_cast<std::size_t>(call)];
}

std::string_view Name(Health health) noexcept {
  constexpr std::array<std::string_view, kHealths.size()> kNames = {"ok", "degraded", "clock_skew",
                                                                    "unauthorized"};
  return kNames[static_cast<std::size_t>(health)];
}

bool TellsOfConnection(ErrorKind kind) noexcept {
  return IsTransient(kind) || kind == ErrorKind::kUnauthorized || kind == ErrorKind::kMalformed;
}

void ConnectionHealth::NoteAnswer(CallKind call) {
  const std::lock_guard lock(mutex_);
  ++answered_;
  failed_in_a_row_ = 0;
  clock_refused_ = false;
  refused_[static_cast<std::size_t>(call)] = false;
  // What was refused the old token is worth another try.
  if (call == CallKind::kToken) refused_ = {};
  Settle(call, nullptr);
}

void ConnectionHealth::NoteError(CallKind call, const Error& error, bool refuses_clock) {
  const std::lock_guard lock(mutex_);
  ++failed_[Name(error.kind)];
  KeepError(call, error);
  if (refuses_clock) {
    clock_refused_ = true;
    failed_in_a_row_ = 0;
  } else if (error.kind == ErrorKind::kUnauthorized) {
    refused_[static_cast<std::size_t>(call)] = true;
    failed_in_a_row_ = 0;
  } else if (TellsOfConnection(error.kind)) {
    ++failed_in_a_row_;
  } else if (IsAnswer(error.kind)) {
    clock_refused_ = false;
    failed_in_a_row_ = 0;
  }
  Settle(call, &error);
}

void ConnectionHealth::NoteMissed() {
  const std::lock_guard lock(mutex_);
  ++missed_;
}

void ConnectionHealth::KeepError(CallKind call, const Error& error) {
  const auto same = std::ranges::find_if(errors_, [&](const CallError& known) {
    return known.call == call && known.kind == error.kind && known.code == error.remote_code;
  });
  CallError kept{.at = {},
                 .call = call,
                 .kind = error.kind,
                 .code = error.remote_code,
                 .message = {},
                 .count = 0};
  if (same != errors_.end()) {
    kept = std::move(*same);
    errors_.erase(same);
  }
  kept.at = clock_.Now();
  kept.message = error.message;
  ++kept.count;
  if (errors_.size() == kErrorsKept) errors_.erase(errors_.begin());
  errors_.push_back(std::move(kept));
}

Health ConnectionHealth::Current() const {
  if (std::ranges::find(refused_, true) != refused_.end()) return Health::kUnauthorized;
  if (clock_refused_) return Health::kClockSkew;
  return failed_in_a_row_ >= kFailuresThatCount ? Health::kDegraded : Health::kOk;
}

void ConnectionHealth::Settle(CallKind call, const Error* error) {
  const Health before = std::exchange(health_, Current());
  if (health_ == before) return;
  const auto level = health_ == Health::kOk         ? spdlog::level::info
                     : health_ == Health::kDegraded ? spdlog::level::warn
                                                    : spdlog::level::err;
  // An answer that says no is one.
  if (health_ != Health::kOk && error != nullptr) {
    spdlog::log(level, "event=connection_{} connection={} call={} kind={} code={} error=\"{}\"",
                Name(health_), connection_, Name(call), Name(error->kind), error->remote_code,
                error->message);
  } else {
    spdlog::log(level, "event=connection_{} connection={} was={}", Name(health_), connection_,
                Name(before));
  }
}

ConnectionHealth::Report ConnectionHealth::Read() const {
  const std::lock_guard lock(mutex_);
  return {.health = health_,
          .last_errors = {errors_.rbegin(), errors_.rend()},
          .answered = answered_,
          .failed = failed_,
          .missed_by_push = missed_};
}

std::shared_ptr<ConnectionHealth> HealthBook::Of(const std::string& merchant,
                                                 const std::string& connection,
                                                 const std::string& credentials) {
  const std::lock_guard lock(mutex_);
  std::erase_if(known_, [](const auto& known) { return known.second.expired(); });
  std::weak_ptr<ConnectionHealth>& known = known_[{merchant, connection, credentials}];
  std::shared_ptr<ConnectionHealth> health = known.lock();
  if (!health) {
    health = std::make_shared<ConnectionHealth>(connection, clock_);
    known = health;
  }
  return health;
}

}  // namespace weir::sync
