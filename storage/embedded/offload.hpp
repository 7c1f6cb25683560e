// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <type_traits>
#include <utility>

namespace weir::storage {

/// Runs `work`, which blocks and returns a Result, on `where` and resumes the caller on its own
/// executor with what it returned or threw. Once begun it is not cancelled. The caller's context
/// must outlive the threads of `where`: they let go of it only after the caller was resumed.
template <typename Work>
boost::asio::awaitable<std::invoke_result_t<Work&>> RunOn(boost::asio::any_io_executor where,
                                                          Work work) {
  using Answer = std::invoke_result_t<Work&>;
  auto begin = [](auto handler, boost::asio::any_io_executor there, Work task) {
    auto home = boost::asio::prefer(boost::asio::get_associated_executor(handler),
                                    boost::asio::execution::outstanding_work_t::tracked);
    boost::asio::post(there, [home = std::move(home), handler = std::move(handler),
                              task = std::move(task)]() mutable {
      std::exception_ptr thrown;
      Answer answer;
      try {
        answer = task();
      } catch (...) {
        thrown = std::current_exception();
      }
      boost::asio::post(
          home, [handler = std::move(handler), thrown, answer = std::move(answer)]() mutable {
            std::move(handler)(thrown, std::move(answer));
          });
    });
  };
  co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>,
                                                 void(std::exception_ptr, Answer)>(
      begin, boost::asio::use_awaitable, std::move(where), std::move(work));
}

}  // namespace weir::storage
