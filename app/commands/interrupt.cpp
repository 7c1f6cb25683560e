// SPDX-License-Identifier: Apache-2.0
#include "app/commands/interrupt.hpp"

#include <csignal>

namespace weir::app {

Interrupt::Interrupt() : signals_(context_, SIGINT, SIGTERM) {
  signals_.async_wait([this](const boost::system::error_code& error, int) {
    if (error) return;
    came_ = true;
    signals_.clear();
  });
}

bool Interrupt::WaitFor(std::chrono::milliseconds duration) {
  if (!came_) context_.run_for(duration);
  return came_;
}

}  // namespace weir::app
