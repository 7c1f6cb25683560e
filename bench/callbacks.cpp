// SPDX-License-Identifier: Apache-2.0
// Callbacks a second to an endpoint on this machine: the feed read from disk, signed, sent over
// kept connections, recorded. Prints one line.
//   weir_callbacks [changes] [masked]
#include <fmt/core.h>

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
#include <stdexcept>
#include <thread>

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

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr std::uint64_t kPerBatch = 256;
constexpr std::uint64_t kOrders = 500;

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

template <typename T>
T Run(asio::io_context& io, asio::awaitable<T> work) {
  auto result = asio::co_spawn(io, std::move(work), asio::use_future);
  io.restart();
  io.run();
  return result.get();
}

void Publish(asio::io_context& io, storage::Storage& storage, storage::Fence fence,
             std::uint64_t changes) {
  const std::string order = SampleOrder();
  for (std::uint64_t seq = 1; seq <= changes;) {
    storage::Batch batch;
    const auto at = storage.view_position();
    batch.through = {.offset = at.offset + 1};
    for (; seq <= changes && batch.changes.size() < kPerBatch; ++seq) {
      batch.changes.push_back({.merchant = "demo",
                               .seq = seq,
                               .cause = batch.through,
                               .ordinal = static_cast<std::uint32_t>(batch.changes.size()),
                               .type = "order.updated",
                               .subject = fmt::format("meituan-{}", seq % kOrders),
                               .version = seq,
                               .at = Instant(std::chrono::seconds(1'764'000'000)),
                               .data = order});
    }
    if (auto applied = Run(io, storage.Apply(fence, at, std::move(batch))); !applied) {
      throw std::runtime_error(applied.error().message);
    }
  }
}

/// As the fold leaves a subscription.
void Subscribe(asio::io_context& io, storage::Storage& storage, storage::Fence fence,
               std::uint16_t port, bool masked) {
  const sync::SubscriptionSetting setting{.id = "erp",
                                          .url = fmt::format("http://127.0.0.1:{}/weir", port),
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
  const auto at = storage.view_position();
  batch.through = {.offset = at.offset + 1};
  batch.puts.push_back(std::move(row));
  if (auto applied = Run(io, storage.Apply(fence, at, std::move(batch))); !applied) {
    throw std::runtime_error(applied.error().message);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t changes = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
  const bool masked = argc > 2;
  std::string folder = (std::filesystem::temp_directory_path() / "weir-callbacks-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return 1;

  SystemDisk disk;
  SystemClock clock;
  SystemTimer timer;
  SystemRandom random;
  asio::thread_pool readers(2);
  asio::io_context server_context(1);
  asio::io_context context(1);
  net::HttpServer server({}, {{&server_context}, clock, timer, random},
                         [](net::Request) -> asio::awaitable<net::Response> {
                           net::Response response;
                           response.status = 204;
                           co_return response;
                         });
  server.Start();
  const auto server_guard = asio::make_work_guard(server_context);
  std::thread serving([&] { server_context.run(); });

  storage::EmbeddedOptions options;
  options.folder = folder;
  options.readers = readers.get_executor();
  auto storage = storage::EmbeddedStorage::Open(disk, clock, timer, options, nullptr).value();
  auto log = storage::CallbackFile::Open(storage->vfs(), folder + "/callbacks.db", storage->keys(),
                                         readers.get_executor())
                 .value();
  net::BeastTransport transport({}, clock, timer);
  webhooks::Dispatcher dispatcher(
      {*storage, *log, transport, transport, clock, timer, random, context.get_executor()}, {}, {});
  const auto fence = Run(context, storage->AcquireLease(0)).value();
  Subscribe(context, *storage, fence, server.port(), masked);
  if (!Run(context, dispatcher.TakeSettings())) return 1;
  Publish(context, *storage, fence, changes);

  const auto& figures = dispatcher.subscribers()->front()->figures();
  const auto began = clock.Monotonic();
  asio::co_spawn(context, dispatcher.Run(), asio::detached);
  context.restart();
  while (figures.cursor < changes) context.run_for(std::chrono::milliseconds(10));
  const std::chrono::duration<double> took = clock.Monotonic() - began;
  fmt::print("{} callbacks{} of {} bytes in {:.2f} s: {:.0f} a second\n", changes,
             masked ? ", masked," : "", SampleOrder().size(), took.count(),
             static_cast<double>(changes) / took.count());
  asio::co_spawn(context, dispatcher.Stop(std::chrono::seconds(1)), asio::detached);
  context.restart();
  context.run_for(std::chrono::milliseconds(200));
  server_context.stop();
  serving.join();
  readers.join();
  std::filesystem::remove_all(folder);
}
