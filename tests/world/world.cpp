// SPDX-License-Identifier: Apache-2.0
#include "tests/world/world.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/registry.hpp"
#include "storage/memory/memory_storage.hpp"
#include "sync/replay.hpp"
#include "tests/world/lying_disk.hpp"

namespace weir::world {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using simulators::meituan::OrderTruth;

constexpr std::string_view kPublicUrl = "https://gw.example.com";
constexpr std::string_view kKey = "key-of-the-worlds-erp";
constexpr std::string_view kSecret = "test_secret_0123456789abcdef0123";
constexpr auto kPatience = std::chrono::hours(1);

simulators::meituan::Options PlatformOptions(std::uint64_t seed) {
  simulators::meituan::Options options;
  options.app_secret = kSecret;
  options.push_base_url = fmt::format("{}/hooks/mt-main", kPublicUrl);
  options.shops = {"shop_001", "shop_002"};
  options.seed = seed;
  options.retry.retries.assign(40, std::chrono::seconds(60));
  options.calls_per_second = 0;
  options.traffic.pace = std::chrono::seconds(20);
  options.faults = {.duplicated = 0.3,
                    .reordered = 0.4,
                    .reordered_within = std::chrono::seconds(90),
                    .forged = 0.05,
                    .missing_paid = 0.1,
                    .degraded = 0.2,
                    .api_failure = 0.1};
  options.quirks.encoding = simulators::meituan::Encoding::kMixed;
  options.quirks.get_for_cancel_and_refund = seed % 2 == 0;
  options.quirks.legacy_status = 0.2;
  options.quirks.scaled_coordinates = 0.2;
  return options;
}

app::Config MakeConfig() {
  app::Config config;
  config.server.public_url = kPublicUrl;
  config.storage.folder = "/weir";
  config.merchants.push_back({.id = "demo", .name = "Demo"});
  config.keys.push_back({.id = "erp",
                         .merchant = "demo",
                         .scopes = {"read", "read_personal", "write"},
                         .secret = Secret(std::string(kKey))});
  config.stores.push_back({.id = "sh-001", .merchant = "demo", .name = "One", .code = "1"});
  app::ConnectionConfig connection;
  connection.id = "mt-main";
  connection.merchant = "demo";
  connection.platform = "meituan";
  connection.base_url = "http://platform.example.com/api/v1";
  connection.credentials.emplace("app_id", Secret("9001"));
  connection.credentials.emplace("app_secret", Secret(std::string(kSecret)));
  connection.stores.emplace("shop_001", "sh-001");
  config.connections.push_back(std::move(connection));
  return config;
}

std::string TargetOf(const std::string& url) { return url.substr(kPublicUrl.size()); }

}  // namespace

/// The gateway's way out: straight into the simulator.
class World::PlatformTransport final : public net::Transport {
 public:
  PlatformTransport(simulators::Simulator& platform, const Clock& clock)
      : platform_(platform), clock_(clock) {}

  asio::awaitable<Result<net::Response>> Send(net::Request request,
                                              std::chrono::milliseconds) override {
    const auto answer = platform_.Handle(
        {.method = request.method, .target = request.target, .body = request.body}, clock_.Now());
    net::Response response;
    response.status = answer.status;
    response.body = answer.body;
    co_return response;
  }

 private:
  simulators::Simulator& platform_;
  const Clock& clock_;
};

struct World::Life {
  asio::io_context io{1};
  FakeTimer timer;
  SeededRandom random;
  std::optional<app::Core> core;
  std::uint64_t number;
  bool failed = false;

  Life(World& world, std::uint64_t life_number)
      : timer(world.clock_), random(world.options_.seed + life_number), number(life_number) {
    app::CoreOptions options;
    options.fold_version = world.options_.fold_version;
    options.journal_mappers = world.options_.mappers;
    options.journal.segment_bytes = 256U << 10;
    options.cached_orders = 8;
    core.emplace(world.config_,
                 app::Outside{.disk = *world.disk_,
                              .clock = world.clock_,
                              .timer = timer,
                              .random = random,
                              .transport = *world.transport_,
                              .readers = io.get_executor()},
                 options);
    asio::co_spawn(io, core->FoldLoop(), [this](std::exception_ptr thrown, Result<void> ended) {
      failed = failed || thrown || !ended;
    });
    asio::co_spawn(io, core->ErrandLoop(), asio::detached);
  }
};

