// SPDX-License-Identifier: Apache-2.0
#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <memory>
#include <string>
#include <utility>

#include "app/commands/commands.hpp"
#include "app/commands/logging.hpp"
#include "app/config/config.hpp"
#include "app/registry.hpp"
#include "app/runtime.hpp"

namespace weir::app {
namespace {

constexpr auto kDrainGrace = std::chrono::seconds(10);

/// A broken file changes nothing.
void Reload(Runtime& runtime, const std::string& path) {
  try {
    Config config = LoadConfig(path, SystemSources(KeysOfPlatform));
    spdlog::set_level(spdlog::level::from_str(config.log.level));
    runtime.Reload(std::move(config));
  } catch (const ConfigError& error) {
    spdlog::error("event=reload_refused reason=\"{}\"", error.what());
  }
}

/// Serves until SIGTERM or SIGINT, or until the fold must not go on.
int Serve(const std::string& path) {
  Config config = LoadConfig(path, SystemSources(KeysOfPlatform));
  StartLogging(config.log.level);
  // A limit to the size of files is an error like a full disk, not the end.
  (void)std::signal(SIGXFSZ, SIG_IGN);
  boost::asio::io_context main(1);
  boost::asio::signal_set ends(main, SIGTERM, SIGINT);
  boost::asio::signal_set reloads(main, SIGHUP);
  int exit_code = 0;
  Runtime runtime(std::move(config), [&](const Error& error) {
    boost::asio::post(main, [&main, &exit_code, message = error.message] {
      spdlog::critical("event=fatal error=\"{}\"", message);
      exit_code = 1;
      main.stop();
    });
  });
  runtime.Start();
  ends.async_wait([&main](const boost::system::error_code&, int) { main.stop(); });
  std::function<void()> watch_reloads = [&] {
    reloads.async_wait([&](const boost::system::error_code& error, int) {
      if (error) return;
      Reload(runtime, path);
      watch_reloads();
    });
  };
  watch_reloads();
  main.run();
  runtime.Stop(kDrainGrace);
  return exit_code;
}

}  // namespace

void AddServe(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("serve", "Runs the gateway until SIGTERM");
  auto path = std::make_shared<std::string>("weir.toml");
  command->add_option("--config", *path, "The configuration file")->capture_default_str();
  command->callback([path, &exit_code] { exit_code = Serve(*path); });
}

}  // namespace weir::app
