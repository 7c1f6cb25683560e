// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "storage/storage.hpp"

namespace weir::scheduler {

/// Lets time act: appends a `tick` entry when planned work has come due. The fold reads no clock;
/// it sees time only in the stamps of ticks.
class Ticker {
 public:
  Ticker(storage::Storage& storage, const Clock& clock);

  /// Appends a tick if something is due and the last tick has been folded. True when it did.
  boost::asio::awaitable<Result<bool>> Step();

 private:
  storage::Storage& storage_;
  const Clock& clock_;
  storage::Position last_;
};

}  // namespace weir::scheduler
