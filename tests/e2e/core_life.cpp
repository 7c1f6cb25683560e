// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/core_life.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <stdexcept>
#include <utility>

#include "app/registry.hpp"
#include "storage/memory/memory_storage.hpp"
#include "sync/rules.hpp"

namespace weir::e2e {
namespace {

namespace asio = boost::asio;

constexpr std::string_view kKey = "key-of-the-test";
constexpr const char* kFolder = "/weir";

std::string FolderOf(const std::string& path) { return path.substr(0, path.rfind('/')); }

net::Request RequestOf(const Push& push) {
  net::Request request;
  request.method = push.method;
  request.target = push.target;
  request.body = push.body;
  return request;
}

}  // namespace

app::Config TestConfig(const std::string& connection_id) {
  app::Config config;
  config.server.public_url = kPublicUrl;
  config.storage.folder = kFolder;
  config.merchants.push_back({.id = "demo", .name = "Demo"});
  config.keys.push_back({.id = "test",
                         .merchant = "demo",
                         .scopes = {"read", "read_personal", "write", "admin"},
                         .secret = Secret(std::string(kKey))});
  config.stores.push_back({.id = "sh-001", .merchant = "demo", .name = "One", .code = "1"});
  app::ConnectionConfig connection;
  connection.id = connection_id;
  connection.merchant = "demo";
  connection.platform = "meituan";
  connection.base_url = "http://platform.example.com/api/v1";
  connection.credentials.emplace("app_id", Secret(std::string(kAppId)));
  connection.credentials.emplace("app_secret", Secret(std::string(kAppSecret)));
  connection.stores.emplace("shop_001", "sh-001");
  config.connections.push_back(std::move(connection));
  return config;
}

class CoreLife::PlatformTransport final : public net::Transport {
 public:
  explicit PlatformTransport(const Ground& ground) : ground_(ground) {}
  asio::awaitable<Result<net::Response>> Send(net::Request request,
                                              std::chrono::milliseconds) override {
    if (!ground_.platform) co_return Fail(ErrorKind::kTransport, "nobody answers");
    co_return ground_.platform(request);
  }

