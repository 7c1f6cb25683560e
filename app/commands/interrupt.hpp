// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>

namespace weir::app {

/// Waits in the main thread for SIGINT or SIGTERM. The first one is remembered; a second one ends
/// the process as if nobody listened.
class Interrupt {
 public:
  Interrupt();

  /// Sleeps for `duration`; at once true, and from then on, when the signal came.
  [[nodiscard]] bool WaitFor(std::chrono::milliseconds duration);

 private:
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_;
  bool came_ = false;
};

}  // namespace weir::app
