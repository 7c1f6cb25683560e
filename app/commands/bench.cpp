// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>

#include "app/bench/measure.hpp"
#include "app/bench/report.hpp"
#include "app/commands/commands.hpp"
#include "base/clock.hpp"

namespace weir::app {
namespace {

using std::chrono::seconds;

constexpr std::uint64_t kSeed = 1;
constexpr unsigned kReportSeconds = 5;
constexpr seconds kLongestBare{10};

struct BenchOptions {
  unsigned seconds = 60;
  unsigned latency_seconds = 15;
  unsigned rounds = 1;
  std::size_t connections = 64;
  double rate = 1000;
  bool report = false;
  std::set<std::string> only;
  std::uint64_t stored = 1'000'000;
  std::string folder;
  std::string bare;

  [[nodiscard]] bool Wants(const std::string& part) const {
    return only.empty() ? part != "stored" : only.contains(part);
  }
};

void Say(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

// The build puts both programs at the same place in every tree.
std::string BareBeside(const std::filesystem::path& program) {
  return (program.parent_path() / "../bench/weir_bare_ceiling").lexically_normal().string();
}

int RunBench(BenchOptions options) {
  if (options.report) options.seconds = options.latency_seconds = kReportSeconds;
  const auto program = std::filesystem::read_symlink("/proc/self/exe");
  const bench::PushSource source = bench::BenchSource();
  const bench::SignedOrders orders(source, kSeed, SystemClock().Now());
  const bench::Bench bench{
      .orders = orders,
      .source = source,
      .parent = options.folder.empty() ? bench::DefaultParent() : options.folder,
      .weir = program.string(),
      .bare = options.bare.empty() ? BareBeside(program) : options.bare,
      .connections = options.connections};
  Say(
      fmt::format("weir bench: {} connections, bodies of {:.0f} bytes, {} processors shared with "
                  "the load, data in {}\n",
                  options.connections, orders.mean_body_size(), std::thread::hardware_concurrency(),
                  bench.parent));
  if (options.Wants("bare") && !std::filesystem::exists(bench.bare)) {
    throw std::runtime_error(bench.bare +
                             " is not there: build the target weir_bare_ceiling, or measure "
                             "without it by --only sustained,latency");
  }
  bench::Findings findings;
  const seconds bare_for = std::min(kLongestBare, seconds(std::max(options.seconds / 2, 1U)));
  const auto measure_bare = [&] {
    if (!options.Wants("bare")) return;
    findings.bare.push_back(bench::MeasureBare(bench, bare_for));
    Say(fmt::format("  bare ceiling {:.0f}/s\n", findings.bare.back().load.per_second()));
  };
  measure_bare();
  for (unsigned round = 0; round < options.rounds && options.Wants("sustained"); ++round) {
    findings.sustained.push_back(bench::MeasureSustained(bench, seconds(options.seconds)));
    Say(fmt::format("  weir {:.0f}/s\n", findings.sustained.back().per_second));
    measure_bare();
  }
  if (options.Wants("latency")) {
    findings.latency = bench::MeasureLatency(bench, options.rate, seconds(options.latency_seconds));
  }
  if (options.Wants("stored")) findings.stored = bench::MeasureStored(bench, options.stored);
  Say(bench::ReportText(findings));
  return findings.clean() ? 0 : 1;
}

}  // namespace

void AddBench(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "bench", "Measures this machine's bare ceiling and the gateway, in one run");
  auto options = std::make_shared<BenchOptions>();
  command->add_option("--seconds", options->seconds, "How long the closed loop lasts")
      ->check(CLI::Range(1U, 86400U))
      ->capture_default_str();
  command->add_option("--latency-seconds", options->latency_seconds, "How long the open loop lasts")
      ->check(CLI::Range(1U, 86400U))
      ->capture_default_str();
  command->add_option("--rounds", options->rounds, "Closed loops; the median counts")
      ->check(CLI::Range(1U, 100U))
      ->capture_default_str();
  command->add_option("--connections", options->connections, "Kept alive, all the time")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command->add_option("--rate", options->rate, "Orders a second in the open loop")
      ->check(CLI::Range(1.0, 1e6))
      ->capture_default_str();
  command->add_flag("--report", options->report, "A short run, for a report beside every change");
  command->add_option("--only", options->only, "Parts to run; all but stored unless named")
      ->check(CLI::IsMember({"bare", "sustained", "latency", "stored"}))
      ->delimiter(',');
  command->add_option("--stored", options->stored, "Orders to hold for the part stored")
      ->check(CLI::Range(1U, 100'000'000U))
      ->capture_default_str();
  command->add_option("--dir", options->folder,
                      "Where data folders are made, on the disk to measure; they are removed");
  command->add_option("--bare", options->bare, "The bare ceiling's program");
  command->callback([options, &exit_code] { exit_code = RunBench(*options); });
}

}  // namespace weir::app
