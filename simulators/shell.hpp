// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators {

struct ShellOptions {
  std::string host = "127.0.0.1";
  int port = 0;          ///< 0: any free one.
  unsigned senders = 4;  ///< Pushes under way at once; each keeps its connections alive.
};

/// Runs one simulator over real HTTP: serves its API and sends its pushes.
///
/// It has threads of its own (the server's and the senders'); the simulator is touched under one
/// mutex. All methods are callable from any thread, Start and Stop from one at a time.
class HttpShell {
 public:
  /// `simulator` and `clock` outlive the shell.
  HttpShell(Simulator& simulator, const Clock& clock, ShellOptions options);
  ~HttpShell();
  HttpShell(const HttpShell&) = delete;
  HttpShell& operator=(const HttpShell&) = delete;

  /// Binds, serves and sends until Stop. kConflict when the address is taken or the shell runs.
  [[nodiscard]] Result<void> Start();

  /// Ends every thread. Waits for answers under way, at most their time-out, and up to a second for
  /// connections that clients keep open. Without a Start, or again, it does nothing.
  void Stop();

  /// Where the API is served once started: "http://127.0.0.1:40001".
  [[nodiscard]] std::string origin() const;
  [[nodiscard]] int port() const;

  /// Runs `work` while nobody else touches the simulator, then sends what became due. `work` must
  /// not call the shell.
  void With(const std::function<void()>& work);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace weir::simulators
