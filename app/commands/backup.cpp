// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/backup.hpp"

#include <fmt/core.h>

#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "app/commands/commands.hpp"
#include "app/config/config.hpp"
#include "app/registry.hpp"
#include "base/clock.hpp"
#include "base/disk.hpp"
#include "base/timer.hpp"
#include "storage/embedded/callback_file.hpp"
#include "storage/embedded/embedded_storage.hpp"
#include "storage/embedded/snapshots.hpp"
#include "storage/embedded/sqlite_vfs.hpp"

namespace weir::app {
namespace {

constexpr auto kLookUp = std::chrono::milliseconds(50);
/// A copy of a large view takes its time.
constexpr auto kSnapshotPatience = std::chrono::minutes(30);
/// Whoever writes the view looks for wishes ten times a second; a copy that has begun shows.
constexpr auto kBeginPatience = std::chrono::seconds(10);

struct BackupOptions {
  std::string config = "weir.toml";
  std::string data;
  std::string target;
};

template <typename T>
T OrThrow(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

void CheckIsDataFolder(Disk& disk, const std::string& folder) {
  if (!OrThrow(disk.Exists(folder + "/journal"))) {
    throw std::runtime_error(folder + " holds no journal: expected a gateway's data folder");
  }
}

/// Asks the process that holds the folder for a snapshot, and waits for it.
void AskForSnapshot(Disk& disk, const std::string& folder) {
  const storage::SqliteVfs vfs(disk);
  storage::Snapshots snapshots(disk, vfs, folder + "/snapshots");
  const std::string copy = folder + "/snapshots/view.unfinished";
  OrThrow(snapshots.Want(storage::CallbackFilePath(folder)));
  const auto begun = std::chrono::steady_clock::now();
  bool seen = false;
  while (true) {
    const auto answer = OrThrow(snapshots.Answer());
    if (answer == storage::Snapshots::Wish::kGranted) return;
    if (answer == storage::Snapshots::Wish::kFailed) {
      throw std::runtime_error("the gateway could not take a snapshot: its log says why");
    }
    seen = seen || OrThrow(disk.Exists(copy));
    if (std::chrono::steady_clock::now() - begun > (seen ? kSnapshotPatience : kBeginPatience)) {
      OrThrow(snapshots.StopWanting());
      throw std::runtime_error(folder +
                               " is held by a process that takes no snapshot: wait for it to end, "
                               "or look at its log");
    }
    std::this_thread::sleep_for(kLookUp);
  }
}

/// A stopped gateway's folder, held as long as this lives.
class StillFolder {
 public:
  /// Takes a snapshot; null when another process holds the folder.
  static std::unique_ptr<StillFolder> Open(Disk& disk, const StorageConfig& config) {
    auto still = std::make_unique<StillFolder>();
    storage::EmbeddedOptions options;
    options.folder = config.folder;
    options.encryption = config.encryption;
    options.readers = still->readers_.get_executor();
    auto opened = storage::EmbeddedStorage::Open(disk, still->clock_, still->timer_,
                                                 std::move(options), nullptr);
    if (!opened && opened.error().kind == ErrorKind::kConflict) return nullptr;
    still->storage_ = OrThrow(std::move(opened));
    OrThrow(still->storage_->TakeBackupSnapshot());
    return still;
  }

 private:
  SystemClock clock_;
  SystemTimer timer_;
  boost::asio::thread_pool readers_{1};
  std::unique_ptr<storage::EmbeddedStorage> storage_;
};

void Print(const char* done, const storage::BackupReport& report, const std::string& where) {
  fmt::print("{} {} files, {} bytes, in {}; the view stands at {}\n", done, report.files,
             report.bytes, where, report.snapshot.ToText());
}

int Backup(const BackupOptions& options) {
  const StorageConfig config =
      options.data.empty() ? LoadConfig(options.config, SystemSources(KeysOfPlatform)).storage
                           : StorageConfig{.folder = options.data};
  const std::string& folder = config.folder;
  SystemDisk disk;
  CheckIsDataFolder(disk, folder);
  const auto still = StillFolder::Open(disk, config);
  if (!still) AskForSnapshot(disk, folder);
  Print("backed up:", OrThrow(storage::TakeBackup(disk, folder, options.target)), options.target);
  return 0;
}

int Restore(const BackupOptions& options) {
  SystemDisk disk;
  Print("restored:", OrThrow(storage::RestoreBackup(disk, options.target, options.data)),
        options.data);
  fmt::print(
      "start the gateway on it, with the encryption key of the folder that was backed up: it is in "
      "no backup; readers of the feed begin anew (docs/operations.md)\n");
  return 0;
}

}  // namespace

void AddBackup(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "backup", "Copies a gateway's data, running or stopped: a new snapshot and the journal");
  auto options = std::make_shared<BackupOptions>();
  command->add_option("target", options->target, "The folder to make; new or empty")->required();
  auto* config = command->add_option("--config", options->config, "The configuration file")
                     ->capture_default_str();
  command->add_option("--data", options->data, "The data folder, without a configuration")
      ->excludes(config);
  command->callback([options, &exit_code] { exit_code = Backup(*options); });
}

void AddRestore(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "restore", "Puts a backup into a new data folder, once all of its digests hold");
  auto options = std::make_shared<BackupOptions>();
  command->add_option("backup", options->target, "The backup's folder")->required();
  command->add_option("--data", options->data, "The data folder to make; new or empty")->required();
  command->callback([options, &exit_code] { exit_code = Restore(*options); });
}

}  // namespace weir::app
