// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <utility>
#include <variant>

#include "base/error.hpp"
#include "base/timer.hpp"

namespace weir::net {
namespace detail {

template <typename T>
struct Outcome {
  std::exception_ptr failure;
  std::optional<Result<T>> result;
};

/// The race below takes the first that does not throw, so nothing may.
template <typename T>
boost::asio::awaitable<Outcome<T>> Capture(boost::asio::awaitable<Result<T>> work) {
  try {
    co_return Outcome<T>{.failure = nullptr, .result = co_await std::move(work)};
  } catch (...) {
    co_return Outcome<T>{.failure = std::current_exception(), .result = std::nullopt};
  }
}

template <typename T>
boost::asio::awaitable<Result<T>> Race(Timer* timer, std::chrono::nanoseconds limit,
                                       boost::asio::awaitable<Result<T>> work) {
  using boost::asio::experimental::awaitable_operators::operator||;
  auto first = co_await (Capture<T>(std::move(work)) || timer->Wait(limit));
  if (auto* outcome = std::get_if<0>(&first)) {
    if (outcome->failure) {
      std::rethrow_exception(outcome->failure);
    }
    co_return *std::move(outcome->result);
  }
  co_return Fail(ErrorKind::kTransport, "No complete answer came in time.");
}

}  // namespace detail

/// Runs `work` for at most `limit`, then cancels it and answers kTransport. The one place where
/// something races a timer. Returns only when `work` has ended, so `work` has to honour
/// cancellation; what it throws is thrown on. `timer` outlives the call.
template <typename T>
boost::asio::awaitable<Result<T>> WithTimeout(Timer& timer, std::chrono::nanoseconds limit,
                                              boost::asio::awaitable<Result<T>> work) {
  return detail::Race<T>(&timer, limit, std::move(work));
}

}  // namespace weir::net
