// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <spdlog/logger.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "simulators/eleme/options.hpp"
#include "simulators/meituan/options.hpp"
#include "simulators/platform.hpp"
#include "tests/e2e/core_life.hpp"

namespace weir::e2e {

/// What the program logs while this lives, a line each, "error event=...". One at a time.
class LogCapture {
 public:
  LogCapture();
  ~LogCapture();
  LogCapture(const LogCapture&) = delete;
  LogCapture& operator=(const LogCapture&) = delete;

  /// From now on, though somebody switched logging off meanwhile.
  void Begin();
  /// Those that begin with one of `levels` and have `part` in them.
  [[nodiscard]] std::vector<std::string> Lines(const std::vector<std::string>& levels,
                                               std::string_view part) const;

 private:
  std::ostringstream text_;
  std::shared_ptr<spdlog::logger> former_;
};

/// Options of platforms whose orders live undisturbed, for connections "el-main" and "mt-main".
[[nodiscard]] simulators::eleme::Options CalmEleme();
[[nodiscard]] simulators::meituan::Options CalmMeituan();
[[nodiscard]] app::ConnectionConfig ElemeConnection();
[[nodiscard]] app::ConnectionConfig MeituanConnection();

/// A whole gateway with one connection to a simulated platform, in one thread and simulated time.
class PlatformScene {
 public:
  /// `platform` outlives it.
  PlatformScene(simulators::Platform& platform, app::ConnectionConfig connection);

  /// Lets time pass; the platform's pushes reach the gateway, unless they are dropped.
  void Pass(std::chrono::seconds time);
  /// Time passes at once, and for nobody anything happens in between.
  void Leap(std::chrono::minutes time) { ground_.clock.Advance(time); }
  /// The platform's time: ours, and what the clocks differ by.
  [[nodiscard]] Instant platform_now() const { return ground_.clock.Now() + platform_ahead; }

  /// What the API says of the connection.
  [[nodiscard]] nlohmann::json Connection();
  /// Asks for a pull and waits for what it came to.
  [[nodiscard]] nlohmann::json Pull(const std::string& feed);
  /// The value of a line of /metrics, named with its labels; nothing without such a line.
  [[nodiscard]] std::optional<double> Metric(const std::string& name);
  [[nodiscard]] CoreLife& life() { return *life_; }

  std::chrono::milliseconds platform_ahead{0};
  bool is_down = false;       ///< Every call ends in a 503.
  bool drops_pushes = false;  ///< As if they had been answered, and nobody had got them.

 private:
  Result<net::Response> Answer(const net::Request& request);
  void Deliver();

  simulators::Platform& platform_;
  const std::string connection_;
  Ground ground_;
  std::optional<CoreLife> life_;
};

}  // namespace weir::e2e
