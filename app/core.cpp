// SPDX-License-Identifier: Apache-2.0
#include "app/core.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <stdexcept>
#include <utility>

#include "app/callbacks.hpp"
#include "app/connection_standing.hpp"
#include "app/declared.hpp"
#include "app/registry.hpp"

namespace weir::app {
namespace {

constexpr std::size_t kQueuedBytes = 64U << 20;
constexpr std::uint64_t kLeastFreeBytes = 1ULL << 30;
constexpr auto kErrandPause = std::chrono::milliseconds(250);
/// Of those who look whether there is more than one can do.
constexpr auto kHelperPause = std::chrono::milliseconds(5000);
constexpr auto kGlance = std::chrono::milliseconds(20);
constexpr auto kRetryPause = std::chrono::seconds(1);
constexpr auto kFoldPoll = std::chrono::milliseconds(2);
constexpr std::uint64_t kBehindMs = 60'000;

std::unique_ptr<storage::EmbeddedStorage> OpenStorage(const Config& config, const Outside& outside,
                                                      const CoreOptions& options,
                                                      storage::EntrySink* sink) {
  storage::EmbeddedOptions embedded;
  embedded.folder = config.storage.folder;
  embedded.journal = options.journal;
  embedded.checkpoint = options.checkpoint;
  embedded.retention = {.feed = config.storage.feed_kept, .journal = config.storage.journal_kept};
  embedded.encryption = config.storage.encryption;
  embedded.random = &outside.random;
  embedded.readers = outside.readers;
  auto opened = storage::EmbeddedStorage::Open(outside.disk, outside.clock, outside.timer,
                                               std::move(embedded), sink);
  if (!opened) throw std::runtime_error(opened.error().message);
  const storage::KeyRing& keys = (*opened)->keys();
  if (keys.beside_data()) {
    spdlog::warn(
        "event=encryption_key_beside_data path={}/{} reason=\"whoever copies the folder can read "
        "it: set [storage] encryption_key, as docs/operations.md says\"",
        config.storage.folder, storage::KeyRing::kMadeKey);
  }
  const auto left = outside.disk.Exists(config.storage.folder + "/" + storage::kErasureNote);
  if (left && *left) {
    spdlog::warn(
        "event=erasure_unfinished reason=\"weir erase was cut off, and some files may still tell "
        "of "
        "a customer: stop the gateway and run it again\"");
  }
  if (keys.rewrapped()) spdlog::info("event=data_keys_rewrapped count={}", keys.size());
  return std::move(*opened);
}

std::unique_ptr<storage::RefusalLog> OpenRefusals(storage::EmbeddedStorage& storage,
                                                  const Config& config, const Outside& outside) {
  auto opened =
      storage::RefusalLog::Open(storage.vfs(), storage::RefusalFilePath(config.storage.folder),
                                storage.keys(), outside.clock, outside.readers);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

std::unique_ptr<storage::CallbackFile> OpenCallbacks(storage::EmbeddedStorage& storage,
                                                     const Config& config, const Outside& outside) {
  auto opened =
      storage::CallbackFile::Open(storage.vfs(), storage::CallbackFilePath(config.storage.folder),
                                  storage.keys(), outside.readers);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

webhooks::DispatcherParts DispatcherPartsOf(storage::Storage& storage, storage::CallbackLog& log,
                                            const Outside& outside) {
  return {.storage = storage,
          .log = log,
          .public_only = outside.public_only != nullptr ? *outside.public_only : outside.transport,
          .anywhere = outside.anywhere != nullptr ? *outside.anywhere : outside.transport,
          .clock = outside.clock,
          .timer = outside.timer,
          .random = outside.random,
          .executor = outside.callbacks ? outside.callbacks : outside.readers};
}

}  // namespace

Core::Core(const Config& config, Outside outside, CoreOptions options)
    : outside_(outside),
      folder_(config.storage.folder),
      declared_(Declared(config)),
      queue_(outside.clock, kQueuedBytes),
      storage_(OpenStorage(config, outside, options, &queue_)),
      refusals_(OpenRefusals(*storage_, config, outside)),
      callback_log_(OpenCallbacks(*storage_, config, outside)),
      backpressure_(outside.clock),
      rules_(*storage_, options.fold_version, options.cached_orders),
      folder_loop_(
          *storage_, queue_, rules_,
          options.journal_mappers == nullptr ? PlatformMappers() : *options.journal_mappers,
          outside.clock),
      ingest_(*storage_, outside.clock, backpressure_),
      hooks_(ingest_, *refusals_, outside.clock),
      lease_table_(outside.clock),
      leases_(lease_table_, "gateway"),
      healths_(outside.clock),
      tokens_(*storage_, leases_, outside.clock, outside.random),
      connections_(outside.transport, outside.clock, tokens_, healths_, config.server.public_url,
                   hooks_),
      rereads_(
          *storage_, ingest_,
          [this](const std::string& merchant, const std::string& connection) {
            return connections_.FindReader(merchant, connection);
          },
          outside.clock, outside.random),
      republisher_(*storage_),
      pulls_({.storage = *storage_,
              .ingest = ingest_,
              .readers =
                  [this](const std::string& merchant, const std::string& connection) {
                    return connections_.FindReader(merchant, connection);
                  },
              .mappers = PlatformMappers(),
              .backpressure = backpressure_,
              .clock = outside.clock,
              .timer = outside.timer}),
      commands_({.storage = *storage_,
                 .ingest = ingest_,
                 .readers =
                     [this](const std::string& merchant, const std::string& connection) {
                       return connections_.FindReader(merchant, connection);
                     },
                 .clock = outside.clock,
                 .timer = outside.timer,
                 .random = outside.random}),
      ticker_(*storage_, outside.clock),
      dispatcher_(DispatcherPartsOf(*storage_, *callback_log_, outside), CallbackOptionsOf(config),
                  FileSecretsOf(config)) {
  connections_.UseFile(connections_.Make(config));
  keys_.Set(KeysOf(config));
  MountRoutes();
}

Core::~Core() = default;

boost::asio::awaitable<Result<void>> Core::UseSettings() {
  const storage::Position at = storage_->view_position();
  auto settings = co_await storage_->ReadAll(storage::RecordKind::kSetting);
  if (!settings) co_return std::unexpected(settings.error());
  connections_.UseView(at, std::move(*settings));
  co_return co_await dispatcher_.TakeSettings();
}

boost::asio::awaitable<void> Core::TryToUseSettings() {
  if (auto used = co_await UseSettings(); !used) {
    spdlog::error("event=settings_not_used error=\"{}\"", used.error().message);
    used_setting_ = 0;
  }
}

boost::asio::awaitable<Result<std::size_t>> Core::Reload(Config config) {
  if (!ready_ || stopping_) co_return Fail(ErrorKind::kConflict, "the gateway is not ready yet");
  Connections connections;
  webhooks::FileSecrets secrets;
  try {
    connections = connections_.Make(config);
    secrets = FileSecretsOf(config);
  } catch (const ConfigError& error) {
    co_return Fail(ErrorKind::kRejected, error.what());
  }
  const auto appended = co_await sync::AppendSettings(*storage_, Declared(config));
  if (!appended) co_return std::unexpected(appended.error());
  // The settings stand in the journal before anything that comes in under them.
  connections_.UseFile(std::move(connections));
  keys_.Set(KeysOf(config));
  while (storage_->view_position() < appended->last && !stopping_) {
    co_await outside_.timer.Wait(kFoldPoll);
  }
  auto taken = co_await dispatcher_.TakeFile(CallbackOptionsOf(config), std::move(secrets));
  if (!taken) co_return std::unexpected(taken.error());
  co_return appended->count;
}

void Core::MountRoutes() {
  hooks_.Mount(router_);
  gateway::MountApi(
      router_, {.storage = *storage_,
                .refusals = *refusals_,
                .keys = keys_,
                .timer = outside_.timer,
                .clock = outside_.clock,
                .readiness = [this] { return readiness(); },
                .redrive_refusal =
                    [this](storage::Refusal refusal, std::string request) {
                      return RedriveRefusal(std::move(refusal), std::move(request));
                    },
                .callbacks = CallbackPartsOf(dispatcher_, *callback_log_, *storage_),
                .random = outside_.random,
                .use_settings = [this] { return TryToUseSettings(); },
                .check_connection =
                    [this](const std::string& merchant, const sync::ConnectionSetting& setting) {
                      return connections_.Check(merchant, setting);
                    },
                .standing = StandingOf(connections_, hooks_, outside_.clock),
                .readers =
                    [this](const std::string& merchant, const std::string& connection) {
                      return connections_.FindReader(merchant, connection);
                    },
                .metrics = {Metrics(), ConnectionMetrics(connections_, hooks_, outside_.clock),
                            CallbackMetrics(dispatcher_, *storage_)}});
}

boost::asio::awaitable<Result<std::string>> Core::RedriveRefusal(storage::Refusal refusal,
                                                                 std::string request) {
  auto outcome = co_await hooks_.Redrive(std::move(refusal), std::move(request));
  if (!outcome) co_return std::unexpected(outcome.error());
  co_return *outcome == sync::Ingest::Outcome::kStored ? "stored" : "duplicate";
}

gateway::Readiness Core::readiness() const {
  gateway::Readiness readiness;
  readiness.lag_entries = backpressure_.lag_entries();
  readiness.lag_ms = static_cast<std::uint64_t>(backpressure_.lag().count());
  if (!ready_) {
    readiness.status = "starting";
  } else if (draining_) {
    readiness.status = "draining";
  } else if (backpressure_.disk_full()) {
    readiness.status = "disk_full";
  } else if (backpressure_.disk_failing()) {
    readiness.status = "disk_failing";
  } else if (readiness.lag_ms >= kBehindMs) {
    readiness.status = "behind";
  } else {
    readiness.status = "ready";
    readiness.ready = true;
  }
  return readiness;
}

boost::asio::awaitable<Result<void>> Core::StartFold() {
  // Before the first change of this start is published: a subscription goes on from here.
  if (auto used = co_await UseSettings(); !used) co_return used;
  if (auto may = co_await sync::CheckEpoch(*storage_, rules_); !may) co_return may;
  if (auto held = co_await folder_loop_.Start(); !held) co_return held;
  if (auto folded = co_await sync::CatchUp(*storage_, folder_loop_); !folded) co_return folded;
  if (auto entered = co_await sync::EnterEpoch(*storage_, folder_loop_, rules_); !entered) {
    co_return entered;
  }
  auto settings = co_await sync::DeclareSettings(*storage_, folder_loop_, declared_);
  if (!settings) co_return std::unexpected(settings.error());
  if (auto used = co_await UseSettings(); !used) co_return used;
  spdlog::info("event=ready position={} fold_version={} settings_changed={}",
               storage_->view_position().ToText(), rules_.version(), *settings);
  co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> Core::FoldLoop() {
  while (!stopping_) {
    auto started = co_await StartFold();
    if (started) break;
    if (started.error().kind == ErrorKind::kConflict) co_return started;
    spdlog::error("event=start_failed error=\"{}\"", started.error().message);
    co_await outside_.timer.Wait(kRetryPause);
  }
  ready_ = !stopping_;
  while (true) {
    auto folded = co_await folder_loop_.Step();
    const auto lag = folder_loop_.lag();
    backpressure_.NoteLag(lag.entries, lag.age);
    if (!folded) {
      if (folded.error().kind == ErrorKind::kConflict) co_return std::unexpected(folded.error());
      spdlog::error("event=fold_failed error=\"{}\"", folded.error().message);
      if (stopping_) co_return std::unexpected(folded.error());
      co_await outside_.timer.Wait(kRetryPause);
    } else if (*folded == 0) {
      if (stopping_) co_return Result<void>{};
      co_await queue_.WaitFor(folder_loop_.next());
    }
  }
}

void Core::WatchDisk() {
  if (auto free = outside_.disk.FreeBytes(folder_)) {
    backpressure_.NoteDiskFull(*free < kLeastFreeBytes);
  }
  const bool failing = journal().is_failing();
  if (failing != backpressure_.disk_failing()) {
    spdlog::error("event=journal_{}", failing ? "fails" : "writes_again");
  }
  backpressure_.NoteDiskFailing(failing);
  // Nothing is taken while it fails, so nothing else would notice that it writes again.
  if (failing) journal().Wake();
}

boost::asio::awaitable<void> Core::Errands() {
  const auto complain = [](const char* errand, const Error& error) {
    spdlog::error("event=errand_failed errand={} error=\"{}\"", errand, error.message);
  };
  WatchDisk();
  // What an answer that was too late, or an endpoint, declared.
  const std::uint64_t last = rules_.last_setting().offset;
  if (last > used_setting_ && storage_->view_position().offset >= last) {
    used_setting_ = last;
    co_await TryToUseSettings();
  }
  if (auto done = co_await ticker_.Step(); !done) complain("tick", done.error());
  if (auto done = co_await republisher_.Step(); !done) complain("republish", done.error());
  if (auto done = co_await rereads_.Step(); !done) complain("reread", done.error());
}

boost::asio::awaitable<void> Core::SmallErrandLoop() {
  while (!stopping_) {
    if (ready_ && !draining_) co_await Errands();
    co_await outside_.timer.Wait(kErrandPause);
  }
}

boost::asio::awaitable<void> Core::PullLoop() {
  while (!stopping_) {
    if (ready_ && !draining_) {
      if (auto done = co_await pulls_.Step(); !done) {
        spdlog::error("event=errand_failed errand=pull error=\"{}\"", done.error().message);
      }
    }
    co_await outside_.timer.Wait(kErrandPause);
  }
}

boost::asio::awaitable<void> Core::CommandLoop(std::chrono::milliseconds pause) {
  while (!stopping_) {
    bool did = false;
    if (ready_ && !draining_) {
      const auto done = co_await commands_.Step();
      if (!done) {
        spdlog::error("event=errand_failed errand=command error=\"{}\"", done.error().message);
      }
      did = done.value_or(false);
    }
    if (!did) co_await outside_.timer.Wait(pause);
  }
}

boost::asio::awaitable<void> Core::ErrandLoop() {
  using boost::asio::experimental::awaitable_operators::operator&&;
  // A pull may take minutes; nothing else waits for it.
  // Nor does one command wait for another: where there are many, several are under way.
  co_await (SmallErrandLoop() && PullLoop() && CommandLoop(kErrandPause) &&
            CommandLoop(kHelperPause) && CommandLoop(kHelperPause));
}

boost::asio::awaitable<void> Core::CallbackLoop() {
  while (!ready_ && !draining_) co_await outside_.timer.Wait(kGlance);
  if (!draining_) co_await dispatcher_.Run();
}

boost::asio::awaitable<void> Core::StopCallbacks(std::chrono::milliseconds grace) {
  return dispatcher_.Stop(grace);
}

void Core::Stop() {
  stopping_ = true;
  pulls_.Stop();
  commands_.Stop();
  queue_.Wake();
}

gateway::MetricSource Core::Metrics() const {
  return [this](gateway::MetricFamilies& families) {
    const auto count = [&](const char* name, const char* help, std::uint64_t value) {
      gateway::AddCounter(families, name, help, {}, static_cast<double>(value));
    };
    const sync::Ingest::Counters& ingest = ingest_.counters();
    count("weir_pushes_stored_total", "Pushes made durable", ingest.stored);
    count("weir_pushes_duplicate_total", "Copies of pushes met within the window",
          ingest.duplicates);
    count("weir_pushes_held_back_total", "Pushes asked to come again: lag or disk",
          ingest.held_back);
    count("weir_pushes_failed_total", "Pushes whose flush failed", ingest.failed);
    gateway::AddGauge(families, "weir_lag_entries", "Durable entries not folded yet", {},
                      static_cast<double>(backpressure_.lag_entries()));
    gateway::AddGauge(families, "weir_lag_seconds", "How long the oldest of them has waited", {},
                      static_cast<double>(backpressure_.lag().count()) / 1000.0);
    gateway::AddGauge(families, "weir_journal_end", "Offset of the last durable entry", {},
                      static_cast<double>(storage_->journal_end().offset));
    gateway::AddGauge(families, "weir_view_position", "Offset of the last folded entry", {},
                      static_cast<double>(storage_->view_position().offset));
  };
}

}  // namespace weir::app
