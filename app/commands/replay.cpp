// SPDX-License-Identifier: Apache-2.0
#include "sync/replay.hpp"

#include <fmt/core.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "app/commands/commands.hpp"
#include "app/config/config.hpp"
#include "app/registry.hpp"
#include "base/clock.hpp"
#include "base/disk.hpp"
#include "base/timer.hpp"
#include "storage/embedded/embedded_storage.hpp"
#include "sync/rules.hpp"

namespace weir::app {
namespace {

namespace asio = boost::asio;

constexpr auto kBetweenCheckpoints = std::chrono::milliseconds(100);
constexpr std::uint64_t kUnusedSegmentBytes = 64U << 10;
constexpr std::size_t kReaderThreads = 2;

/// The folder the journal is folded into; gone when the replay is. Whoever makes one holds the
/// data folder's lock, so what stands there was left behind by a replay that was killed.
class ScratchFolder {
 public:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) {
    std::filesystem::remove_all(path_);
  }
  ~ScratchFolder() {
    // What cannot be removed is removed by the next replay.
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct ReplayOptions {
  std::string config = "weir.toml";
  std::string data;
};

StorageConfig StorageOf(const ReplayOptions& options) {
  if (!options.data.empty()) return {.folder = options.data};
  return LoadConfig(options.config, SystemSources(KeysOfPlatform)).storage;
}

class Replayer {
 public:
  explicit Replayer(StorageConfig config)
      : folder_(std::move(config.folder)), encryption_(std::move(config.encryption)) {}

  /// Throws std::runtime_error, with what to do, when the folder cannot be replayed.
  int Run() {
    if (const auto there = disk_.Exists(folder_ + "/journal"); !there || !*there) {
      throw std::runtime_error(folder_ + " holds no journal: expected a gateway's data folder");
    }
    const auto live = Open(folder_, {}, storage::Flushing::kEveryBatch);
    const ScratchFolder folder(folder_ + "/replay.unfinished");
    const auto scratch = Open(folder.path(), {.folder = {}, .segment_bytes = kUnusedSegmentBytes},
                              storage::Flushing::kNever);
    const auto began = clock_.Monotonic();
    const sync::ReplayReport report = Replay(*live, *scratch);
    Print(report, *live, clock_.Monotonic() - began);
    readers_.join();
    return report.identical() ? 0 : 1;
  }

 private:
  std::unique_ptr<storage::EmbeddedStorage> Open(const std::string& folder,
                                                 storage::JournalOptions journal,
                                                 storage::Flushing flushing) {
    storage::EmbeddedOptions options;
    options.folder = folder;
    options.journal = std::move(journal);
    options.flushing = flushing;
    options.encryption = encryption_;
    options.readers = readers_.get_executor();
    auto opened =
        storage::EmbeddedStorage::Open(disk_, clock_, timer_, std::move(options), nullptr);
    if (opened) return std::move(*opened);
    if (opened.error().kind == ErrorKind::kConflict) {
      throw std::runtime_error(folder +
                               " is in use: stop its gateway, or replay a copy of the folder");
    }
    throw std::runtime_error(opened.error().message);
  }

  sync::ReplayReport Replay(storage::EmbeddedStorage& live, storage::EmbeddedStorage& scratch) {
    std::exception_ptr thrown;
    std::optional<Result<sync::ReplayReport>> report;
    const auto work = asio::make_work_guard(context_);
    const auto make_rules = [](storage::Storage& storage) {
      return std::make_unique<sync::CanonicalRules>(storage);
    };
    asio::co_spawn(
        context_,
        sync::Replay(live, scratch, make_rules, PlatformMappers(), clock_, readers_.get_executor()),
        [&](std::exception_ptr error, Result<sync::ReplayReport> done) {
          thrown = std::move(error);
          report = std::move(done);
          context_.stop();
        });
    while (!report) {
      context_.run_for(kBetweenCheckpoints);
      if (auto done = scratch.checkpointer().Step(); !done) {
        throw std::runtime_error(done.error().message);
      }
    }
    if (thrown) std::rethrow_exception(thrown);
    if (!*report) throw std::runtime_error(report->error().message);
    return std::move(**report);
  }

  static void Print(const sync::ReplayReport& report, const storage::EmbeddedStorage& live,
                    std::chrono::nanoseconds took) {
    const double seconds = std::chrono::duration<double>(took).count();
    fmt::print("entries      {} (to {})\n", report.entries, live.view_position().ToText());
    fmt::print("changes      {}, {} of them no longer kept in the feed\n", report.changes,
               report.expired);
    fmt::print("records      {}\n", report.records);
    fmt::print("epoch        fold version {}, since entry 0-{}\n", live.fold_version(),
               report.epoch_begin);
    fmt::print("rate         {:.0f} payloads/s ({:.2f} s)\n",
               static_cast<double>(report.entries) / std::max(seconds, 1e-9), seconds);
    fmt::print("differences  {}, and {} of earlier epochs\n", report.differing,
               report.differing_earlier);
    for (const std::string& example : report.examples) fmt::print("  {}\n", example);
    fmt::print("{}\n", report.identical() ? "identical: the journal gives this view and this feed"
                                          : "DIFFERENT: see the differences above");
  }

  const std::string folder_;
  const storage::EncryptionKeys encryption_;
  SystemDisk disk_;
  SystemClock clock_;
  SystemTimer timer_;
  // The readers come last: they touch the context until they are joined.
  asio::io_context context_{1};
  asio::thread_pool readers_{kReaderThreads};
};

}  // namespace

void AddReplay(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "replay", "Folds a stopped gateway's journal anew and compares; 0 when identical, else 1");
  auto options = std::make_shared<ReplayOptions>();
  auto* config = command->add_option("--config", options->config, "The configuration file")
                     ->capture_default_str();
  command->add_option("--data", options->data, "The data folder, without a configuration")
      ->excludes(config);
  command->callback([options, &exit_code] { exit_code = Replayer(StorageOf(*options)).Run(); });
}

}  // namespace weir::app
