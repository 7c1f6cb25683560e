// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "app/commands/commands.hpp"

int main(int argc, char** argv) {
  CLI::App app("Weir: one canonical stream of orders from every platform a merchant sells on",
               "weir");
  app.set_version_flag("--version", WEIR_VERSION);
  app.require_subcommand(1);
  int exit_code = 0;
  weir::app::AddServe(app, exit_code);
  weir::app::AddBackup(app, exit_code);
  weir::app::AddBench(app, exit_code);
  weir::app::AddDemo(app, exit_code);
  weir::app::AddDoctor(app, exit_code);
  weir::app::AddErase(app, exit_code);
  weir::app::AddExplain(app, exit_code);
  weir::app::AddKeys(app, exit_code);
  weir::app::AddReplay(app, exit_code);
  weir::app::AddRestore(app, exit_code);
  weir::app::AddSimulate(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "weir: %s\n", error.what());
    return 1;
  }
  return exit_code;
}