World::World(WorldOptions options)
    : options_(options),
      random_(options.seed),
      memory_(std::make_shared<MemoryDisk>()),
      disk_(options.lying_flush ? std::make_unique<LyingDisk>(*memory_) : nullptr),
      platform_(PlatformOptions(options.seed)),
      transport_(std::make_unique<PlatformTransport>(platform_, clock_)),
      config_(MakeConfig()) {
  if (!disk_) disk_ = std::make_unique<PlainDisk>(*memory_);
}

World::~World() { life_.reset(); }

void World::Begin() {
  try {
    life_ = std::make_unique<Life>(*this, ++life_number_);
  } catch (const std::exception& error) {
    Complain(fmt::format("the gateway does not start: {}", error.what()));
  }
}

// SIGKILL keeps what the system was given; a power cut loses what was not flushed. The disk goes
// first: what a dying process still writes from destructors never happened.
void World::Crash() {
  if (random_.Below(2) == 0) {
    memory_->KillProcess();
  } else {
    memory_->CutPower([this](std::uint64_t bound) { return random_.Below(bound); });
  }
  life_.reset();
  Begin();
}

void World::DeliverPushes() {
  for (auto& push : platform_.Due(clock_.Now(), 1 + random_.Below(4))) {
    net::Request request;
    request.method = push.method;
    request.target = TargetOf(push.url);
    request.body = std::move(push.body);
    const std::uint64_t life = life_number_;
    asio::co_spawn(life_->io, life_->core->router().Handle(std::move(request)),
                   [this, id = push.id, life](std::exception_ptr thrown, net::Response response) {
                     if (thrown || life != life_number_) return;
                     platform_.OnPushAnswer(id, {.status = response.status, .body = response.body},
                                            clock_.Now());
                   });
  }
}

void World::PollFeed() {
  net::Request request;
  request.target = fmt::format("/v1/changes?limit=7&after={}", poller_.last());
  request.headers.Add("Authorization", fmt::format("Bearer {}", kKey));
  asio::co_spawn(life_->io, life_->core->router().Handle(std::move(request)),
                 [this, after = poller_.last()](std::exception_ptr thrown, net::Response response) {
                   if (!thrown && response.status == 200) poller_.Take(after, response.body);
                 });
}

void World::TakeStep() {
  switch (random_.Below(16)) {
    case 0:
      DeliverPushes();
      break;
    case 1:
      PollFeed();
      break;
    case 2:
    case 3:
    case 4:
      (void)life_->core->journal().Step();
      break;
    case 5:
      if (random_.Below(20) == 0) (void)life_->core->checkpointer().Step();
      break;
    case 6:
      life_->timer.Advance(std::chrono::milliseconds(1 + random_.Below(4000)));
      break;
    default:
      life_->io.restart();
      life_->io.poll_one();
  }
}

// Lets everything come to rest: no more crashes, time runs from one due moment to the next.
void World::Drain() {
  const Instant end = clock_.Now() + kPatience;
  while (clock_.Now() < end) {
    DeliverPushes();
    for (int i = 0; i < 40; ++i) {
      life_->io.restart();
      life_->io.poll();
      (void)life_->core->journal().Step();
    }
    PollFeed();
    life_->io.restart();
    life_->io.poll();
    if (!platform_.NextDue() && platform_.counts().outstanding == 0 &&
        poller_.last() == life_->core->storage().FeedEnd("demo") &&
        life_->core->storage().view_position() == life_->core->storage().journal_end()) {
      // Re-reads that failed and what waits for ticks have their turn.
      life_->timer.RunFor(life_->io, std::chrono::minutes(1));
    } else {
      life_->timer.Advance(std::chrono::milliseconds(500));
    }
  }
}

