// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/commands.hpp"
#include "app/config/config.hpp"
#include "app/doctor/checks.hpp"
#include "app/registry.hpp"
#include "base/clock.hpp"
#include "base/disk.hpp"

namespace weir::app {
namespace {

struct DoctorOptions {
  std::string config = "weir.toml";
  bool online = false;
};

/// Says what was found as it comes; counts what is not well.
class Report {
 public:
  void Add(const doctor::Finding& finding) {
    bad_ += finding.well ? 0 : 1;
    fmt::print("{:4} {}: {}\n", finding.well ? "ok" : "BAD", finding.subject, finding.detail);
  }
  [[nodiscard]] int exit_code() const { return bad_ == 0 ? 0 : 1; }

 private:
  int bad_ = 0;
};

int Examine(const DoctorOptions& options) {
  Report report;
  std::optional<Config> config;
  try {
    config = LoadConfig(options.config, SystemSources(KeysOfPlatform));
  } catch (const ConfigError& error) {
    report.Add({.subject = "configuration", .well = false, .detail = error.what()});
    return report.exit_code();
  }
  report.Add({.subject = "configuration", .detail = options.config});
  report.Add(doctor::CheckPublicUrl(*config));
  SystemDisk disk;
  const SystemClock clock;
  const std::string& folder = config->storage.folder;
  const doctor::Finding rights = doctor::CheckRights(disk, folder);
  report.Add(rights);
  report.Add(doctor::CheckSpace(disk, folder));
  report.Add(doctor::CheckClock(clock, folder));
  for (const doctor::Finding& finding :
       doctor::CheckData(disk, clock, folder, config->storage.encryption)) {
    report.Add(finding);
  }
  if (options.online) {
    for (const ConnectionConfig& connection : config->connections) {
      report.Add(doctor::CheckReachable(connection));
    }
  }
  return report.exit_code();
}

}  // namespace

void AddDoctor(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "doctor", "Looks at what a gateway needs, a line each; 1 when something is wrong");
  auto options = std::make_shared<DoctorOptions>();
  command->add_option("--config", options->config, "The configuration file")->capture_default_str();
  command->add_flag("--online", options->online, "Also ask whether the platforms answer");
  command->callback([options, &exit_code] { exit_code = Examine(*options); });
}

}  // namespace weir::app
