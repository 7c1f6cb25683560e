// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

/// The commands of `weir`, one file each. Each Add* declares its command on the command line; when
/// it is chosen, `exit_code` is what the process ends with.
namespace weir::app {

void AddBackup(CLI::App& app, int& exit_code);
void AddBench(CLI::App& app, int& exit_code);
void AddDemo(CLI::App& app, int& exit_code);
void AddDoctor(CLI::App& app, int& exit_code);
void AddErase(CLI::App& app, int& exit_code);
void AddExplain(CLI::App& app, int& exit_code);
void AddKeys(CLI::App& app, int& exit_code);
void AddReplay(CLI::App& app, int& exit_code);
void AddRestore(CLI::App& app, int& exit_code);
void AddServe(CLI::App& app, int& exit_code);
void AddSimulate(CLI::App& app, int& exit_code);

}  // namespace weir::app