net::Response World::Ask(const std::string& target) {
  net::Request request;
  request.target = target;
  request.headers.Add("Authorization", fmt::format("Bearer {}", kKey));
  std::optional<net::Response> answer;
  asio::co_spawn(life_->io, life_->core->router().Handle(std::move(request)),
                 [&answer](std::exception_ptr thrown, net::Response response) {
                   if (!thrown) answer = std::move(response);
                 });
  for (int i = 0; i < 1000 && !answer; ++i) {
    life_->io.restart();
    life_->io.poll();
  }
  return answer.value_or(net::Response{.status = 0});
}

void World::AuditOrder(const OrderTruth& truth) {
  if (!truth.announced()) return;
  const net::Response response = Ask("/v1/orders/meituan-" + truth.id);
  if (response.status != 200) {
    return Complain(fmt::format("order {} was answered ok and is not there: HTTP {}", truth.id,
                                response.status));
  }
  const json order = json::parse(response.body);
  if (poller_.records().contains("meituan-" + truth.id) &&
      json::parse(poller_.records().at("meituan-" + truth.id)) != order) {
    Complain(fmt::format("order {} differs between feed and list", truth.id));
  }
  const auto expect = [&](std::string_view what, const json& is, const json& should) {
    if (is != should) {
      Complain(fmt::format("order {}: {} is {}, on the platform {}", truth.id, what, is.dump(),
                           should.dump()));
    }
  };
  if (!truth.settled()) return;
  expect("status", order["status"], std::string(truth.status));
  expect("paid", order["totals"]["paid"], truth.total);
  expect("discounts", order["totals"]["discounts"], truth.discounts);
  expect("refunded", order["totals"]["refunded"], truth.refunded);
  if (truth.income) expect("income", order["totals"]["merchant_income"], *truth.income);
  if (truth.commission) expect("commission", order["totals"]["commission"], *truth.commission);
  expect("store", order["store"], truth.shop == "shop_001" ? json("sh-001") : json(nullptr));
}

void World::AuditReplay() {
  storage::MemoryStorage scratch(clock_, life_->timer, nullptr);
  std::optional<Result<sync::ReplayReport>> report;
  const sync::Mappers& mappers =
      options_.mappers == nullptr ? app::PlatformMappers() : *options_.mappers;
  asio::co_spawn(life_->io,
                 sync::Replay(
                     life_->core->storage(), scratch,
                     [this](storage::Storage& storage) {
                       return std::make_unique<sync::CanonicalRules>(storage,
                                                                     options_.fold_version);
                     },
                     mappers, clock_),
                 [&report](std::exception_ptr thrown, Result<sync::ReplayReport> done) {
                   if (!thrown) report = std::move(done);
                 });
  for (int i = 0; i < 100'000 && !report; ++i) {
    life_->io.restart();
    life_->io.poll();
  }
  if (!report || !*report) return Complain("the replay does not end");
  for (const std::string& example : (*report)->examples) Complain("replay: " + example);
}

void World::Audit() {
  for (const OrderTruth& truth : platform_.Orders()) AuditOrder(truth);
  for (const std::string& complaint : poller_.complaints()) Complain(complaint);
  if (platform_.counts().forged_accepted != 0) Complain("a forged push was answered ok");
  // What was ever read must be read again, equal.
  std::uint64_t after = 0;
  while (after < poller_.last()) {
    const auto page = Ask(fmt::format("/v1/changes?limit=500&after={}", after));
    if (page.status != 200) return Complain("the feed cannot be read again");
    poller_.Take(after, page.body);
    const auto next = json::parse(page.body).at("next").get<std::uint64_t>();
    if (next == after) return Complain(fmt::format("the feed ends at {} now", after));
    after = next;
  }
  AuditReplay();
}

std::vector<std::string> World::Run() {
  Begin();
  int orders = 0;
  int crashes = 0;
  while (broken_.empty() && (orders < options_.orders || crashes < options_.crashes)) {
    TakeStep();
    if (life_->failed) Complain("the fold gave up");
    if (orders < options_.orders && random_.Below(150) == 0) {
      platform_.CreateOrder(clock_.Now());
      ++orders;
    }
    if (crashes < options_.crashes && random_.Below(700) == 0) {
      Crash();
      ++crashes;
    }
  }
  if (broken_.empty()) Drain();
  if (broken_.empty()) Audit();
  return broken_;
}

}  // namespace weir::world