 private:
  const Ground& ground_;
};

CoreLife::CoreLife(Ground& ground, app::CoreOptions options)
    : clock_(ground.clock),
      options_(options),
      timer_(ground.clock),
      transport_(std::make_unique<PlatformTransport>(ground)) {
  // Thousands of refusals and failing disks are nothing to tell here.
  spdlog::set_level(spdlog::level::off);
  options.journal.segment_bytes = 256U << 10;
  core_.emplace(ground.config,
                app::Outside{.disk = *ground.disk,
                             .clock = ground.clock,
                             .timer = timer_,
                             .random = random_,
                             .transport = *transport_,
                             .readers = io_.get_executor()},
                options);
  asio::co_spawn(io_, core_->FoldLoop(), [this](std::exception_ptr thrown, Result<void> ended) {
    if (thrown) fold_error_ = Error{.message = "the fold threw"};
    if (!thrown && !ended) fold_error_ = ended.error();
  });
  asio::co_spawn(io_, core_->ErrandLoop(), asio::detached);
}

CoreLife::~CoreLife() = default;

void CoreLife::Settle() {
  bool moved = true;
  while (moved) {
    io_.restart();
    const std::size_t polled = io_.poll();
    const auto stepped = core_->journal().Step();
    moved = polled > 0 || (stepped && *stepped);
  }
}

void CoreLife::Pass(std::chrono::milliseconds time) {
  constexpr auto kStride = std::chrono::milliseconds(250);
  while (time.count() > 0) {
    timer_.Advance(std::min(time, kStride));
    time -= kStride;
    Settle();
  }
}

net::Response CoreLife::Ask(net::Request request) {
  std::optional<net::Response> answer;
  asio::co_spawn(io_, core_->router().Handle(std::move(request)),
                 [&answer](std::exception_ptr thrown, net::Response response) {
                   if (!thrown) answer = std::move(response);
                 });
  Settle();
  return answer.value_or(net::Response{.status = 0});
}

net::Response CoreLife::Send(const Push& push) { return Ask(RequestOf(push)); }

void CoreLife::MakeDurable(const Push& push) {
  asio::co_spawn(io_, core_->router().Handle(RequestOf(push)), asio::detached);
  io_.restart();
  io_.poll();
  if (auto stepped = core_->journal().Step(); !stepped || !*stepped) {
    throw std::runtime_error("the push did not reach the journal");
  }
}

net::Response CoreLife::Get(const std::string& target) {
  net::Request request;
  request.target = target;
  request.headers.Add("Authorization", fmt::format("Bearer {}", kKey));
  return Ask(std::move(request));
}

net::Response CoreLife::Post(const std::string& target, const std::string& body) {
  net::Request request;
  request.method = "POST";
  request.target = target;
  request.body = body;
  request.headers.Add("Authorization", fmt::format("Bearer {}", kKey));
  std::optional<net::Response> answer;
  asio::co_spawn(io_, core_->router().Handle(std::move(request)),
                 [&answer](std::exception_ptr thrown, net::Response response) {
                   if (!thrown) answer = std::move(response);
                 });
  Settle();
  Pass(std::chrono::milliseconds(10));
  return answer.value_or(net::Response{.status = 0});
}

nlohmann::json CoreLife::GetJson(const std::string& target) {
  const net::Response response = Get(target);
  if (response.status != 200) return nullptr;
  return nlohmann::json::parse(response.body, nullptr, false);
}

void CoreLife::ReadFeed(SeenFeed& feed) {
  std::uint64_t after = 0;
  while (true) {
    const net::Response page = Get(fmt::format("/v1/changes?limit=500&after={}", after));
    if (page.status != 200) {
      return feed.Complain(fmt::format("the feed after {} answers {}", after, page.status));
    }
    feed.Take(after, page.body);
    const auto next = nlohmann::json::parse(page.body).at("next").get<std::uint64_t>();
    if (next == after) break;
    after = next;
  }
  if (after < feed.last()) {
    feed.Complain(fmt::format("the feed ends at {} and was read to {}", after, feed.last()));
  }
}

sync::ReplayReport CoreLife::Replay() {
  storage::MemoryStorage scratch(clock_, timer_, nullptr);
  std::optional<Result<sync::ReplayReport>> report;
  asio::co_spawn(
      io_,
      sync::Replay(
          core_->storage(), scratch,
          [this](storage::Storage& storage) {
            return std::make_unique<sync::CanonicalRules>(storage, options_.fold_version);
          },
          options_.journal_mappers == nullptr ? app::PlatformMappers() : *options_.journal_mappers,
          clock_),
      [&report](std::exception_ptr thrown, Result<sync::ReplayReport> done) {
        if (!thrown) report = std::move(done);
      });
  Settle();
  if (!report || !*report) throw std::runtime_error("the replay did not come to its end");
  return std::move(**report);
}

DiskImage ImageOf(const MemoryDisk& disk, const std::string& folder) {
  DiskImage image;
  const auto names = disk.List(folder);
  if (!names) return image;
  for (const std::string& name : *names) {
    const std::string path = folder + "/" + name;
    if (const auto bytes = disk.ReadAll(path)) {
      image[path] = *bytes;
    } else {
      image.merge(ImageOf(disk, path));
    }
  }
  return image;
}

std::shared_ptr<MemoryDisk> DiskOf(const DiskImage& image) {
  auto disk = std::make_shared<MemoryDisk>();
  for (const auto& [path, bytes] : image) {
    if (auto made = disk->MakeFolder(FolderOf(path)); !made) {
      throw std::runtime_error(made.error().message);
    }
    if (auto written = disk->Overwrite(path, bytes); !written) {
      throw std::runtime_error(written.error().message);
    }
  }
  return disk;
}

}  // namespace weir::e2e
