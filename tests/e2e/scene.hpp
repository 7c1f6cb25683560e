// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/demo/gateway_client.hpp"
#include "app/demo/place.hpp"
#include "base/clock.hpp"
#include "simulators/meituan/simulator.hpp"
#include "simulators/shell.hpp"
#include "tests/e2e/answered_pushes.hpp"
#include "tests/e2e/gateway_process.hpp"
#include "tests/e2e/pushes.hpp"
#include "tests/e2e/seen_feed.hpp"

namespace weir::e2e {

/// The real program between a simulated platform and a reader of its feed, over sockets of this
/// machine, on a data folder of its own. The platform pushes from 16 threads and the reader reads
/// on, whether there is a gateway or not.
class Scene {
 public:
  /// Without traffic until BeginTraffic. `more` is added to the configuration.
  explicit Scene(std::uint64_t seed, const std::string& more = "");
  ~Scene();
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  [[nodiscard]] GatewayProcess& gateway() { return gateway_; }
  [[nodiscard]] const std::string& data() const { return data_; }
  [[nodiscard]] const std::string& config() const { return config_; }
  [[nodiscard]] const std::string& origin() const { return origin_; }
  [[nodiscard]] std::string hooks() const { return origin_ + "/hooks/" + kConnection; }

  /// A push is answered when it is durable; this waits until it shows, too.
  void WaitUntilFolded();

  void BeginTraffic();
  /// Until the next BeginTraffic the platform does nothing.
  void PauseTraffic();
  /// No new orders; returns when every push is answered and everything is read, false when that
  /// takes too long.
  [[nodiscard]] bool PlayOut();
  /// Ends the platform and the reader.
  void Quiet();

  /// What promises are broken, in words: compares ledger, records and feed of the running gateway,
  /// reading the whole feed once more. After PlayOut.
  [[nodiscard]] std::vector<std::string> Audit();

  /// As they are now. The platform must not be pushing.
  [[nodiscard]] const std::set<std::string>& answered() const { return recorder_->answered(); }
  [[nodiscard]] std::uint64_t last_cause_seen();

 private:
  void Follow();
  void Complain(std::string what);
  [[nodiscard]] std::uint64_t last_seen();
  void ReadAgain();

  app::demo::DataFolder folder_;
  std::vector<std::uint16_t> ports_;  ///< The gateway's and the platform's.
  std::string data_;
  std::string config_;
  std::string origin_;
  GatewayProcess gateway_;
  SystemClock clock_;
  std::optional<simulators::meituan::MeituanSimulator> platform_;
  std::optional<AnsweredPushes> recorder_;
  std::unique_ptr<simulators::HttpShell> shell_;
  std::mutex mutex_;
  SeenFeed feed_;  ///< Under the mutex.
  std::atomic<bool> stopping_{false};
  std::thread reader_;
};

}  // namespace weir::e2e
