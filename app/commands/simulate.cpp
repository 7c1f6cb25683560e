// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "app/commands/commands.hpp"
#include "app/commands/interrupt.hpp"
#include "app/demo/couriers.hpp"
#include "app/demo/options.hpp"
#include "app/demo/platforms.hpp"
#include "base/clock.hpp"
#include "simulators/shell.hpp"

namespace weir::app {
namespace {

constexpr auto kReportEvery = std::chrono::seconds(10);
constexpr unsigned kSenders = 16;

template <typename Simulator>
void Report(simulators::HttpShell& shell, const Simulator& platform) {
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

/// `known` says its name and where its API is; `make` makes it, once its options are parsed.
template <typename Known, typename Maker>
int Simulate(const Known& known, const demo::PlaceOptions& place, const Maker& make) {
  Interrupt interrupt;
  const SystemClock clock;
  const auto platform = make();
  simulators::HttpShell shell(*platform, clock,
                              {.host = place.host, .port = place.port, .senders = kSenders});
  if (auto started = shell.Start(); !started) {
    throw std::runtime_error(
        fmt::format("{}:{}: {}", place.host, place.port, started.error().message));
  }
  fmt::print("{}'s API at {}{} (a connection's base_url)\n", known.name, shell.origin(),
             known.api_path);
  std::fflush(stdout);
  while (!interrupt.WaitFor(kReportEvery)) Report(shell, *platform);
  shell.Stop();
  Report(shell, *platform);
  return 0;
}

}  // namespace

void AddSimulate(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("simulate", "Stands in for a platform until SIGTERM");
  command->require_subcommand(1);
  const auto add = [command, &exit_code](const auto* known, std::string what) {
    auto* alone = command->add_subcommand(std::string(known->word),
                                          std::string(known->name) + ": " + std::move(what));
    const auto place = std::make_shared<demo::PlaceOptions>();
    demo::AddPlaceOptions(*alone, *place);
    alone->callback([known, place, make = known->add_options(*alone), &exit_code] {
      exit_code = Simulate(*known, *place, make);
    });
  };
  for (const auto* platform : demo::SimulatedPlatforms()) {
    add(platform, "orders, their pushes and its API");
  }
  for (const auto* courier : demo::SimulatedCouriers()) {
    add(courier, "what it carries, its pushes and its API");
  }
}

}  // namespace weir::app
