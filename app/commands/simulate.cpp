// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

#include "app/commands/commands.hpp"
#include "app/commands/interrupt.hpp"
#include "app/demo/options.hpp"
#include "base/clock.hpp"
#include "simulators/meituan/simulator.hpp"
#include "simulators/shell.hpp"

namespace weir::app {
namespace {

namespace meituan = simulators::meituan;

constexpr auto kReportEvery = std::chrono::seconds(10);
constexpr unsigned kSenders = 16;

void Report(simulators::HttpShell& shell, const meituan::MeituanSimulator& platform) {
  simulators::Counts counts;
  shell.With([&] { counts = platform.counts(); });
  fmt::print(
      "orders {}, pushes {} (again {}, doubled {}, degraded {}), answered ok {}, failed {}, given "
      "up "
      "{}, waiting {}, forged {} (accepted {}), API calls {} (refused {})\n",
      counts.orders, counts.pushes, counts.repeated, counts.duplicated, counts.degraded,
      counts.answered_ok, counts.failed, counts.given_up, counts.outstanding, counts.forged,
      counts.forged_accepted, counts.calls, counts.calls_refused);
  std::fflush(stdout);
}

int Simulate(const demo::SimulateOptions& options) {
  Interrupt interrupt;
  const SystemClock clock;
  meituan::MeituanSimulator platform(options.platform);
  simulators::HttpShell shell(platform, clock,
                              {.host = options.host, .port = options.port, .senders = kSenders});
  if (auto started = shell.Start(); !started) {
    throw std::runtime_error(
        fmt::format("{}:{}: {}", options.host, options.port, started.error().message));
  }
  fmt::print("Meituan's API at {}/api/v1 (a connection's base_url), pushes to {}/<topic>\n",
             shell.origin(), options.platform.push_base_url);
  std::fflush(stdout);
  while (!interrupt.WaitFor(kReportEvery)) Report(shell, platform);
  shell.Stop();
  Report(shell, platform);
  return 0;
}

}  // namespace

void AddSimulate(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("simulate", "Stands in for a platform until SIGTERM");
  command->require_subcommand(1);
  auto* platform = command->add_subcommand("meituan", "Meituan: orders, their pushes and its API");
  auto options = std::make_shared<demo::SimulateOptions>();
  demo::AddSimulateOptions(*platform, *options);
  platform->callback([options, &exit_code] { exit_code = Simulate(*options); });
}

}  // namespace weir::app
