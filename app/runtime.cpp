// SPDX-License-Identifier: Apache-2.0
#include "app/runtime.hpp"

#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_future.hpp>
#include <exception>
#include <utility>

#include "gateway/problem.hpp"

namespace weir::app {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kReaderThreads = 2;
constexpr auto kCheckpointPause = std::chrono::milliseconds(100);
constexpr auto kMaintenanceEvery = std::chrono::minutes(30);

net::ServerOptions OptionsOf(const ServerConfig& config) {
  net::ServerOptions options;
  options.address = config.host;
  options.port = config.port;
  options.tls_certificate = config.tls_certificate;
  options.tls_key = config.tls_key;
  options.limits.message = {.header_bytes = config.max_header_bytes,
                            .body_bytes = config.max_body_bytes};
  options.limits.connections = config.max_connections;
  options.limits.idle = config.idle_timeout;
  options.limits.request = config.request_timeout;
  options.refuse = [](unsigned status, std::string_view why) {
    return gateway::ProblemOfStatus(status, why, "");
  };
  return options;
}

// An endpoint's answer is looked at by its status; more than this is none.
net::BeastTransportOptions ForCallbacks(net::AddressPolicy allow) {
  net::BeastTransportOptions options;
  options.message.body_bytes = 1U << 20;
  options.allow = std::move(allow);
  return options;
}

// What a coroutine throws past its own catches is a broken invariant: the process must not go on
// as if nothing were.
void Rethrow(std::exception_ptr thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace

Runtime::Runtime(Config config, std::function<void(const Error&)> on_fatal)
    : config_(std::move(config)),
      on_fatal_(std::move(on_fatal)),
      readers_(kReaderThreads),
      transport_({}, clock_, timer_),
      public_only_(ForCallbacks(net::IsPublicAddress), clock_, timer_),
      anywhere_(ForCallbacks({}), clock_, timer_) {
  core_ = std::make_unique<Core>(config_, Outside{.disk = disk_,
                                                  .clock = clock_,
                                                  .timer = timer_,
                                                  .random = random_,
                                                  .transport = transport_,
                                                  .readers = readers_.get_executor(),
                                                  .callbacks = callback_context_.get_executor(),
                                                  .public_only = &public_only_,
                                                  .anywhere = &anywhere_});
  std::vector<asio::io_context*> contexts;
  contexts.reserve(config_.server.threads);
  for (unsigned i = 0; i < config_.server.threads; ++i) {
    contexts.push_back(networks_.emplace_back(std::make_unique<asio::io_context>(1)).get());
  }
  server_ = std::make_unique<net::HttpServer>(
      OptionsOf(config_.server),
      net::ServerContext{
          .threads = std::move(contexts), .clock = clock_, .timer = timer_, .random = random_},
      [this](net::Request request) { return core_->router().Handle(std::move(request)); });
  server_->Start();
}

Runtime::~Runtime() {
  if (!threads_.empty() && !stopped_) Stop(std::chrono::milliseconds(0));
}

void Runtime::Start() {
  threads_.emplace_back([this] { RunWriter(); });
  threads_.emplace_back([this] { RunCheckpoints(); });
  asio::co_spawn(fold_context_, core_->FoldLoop(),
                 [this](std::exception_ptr thrown, Result<void> ended) {
                   Rethrow(thrown);
                   fold_done_ = true;
                   if (!ended) on_fatal_(ended.error());
                 });
  fold_thread_ = std::thread([this] { fold_context_.run(); });
  asio::co_spawn(*networks_.front(), core_->ErrandLoop(), Rethrow);
  asio::co_spawn(callback_context_, core_->CallbackLoop(), Rethrow);
  threads_.emplace_back([this] {
    const auto guard = asio::make_work_guard(callback_context_);
    callback_context_.run();
  });
  for (auto& context : networks_) {
    threads_.emplace_back([&io = *context] {
      const auto guard = asio::make_work_guard(io);
      io.run();
    });
  }
  spdlog::info("event=listening address={} port={}", config_.server.host, server_->port());
}

void Runtime::RunWriter() {
  storage::Journal& journal = core_->journal();
  while (!stopping_) {
    journal.WaitForWork();
    // Everyone whose answer waits for this group is held back with it.
    if (const auto hold = core_->backpressure().Hold(); hold.count() > 0) {
      std::this_thread::sleep_for(hold);
    }
    // A failed group has failed its waiters and was logged by them; the journal probes for itself.
    (void)journal.Step();
  }
}

void Runtime::RunCheckpoints() {
  auto next_maintenance = clock_.Monotonic() + kMaintenanceEvery;
  while (!stopping_) {
    if (auto done = core_->checkpointer().Step(); !done) {
      spdlog::error("event=checkpoint_failed error=\"{}\"", done.error().message);
    }
    if (auto wanted = core_->storage().TakeWantedSnapshot(); !wanted) {
      spdlog::error("event=snapshot_failed error=\"{}\"", wanted.error().message);
    } else if (*wanted) {
      spdlog::info("event=snapshot_taken position={}", (*wanted)->ToText());
    }
    if (clock_.Monotonic() >= next_maintenance) {
      Maintain();
      next_maintenance = clock_.Monotonic() + kMaintenanceEvery;
    }
    std::this_thread::sleep_for(kCheckpointPause);
  }
}

void Runtime::Maintain() {
  if (auto snapshot = core_->storage().TakeSnapshot()) {
    spdlog::info("event=snapshot_taken position={}", snapshot->ToText());
  } else {
    spdlog::error("event=snapshot_failed error=\"{}\"", snapshot.error().message);
  }
  if (auto removed = core_->storage().RemoveExpired()) {
    spdlog::info("event=expired_removed changes={} segments={}", removed->changes,
                 removed->segments);
  } else {
    spdlog::error("event=expiry_failed error=\"{}\"", removed.error().message);
  }
}

void Runtime::Reload(Config config) {
  if (const auto parts = NeedRestart(config_, config); !parts.empty()) {
    spdlog::warn("event=reload_partial reason=\"{} change by a restart only\"",
                 fmt::join(parts, ", "));
  }
  asio::co_spawn(*networks_.front(), ReloadInTurn(std::move(config)), Rethrow);
}

asio::awaitable<void> Runtime::ReloadInTurn(Config config) {
  if (std::exchange(reloading_, true)) {
    spdlog::error("event=reload_refused reason=\"the reload before is not done yet\"");
    co_return;
  }
  const auto changed = co_await core_->Reload(std::move(config));
  reloading_ = false;
  if (changed) {
    spdlog::info("event=reloaded settings_changed={}", *changed);
  } else {
    spdlog::error("event=reload_refused reason=\"{}\"", changed.error().message);
  }
}

void Runtime::StopServer(std::chrono::milliseconds grace) {
  asio::co_spawn(*networks_.front(), server_->Stop(grace), asio::use_future).get();
}

void Runtime::Stop(std::chrono::milliseconds grace) {
  if (stopped_) return;
  stopped_ = true;
  spdlog::info("event=draining");
  core_->BeginDrain();
  StopServer(grace);
  asio::co_spawn(callback_context_, core_->StopCallbacks(grace), asio::use_future).get();
  core_->Stop();
  fold_thread_.join();
  if (auto durable = core_->checkpointer().All(); !durable) {
    spdlog::error("event=checkpoint_failed error=\"{}\"", durable.error().message);
  }
  stopping_ = true;
  core_->journal().Wake();
  for (auto& context : networks_) context->stop();
  callback_context_.stop();
  for (std::thread& thread : threads_) thread.join();
  readers_.join();
  spdlog::info("event=stopped position={}", core_->storage().view_position().ToText());
}

}  // namespace weir::app
