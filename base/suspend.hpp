// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <utility>

namespace weir {

/// What resumes a suspended coroutine with its answer, on the executor it was suspended on. Called
/// once, from any thread; never resumes within the call.
template <typename... Answer>
using Resume = std::move_only_function<void(Answer...)>;

/// Suspends the caller and hands what resumes it to `keep`, a copyable callable. `Answer` is one
/// type, or none.
template <typename... Answer, typename Keep>
auto Suspend(Keep keep) {
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(Answer...)>(
      [](auto handler, Keep hand_over) {
        auto executor = boost::asio::get_associated_executor(handler);
        hand_over(
            Resume<Answer...>([executor, kept = std::move(handler)](Answer... answer) mutable {
              boost::asio::post(executor,
                                [kept = std::move(kept), ... answer = std::move(answer)]() mutable {
                                  std::move(kept)(std::move(answer)...);
                                });
            }));
      },
      boost::asio::use_awaitable, std::move(keep));
}

}  // namespace weir
