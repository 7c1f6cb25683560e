// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/timer.hpp"
#include "storage/storage.hpp"
#include "sync/backpressure.hpp"
#include "sync/errands.hpp"
#include "sync/ingest.hpp"
#include "sync/mappers.hpp"
#include "sync/windows.hpp"

namespace weir::sync {

/// Where pulls read from and write to; all of it outlives them.
struct PullParts {
  storage::Storage& storage;
  Ingest& ingest;
  FindOrderReader readers;
  const Mappers& mappers;
  const Backpressure& backpressure;
  const Clock& clock;
  Timer& timer;
};

/// Does the pulls that are planned, one after the other.
///
/// An item that the record shows already is not journaled. A page that fails ends its pull; what
/// came before it stays. Either way one `window` entry says what became of it. A pull that a crash
/// cut off is done again: reading twice does no harm. One of a paused connection waits.
class Pulls {
 public:
  explicit Pulls(PullParts parts) : parts_(std::move(parts)) {}

  /// Does the earliest that is due and not paused, to its end. True when there was one.
  boost::asio::awaitable<Result<bool>> Step();

  /// Lets the pull under way end at its next item, to be done again by the next life.
  void Stop() { stopped_ = true; }

 private:
  class Run;
  /// The earliest planned pull of a connection that is not paused.
  boost::asio::awaitable<Result<std::optional<storage::WorkRow>>> Next();

  PullParts parts_;
  storage::Position last_;  ///< The window entry still to be folded: no pull is done twice.
  std::atomic<bool> stopped_{false};
};

}  // namespace weir::sync
