// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace weir::e2e {

/// What a program that ran to its end left.
struct Finished {
  int exit_code = -1;  ///< -1 when a signal ended it.
  std::string output;  ///< Standard output and error.
};

/// Runs `weir` with these arguments to its end.
[[nodiscard]] Finished RunWeir(const std::vector<std::string>& arguments);

/// The same, but ends it by SIGKILL as soon as `enough` says so.
[[nodiscard]] Finished RunWeirUntil(const std::vector<std::string>& arguments,
                                    const std::function<bool()>& enough);

/// `weir serve`, as often as it is started, on one configuration file.
class GatewayProcess {
 public:
  /// Logs go to `log`, which is added to.
  GatewayProcess(std::string config, std::string origin, std::string log);
  ~GatewayProcess();
  GatewayProcess(const GatewayProcess&) = delete;
  GatewayProcess& operator=(const GatewayProcess&) = delete;

  /// Returns at once; throws std::system_error when the program cannot be run.
  void Start();
  /// Waits until /readyz says yes; false when the process has ended or never gets there.
  [[nodiscard]] bool WaitReady();
  /// SIGKILL; returns when the process is gone.
  void Kill();
  /// SIGHUP; returns at once.
  void Reload();
  /// SIGTERM; the exit code, nullopt when a signal ended it or it does not end.
  [[nodiscard]] std::optional<int> Stop();
  [[nodiscard]] bool running() const { return pid_ != 0; }
  /// From now on each write to a file fails, or no more.
  void FailWrites(bool fail);
  /// Its memory, in bytes.
  [[nodiscard]] std::uint64_t ResidentBytes() const;
  /// What it logged so far, in all its lives.
  [[nodiscard]] std::string Log() const;

 private:
  [[nodiscard]] bool Gone();
  std::optional<int> WaitFor(std::chrono::milliseconds patience);

  const std::string config_;
  const std::string origin_;
  const std::string log_;
  pid_t pid_ = 0;
  int status_ = 0;
};

}  // namespace weir::e2e
