// SPDX-License-Identifier: Apache-2.0
// Callbacks to endpoints on this machine: the feed read from disk, signed, sent over kept
// connections, recorded.
//   weir_callbacks [changes] [masked]        callbacks a second to one endpoint, in one line
//   weir_callbacks endpoints [count]         how long they take to each of many endpoints, all
//                                            healthy, then with one that never answers
#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <vector>

#include "base/disk.hpp"
#include "net/beast_transport.hpp"
#include "net/server.hpp"
#include "storage/embedded/callback_file.hpp"
#include "storage/embedded/embedded_storage.hpp"
#include "sync/subscriptions.hpp"
#include "webhooks/callbacks/dispatcher.hpp"

namespace {

namespace asio = boost::asio;
using namespace weir;
using std::chrono::nanoseconds;

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr std::uint64_t kPerBatch = 256;
constexpr std::uint64_t kOrders = 500;
constexpr std::string_view kDead = "/dead";
constexpr auto kBetweenChanges = std::chrono::milliseconds(500);
constexpr std::uint64_t kSpacedChanges = 50;
constexpr int kLookUps = 300;

/// The order of the tests, without the blanks between its members.
std::string SampleOrder() {
  std::ifstream file(WEIR_BENCH_ORDER, std::ios::binary);
  std::string compact;
  bool in_text = false;
  for (std::istreambuf_iterator<char> at(file), end; at != end; ++at) {
    if (*at == '"') in_text = !in_text;
    if (in_text || (*at != ' ' && *at != '\n')) compact.push_back(*at);
  }
  if (compact.empty()) throw std::runtime_error("the sample order cannot be read");
  return compact;
}

/// A fresh folder, gone with the object.
class Folder {
 public:
  Folder() : path_((std::filesystem::temp_directory_path() / "weir-callbacks-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make " + path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Endpoints on one port, in a thread of their own; those whose path is kDead never answer.
class Endpoints {
 public:
  Endpoints()
      : server_({}, {{&context_}, clock_, timer_, random_},
                [this](net::Request request) { return Take(std::move(request)); }) {
    server_.Start();
    thread_ = std::thread([this] { context_.run(); });
  }
  ~Endpoints() {
    context_.stop();
    thread_.join();
  }
  Endpoints(const Endpoints&) = delete;
  Endpoints& operator=(const Endpoints&) = delete;

  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  /// When each callback came.
  [[nodiscard]] std::vector<nanoseconds> Came() {
    const std::lock_guard lock(mutex_);
    return came_;
  }

 private:
  asio::awaitable<net::Response> Take(net::Request request) {
    if (request.target == kDead) co_await timer_.Wait(std::chrono::hours(1));
    {
      const std::lock_guard lock(mutex_);
      came_.push_back(clock_.Monotonic());
    }
    net::Response response;
    response.status = 204;
    co_return response;
  }

  SystemClock clock_;
  SystemTimer timer_;
  SystemRandom random_;
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard_{context_.get_executor()};
  std::mutex mutex_;
  std::vector<nanoseconds> came_;
  net::HttpServer server_;
  std::thread thread_;
};

/// A feed on disk with subscriptions to it.
class Scene {
 public:
  Scene() : fence_(Run(storage_->AcquireLease(0)).value()) {}
  ~Scene() {
    asio::co_spawn(context_, dispatcher_.Stop(std::chrono::seconds(1)), asio::detached);
    context_.restart();
    context_.run_for(std::chrono::milliseconds(200));
    readers_.join();
  }
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  /// As the fold leaves a subscription.
  void Subscribe(const std::string& id, const std::string& url, bool masked) {
    const sync::SubscriptionSetting setting{.id = id,
                                            .url = url,
                                            .types = {"*"},
                                            .stores = {},
                                            .platforms = {},
                                            .personal = !masked,
                                            .allow_private = true,
                                            .rate_per_second = {},
                                            .made_by_api = true,
                                            .secrets = {{.secret = Secret(kSecret), .until = {}}}};
    storage::RecordRow row;
    row.kind = storage::RecordKind::kSetting;
    row.merchant = "demo";
    row.id = SettingId(setting);
    row.version = 1;
    row.state = EncodeSetting(setting);
    storage::Batch batch;
    batch.puts.push_back(std::move(row));
    Apply(std::move(batch));
  }

  /// The next `count` changes, in one batch.
  void Publish(std::uint64_t count) {
    storage::Batch batch;
    const auto at = storage_->view_position();
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t seq = ++published_;
      batch.changes.push_back({.merchant = "demo",
                               .seq = seq,
                               .cause = {.offset = at.offset + 1},
                               .ordinal = static_cast<std::uint32_t>(i),
                               .type = "order.updated",
                               .subject = fmt::format("meituan-{}", seq % kOrders),
                               .version = seq,
                               .at = Instant(std::chrono::seconds(1'764'000'000)),
                               .data = order_});
    }
    Apply(std::move(batch));
  }

  void TakeSettings() {
    if (!Run(dispatcher_.TakeSettings())) throw std::runtime_error("the settings cannot be read");
  }
  void Begin() { asio::co_spawn(context_, dispatcher_.Run(), asio::detached); }
  void RunFor(std::chrono::milliseconds time) {
    context_.restart();
    context_.run_for(time);
  }
  /// Of the first subscription.
  [[nodiscard]] std::uint64_t cursor() const {
    return dispatcher_.subscribers()->front()->figures().cursor;
  }
  [[nodiscard]] std::uint64_t published() const { return published_; }
  [[nodiscard]] const std::string& order() const { return order_; }

 private:
  template <typename T>
  T Run(asio::awaitable<T> work) {
    auto result = asio::co_spawn(context_, std::move(work), asio::use_future);
    context_.restart();
    while (result.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
      context_.run_one();
    }
    return result.get();
  }

  void Apply(storage::Batch batch) {
    const auto at = storage_->view_position();
    batch.through = {.offset = at.offset + 1};
    if (auto applied = Run(storage_->Apply(fence_, at, std::move(batch))); !applied) {
      throw std::runtime_error(applied.error().message);
    }
  }

  storage::EmbeddedOptions Options() {
    storage::EmbeddedOptions options;
    options.folder = folder_.path();
    options.readers = readers_.get_executor();
    return options;
  }

  const std::string order_ = SampleOrder();
  const Folder folder_;
  SystemDisk disk_;
  SystemClock clock_;
  SystemTimer timer_;
  SystemRandom random_;
  asio::io_context context_{1};
  asio::thread_pool readers_{2};
  std::unique_ptr<storage::EmbeddedStorage> storage_ =
      storage::EmbeddedStorage::Open(disk_, clock_, timer_, Options(), nullptr).value();
  std::unique_ptr<storage::CallbackFile> log_ =
      storage::CallbackFile::Open(storage_->vfs(), folder_.path() + "/callbacks.db",
                                  storage_->keys(), readers_.get_executor())
          .value();
  net::BeastTransport transport_{{}, clock_, timer_};
  webhooks::Dispatcher dispatcher_{
      {*storage_, *log_, transport_, transport_, clock_, timer_, random_, context_.get_executor()},
      {},
      {}};
  storage::Fence fence_;
  std::uint64_t published_ = 0;
};

void MeasureRate(std::uint64_t changes, bool masked) {
  Endpoints endpoints;
  Scene scene;
  scene.Subscribe("erp", fmt::format("http://127.0.0.1:{}/weir", endpoints.port()), masked);
  scene.TakeSettings();
  while (scene.published() < changes) {
    scene.Publish(std::min(kPerBatch, changes - scene.published()));
  }
  const SystemClock clock;
  const auto began = clock.Monotonic();
  scene.Begin();
  while (scene.cursor() < changes) scene.RunFor(std::chrono::milliseconds(10));
  const std::chrono::duration<double> took = clock.Monotonic() - began;
  fmt::print("{} callbacks{} of {} bytes in {:.2f} s: {:.0f} a second\n", changes,
             masked ? ", masked," : "", scene.order().size(), took.count(),
             static_cast<double>(changes) / took.count());
}

/// How long 99 of 100 callbacks took to the endpoints that answer, in milliseconds.
double TailOf(std::uint64_t count, bool one_dead) {
  Endpoints endpoints;
  Scene scene;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string path = one_dead && i == 0 ? std::string(kDead) : fmt::format("/e{}", i);
    scene.Subscribe(fmt::format("erp-{}", i),
                    fmt::format("http://127.0.0.1:{}{}", endpoints.port(), path), false);
  }
  scene.TakeSettings();
  scene.Begin();
  const SystemClock clock;
  const std::size_t healthy = count - (one_dead ? 1 : 0);
  std::vector<double> delays;
  std::size_t seen = 0;
  for (std::uint64_t change = 0; change < kSpacedChanges; ++change) {
    const auto at = clock.Monotonic();
    scene.Publish(1);
    scene.RunFor(kBetweenChanges);
    const auto came = endpoints.Came();
    for (; seen < came.size(); ++seen) {
      delays.push_back(std::chrono::duration<double, std::milli>(came[seen] - at).count());
    }
  }
  for (int i = 0; i < kLookUps && endpoints.Came().size() < healthy * kSpacedChanges; ++i) {
    scene.RunFor(std::chrono::milliseconds(100));
  }
  if (endpoints.Came().size() != healthy * kSpacedChanges) {
    throw std::runtime_error(
        fmt::format("{} of {} callbacks came", endpoints.Came().size(), healthy * kSpacedChanges));
  }
  std::ranges::sort(delays);
  return delays.at(delays.size() * 99 / 100);
}

void MeasureEndpoints(std::uint64_t count) {
  const double all = TailOf(count, false);
  const double one_dead = TailOf(count, true);
  fmt::print(
      "{} endpoints, {} changes, each to all: p99 {:.1f} ms; with one that never answers, of "
      "the others: p99 {:.1f} ms; ratio {:.2f}, accept 1.5\n",
      count, kSpacedChanges, all, one_dead, one_dead / all);
}

}  // namespace

int main(int argc, char** argv) {
  spdlog::set_level(spdlog::level::warn);
  const auto number = [&](int at, std::uint64_t otherwise) {
    return argc > at ? std::strtoull(argv[at], nullptr, 10) : otherwise;
  };
  if (argc > 1 && std::string_view(argv[1]) == "endpoints") {
    MeasureEndpoints(number(2, 1000));
  } else {
    MeasureRate(number(1, 100'000), argc > 2);
  }
}
