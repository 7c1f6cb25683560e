// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace weir::app::bench {

/// What the system counted for a process since its start.
struct ChildUsage {
  std::uint64_t written_bytes = 0;  ///< By write calls; sockets are not among them.
  std::uint64_t dirtied_bytes = 0;  ///< Of the pages these writes made dirty, each as a whole.
  std::chrono::milliseconds cpu{0};
  std::uint64_t peak_memory = 0;  ///< Bytes resident.
};

/// A server in a process of its own, which ends with this one whatever happens.
class Child {
 public:
  /// Starts `command`, its whole output going to the file `log`. From the thread that outlives the
  /// child. Throws std::system_error.
  Child(const std::vector<std::string>& command, std::string log);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Waits until the log tells "port=". Throws std::runtime_error with the log's end when the child
  /// ends before, or takes more than two minutes.
  [[nodiscard]] std::uint16_t WaitForPort();

  [[nodiscard]] ChildUsage usage() const;
  [[nodiscard]] bool running();

  /// Waits until it ends by itself. False when it ended with an error, or has not ended in time.
  [[nodiscard]] bool Finish(std::chrono::seconds within);

  /// Asks it to end by SIGTERM. False when it ended with an error, or has not ended in time.
  [[nodiscard]] bool Stop(std::chrono::seconds within);

  /// The end of its output.
  [[nodiscard]] std::string LogText() const;

 private:
  std::string name_;
  std::string log_;
  pid_t pid_ = -1;
  int status_ = 0;
};

}  // namespace weir::app::bench
