// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/commands.hpp"
#include "app/config/config.hpp"
#include "app/registry.hpp"
#include "base/clock.hpp"
#include "base/disk.hpp"
#include "base/timer.hpp"
#include "base/whole_file.hpp"
#include "storage/embedded/embedded_storage.hpp"
#include "storage/embedded/refusal_log.hpp"
#include "storage/journal_retention.hpp"
#include "sync/erasure_plan.hpp"
#include "sync/erasure_search.hpp"

namespace weir::app {
namespace {

namespace asio = boost::asio;

constexpr auto kBetweenSteps = std::chrono::milliseconds(10);
constexpr std::size_t kReaderThreads = 2;
constexpr std::uint64_t kMaxNoteBytes = 256U << 20;

struct EraseOptions {
  std::string config = "weir.toml";
  std::string data;
  std::string merchant;
  std::vector<std::string> orders;
  std::vector<std::string> reviews;
  std::string phone;
  bool yes = false;
};

template <typename T>
T OrThrow(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

StorageConfig StorageOf(const EraseOptions& options) {
  if (!options.data.empty()) return {.folder = options.data};
  return LoadConfig(options.config, SystemSources(KeysOfPlatform)).storage;
}

/// "-" is read from standard input: what stands on a command line is seen by others.
std::string PhoneOf(const EraseOptions& options) {
  if (options.phone.empty()) return {};
  std::string text = options.phone;
  if (text == "-") std::getline(std::cin, text);
  auto phone = sync::PlainPhone(text);
  if (phone.empty()) {
    throw std::runtime_error("--phone: expected a whole number, e.g. 13800000000");
  }
  return phone;
}

/// Forgets customers in a stopped gateway's folder, which it holds as long as it lives.
class Eraser {
 public:
  explicit Eraser(const StorageConfig& config)
      : folder_(config.folder),
        storage_(Open(config)),
        note_(folder_ + "/" + storage::kErasureNote) {}
  ~Eraser() {
    storage_.reset();
    readers_.join();
  }
  Eraser(const Eraser&) = delete;
  Eraser& operator=(const Eraser&) = delete;

  /// What was begun and cut off is finished first.
  void Run(const EraseOptions& options) {
    if (auto left = ReadNote()) {
      fmt::print("an erasure was cut off; it comes first\n");
      sync::ErasureSearch search(*storage_, PlatformMappers(), *std::move(left));
      Erase(search, options.yes);
    }
    const auto phone = PhoneOf(options);
    if (options.orders.empty() && options.reviews.empty() && phone.empty()) return;
    sync::ErasureSearch search(*storage_, PlatformMappers(), {.merchant = options.merchant});
    for (const std::string& order : options.orders) search.AddOrder(order);
    for (const std::string& review : options.reviews) search.AddReview(review);
    if (!phone.empty()) search.AddPhone(phone);
    Erase(search, options.yes);
  }

 private:
  std::unique_ptr<storage::EmbeddedStorage> Open(const StorageConfig& config) {
    if (!OrThrow(disk_.Exists(folder_ + "/journal"))) {
      throw std::runtime_error(folder_ + " holds no journal: expected a gateway's data folder");
    }
    storage::EmbeddedOptions options;
    options.folder = folder_;
    options.encryption = config.encryption;
    options.readers = readers_.get_executor();
    auto opened =
        storage::EmbeddedStorage::Open(disk_, clock_, timer_, std::move(options), nullptr);
    if (!opened && opened.error().kind == ErrorKind::kConflict) {
      throw std::runtime_error(folder_ + " is in use: stop its gateway first");
    }
    return OrThrow(std::move(opened));
  }

  /// Runs a task and the journal's writer until it is done.
  template <typename T>
  T Await(asio::awaitable<T> task) {
    std::optional<T> done;
    std::exception_ptr thrown;
    context_.restart();
    const auto work = asio::make_work_guard(context_);
    asio::co_spawn(context_, std::move(task), [&](std::exception_ptr error, T value) {
      thrown = std::move(error);
      done = std::move(value);
    });
    while (!done) {
      context_.run_one_for(kBetweenSteps);
      OrThrow(storage_->journal().Step());
    }
    if (thrown) std::rethrow_exception(thrown);
    return std::move(*done);
  }

  void Erase(sync::ErasureSearch& search, bool yes) {
    OrThrow(Await(search.Run()));
    SearchKept(search);
    SearchRefusals(search);
    const auto& target = search.target();
    const auto plan = OrThrow(Await(sync::PlanErasure(*storage_, PlatformMappers(), target)));
    Print(target, plan, search.mentions());
    if (target.orders.empty() && target.reviews.empty() && target.entries.empty() &&
        target.refusals.empty()) {
      return;
    }
    if (!yes) {
      fmt::print("nothing was written: run it again with --yes\n");
      return;
    }
    OrThrow(ReplaceWhole(disk_, note_, sync::EncodeTarget(target)));
    // What a replay that was killed left behind.
    std::filesystem::remove_all(folder_ + "/replay.unfinished");
    OrThrow(storage_->Erase(plan));
    std::vector<storage::NewEntry> entries;
    entries.push_back(sync::ErasureEntry(target, clock_.Now()));
    const auto position = OrThrow(Await(storage_->Append(std::move(entries))));
    OrThrow(disk_.Remove(note_));
    OrThrow(disk_.SyncFolder(folder_));
    fmt::print("erased; noted in the journal as entry {}\n", position.ToText());
  }

  void SearchKept(sync::ErasureSearch& search) {
    const auto journal = folder_ + "/journal";
    for (const auto position : OrThrow(storage::ListKeptEntries(disk_, journal))) {
      search.Consider(OrThrow(storage::ReadKeptEntry(disk_, journal, position, &storage_->keys())));
    }
  }

  void SearchRefusals(sync::ErasureSearch& search) {
    const auto path = storage::RefusalFilePath(folder_);
    if (!OrThrow(disk_.Exists(path))) return;
    const auto refusals = OrThrow(storage::RefusalLog::Open(storage_->vfs(), path, storage_->keys(),
                                                            clock_, readers_.get_executor()));
    OrThrow(Await(search.SearchRefusals(*refusals)));
  }

  std::optional<sync::ErasureTarget> ReadNote() {
    const auto text = ReadWhole(disk_, note_, kMaxNoteBytes);
    if (!text && text.error().kind == ErrorKind::kNotFound) return std::nullopt;
    return OrThrow(sync::DecodeTarget(OrThrow(text)));
  }

  static void Print(const sync::ErasureTarget& target, const storage::Erasure& plan,
                    const std::map<std::string, storage::Position>& mentions) {
    for (const std::string& order : target.orders) fmt::print("order      {}\n", order);
    for (const std::string& review : target.reviews) fmt::print("review     {}\n", review);
    fmt::print("entries    {} of the journal\n", target.entries.size());
    fmt::print("changes    {} of the feed\n", plan.changes.size());
    fmt::print("refusals   {} refused pushes\n", target.refusals.size());
    for (const auto& [order, position] : mentions) {
      fmt::print(
          "also in    {} (entry {}): another customer's names the number and stays; "
          "--order or --review erases it too\n",
          order, position.ToText());
    }
  }

  const std::string folder_;
  SystemDisk disk_;
  SystemClock clock_;
  SystemTimer timer_;
  asio::io_context context_{1};
  asio::thread_pool readers_{kReaderThreads};
  std::unique_ptr<storage::EmbeddedStorage> storage_;
  const std::string note_;
};

}  // namespace

void AddErase(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "erase",
      "Forgets a customer in a stopped gateway's folder; without --yes it shows what would go");
  auto options = std::make_shared<EraseOptions>();
  command->add_option("--merchant", options->merchant, "Whose customer it is")->required();
  command->add_option("--order", options->orders, "An order's id; may be given again");
  command->add_option("--review", options->reviews,
                      "A review's id, where it names no order; may be given again");
  command->add_option("--phone", options->phone,
                      "Every order whose customer has this number; - reads it from the input");
  command->add_flag("--yes", options->yes, "Do it; it cannot be taken back");
  auto* config = command->add_option("--config", options->config, "The configuration file")
                     ->capture_default_str();
  command->add_option("--data", options->data, "The data folder, without a configuration")
      ->excludes(config);
  command->callback([options, &exit_code] {
    Eraser(StorageOf(*options)).Run(*options);
    exit_code = 0;
  });
}

}  // namespace weir::app
