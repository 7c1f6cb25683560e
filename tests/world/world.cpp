// SPDX-License-Identifier: Apache-2.0
#include "tests/world/world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <utility>

#include "sync/command_record.hpp"
#include "sync/dispatch_fold.hpp"
#include "tests/world/life.hpp"
#include "tests/world/settings.hpp"

namespace weir::world {
namespace {

namespace asio = boost::asio;
/// What a dedupe that is broken takes for copies.
constexpr std::chrono::seconds kCopiesWithin{20};
constexpr auto kPatience = std::chrono::hours(3);
/// An order is asked for once an hour after some tries, and its platform may fail often.
constexpr auto kPatienceAtRest = std::chrono::hours(24);
/// Longer than an order waits for its first snapshot.
constexpr int kMinutesOfRest = 15;
/// Apart from what else is drawn from a seed.
constexpr std::uint64_t kCourierSeeds = 0xC0FFEE;
constexpr std::uint64_t kRoomy = 1ULL << 40;

simulators::merchant::Options MerchantOf(const WorldOptions& options) {
  Draws draws(options.seed, "merchant", options.off);
  return MerchantOptions(draws);
}

std::string TargetOf(const std::string& url) { return url.substr(kPublicUrl.size()); }

}  // namespace

World::World(WorldOptions options)
    : options_(options),
      random_(options.seed),
      gateways_clock_(clock_),
      memory_(std::make_shared<MemoryDisk>()),
      disk_(*memory_, [this](std::string_view path) { return FateOfFlush(path); }),
      merchant_(MerchantOf(options)),
      of_couriers_(options.seed ^ kCourierSeeds) {
  std::vector<app::ConnectionConfig> connections;
  for (const WorldPlatform* platform : ChoosePlatforms(options.platforms, options.seed)) {
    Draws draws(options.seed, platform->word, options.off);
    platforms_.push_back({platform, platform->make(draws)});
    connections.push_back(platform->connect(draws));
  }
  std::vector<std::string> couriers;
  for (const WorldCourier* courier : ChooseCouriers(options.couriers, options.seed)) {
    Draws draws(options.seed, courier->word, options.off);
    couriers_.push_back({courier, courier->make(draws)});
    connections.push_back(courier->connect(draws));
    couriers.emplace_back(courier->connection);
  }
  clerk_.emplace(options.seed, std::move(couriers));
  config_ = GatewayConfig(std::move(connections));
  memory_->SetCapacity(kRoomy);
}

World::~World() { life_.reset(); }

void World::Begin() {
  const auto failed_before = flushes_failed_;
  try {
    life_ =
        std::make_unique<Life>(Surroundings{.config = config_,
                                            .disk = disk_,
                                            .clock = clock_,
                                            .gateways_clock = gateways_clock_,
                                            .platforms = PlatformHosts(),
                                            .endpoints = {{std::string(kEndpointHost), &merchant_}},
                                            .seed = options_.seed,
                                            .delivery = options_.bugs.delivery,
                                            .couriers_forget = options_.bugs.couriers_forget,
                                            .mappers = options_.bugs.mappers},
                               ++life_number_);
  } catch (const std::exception& error) {
    // With a full disk or a failing one it may refuse; somebody mends that and starts it again.
    if (disk_is_full_ || flushes_failed_ > failed_before) {
      EndTroubles();
      return Begin();
    }
    Complain(fmt::format("the gateway does not start: {}", error.what()));
  }
}

Flush World::FateOfFlush(std::string_view path) {
  if (options_.bugs.flush_lies && path.find("/journal/") != std::string_view::npos) {
    return Flush::kLied;
  }
  if (flushes_to_fail_ == 0) return Flush::kDone;
  --flushes_to_fail_;
  ++flushes_failed_;
  return random_.Below(2) == 0 ? Flush::kLost : Flush::kUnseen;
}

void World::MakeTrouble() {
  const Troubles& troubles = options_.troubles;
  switch (random_.Below(4)) {
    case 0:
      if (!troubles.full_disks) return;
      disk_is_full_ = !disk_is_full_;
      memory_->SetCapacity(disk_is_full_ ? kRoomy - memory_->FreeBytes("/").value_or(kRoomy) +
                                               random_.Below(64U << 10)
                                         : kRoomy);
      return;
    case 1:
      if (troubles.failed_flushes) flushes_to_fail_ = 1 + random_.Below(3);
      return;
    case 2:
      if (!troubles.wrong_clocks) return;
      gateways_clock_.Skew(random_.Below(2) == 0
                               ? std::chrono::milliseconds(0)
                               : std::chrono::milliseconds(random_.Below(1'200'000)) -
                                     std::chrono::minutes(10));
      return;
    default:
      if (!troubles.bad_endpoints) return;
      endpoint_is_down_ = !endpoint_is_down_;
      merchant_.AnswerWith(endpoint_is_down_ ? 503 : 0);
  }
}

void World::EndTroubles() {
  disk_is_full_ = false;
  memory_->SetCapacity(kRoomy);
  flushes_to_fail_ = 0;
  gateways_clock_.Skew(std::chrono::milliseconds(0));
  endpoint_is_down_ = false;
  merchant_.AnswerWith(0);
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

const World::Neighbour& World::AnyPlatform() {
  return platforms_[random_.Below(platforms_.size())];
}

Hosts World::PlatformHosts() const {
  Hosts hosts;
  for (const Neighbour& each : platforms_) hosts.emplace(each.known->host, each.platform.get());
  for (const Carrier& each : couriers_) hosts.emplace(each.known->host, each.courier.get());
  return hosts;
}

void World::DeliverPushes(simulators::Simulator& from, std::string_view ok, std::size_t limit) {
  for (auto& push : from.Due(clock_.Now(), limit)) {
    const Instant last = std::exchange(topics_[push.url], clock_.Now());
    if (options_.bugs.dedupe_drops && clock_.Now() - last < kCopiesWithin) {
      from.OnPushAnswer(push.id, {.status = 200, .body = std::string(ok)}, clock_.Now());
      continue;
    }
    net::Request request;
    request.method = push.method;
    request.target = TargetOf(push.url);
    for (auto& [name, value] : push.headers) request.headers.Add(std::move(name), std::move(value));
    if (!push.content_type.empty()) request.headers.Add("Content-Type", push.content_type);
    request.body = std::move(push.body);
    const std::uint64_t life = life_number_;
    asio::co_spawn(
        life_->io, life_->core->router().Handle(std::move(request)),
        [this, &from, id = push.id, life](std::exception_ptr thrown, net::Response response) {
          if (thrown || life != life_number_) return;
          from.OnPushAnswer(id, {.status = response.status, .body = response.body}, clock_.Now());
        });
  }
}

void World::DeliverPushes(const Neighbour& neighbour) {
  DeliverPushes(*neighbour.platform, neighbour.known->ok, 1 + random_.Below(4));
}

void World::DeliverPushes(const Carrier& carrier) {
  DeliverPushes(*carrier.courier, carrier.known->ok, 1 + of_couriers_.Below(4));
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

void World::LetClerkAct() {
  auto request = clerk_->Act(poller_.records());
  if (!request) return;
  const std::string key(request->headers.Find("Idempotency-Key"));
  asio::co_spawn(life_->io, life_->core->router().Handle(*std::move(request)),
                 [this, key](std::exception_ptr thrown, net::Response response) {
                   if (!thrown) clerk_->Take(key, response);
                 });
  ++acts_;
}

void World::TakeStepOfCouriers() {
  if (couriers_.empty()) return;
  constexpr std::uint64_t kKinds = 60;
  const std::uint64_t kind = of_couriers_.Below(kKinds);
  if (kind == 0) LetClerkAct();
  if (kind > 0 && kind < 6) DeliverPushes(couriers_[of_couriers_.Below(couriers_.size())]);
}

bool World::DiesInCommand() {
  std::uint64_t calls = 0;
  for (const Carrier& each : couriers_) calls += each.courier->counts().calls;
  const bool called = std::exchange(courier_calls_, calls) != calls;
  constexpr std::uint64_t kFuse = 80;
  if (called && fuse_ == 0 && of_couriers_.Below(6) == 0) fuse_ = 1 + of_couriers_.Below(kFuse);
  return fuse_ > 0 && --fuse_ == 0;
}

void World::TakeStep() {
  TakeStepOfCouriers();
  if (random_.Below(300) == 0) MakeTrouble();
  switch (random_.Below(16)) {
    case 0:
      DeliverPushes(AnyPlatform());
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

bool World::AtRest() const {
  const storage::Storage& storage = life_->core->storage();
  const auto quiet = [](const Neighbour& each) {
    return !each.platform->NextDue() && each.platform->counts().outstanding == 0;
  };
  const auto delivered = [](const Carrier& each) {
    return !each.courier->NextDue() && each.courier->counts().outstanding == 0;
  };
  return std::ranges::all_of(platforms_, quiet) && std::ranges::all_of(couriers_, delivered) &&
         poller_.last() == storage.FeedEnd("demo") && merchant_.counts().taken == poller_.last() &&
         storage.view_position() == storage.journal_end();
}

bool World::Awaits(std::string kind) {
  std::optional<Result<std::optional<Instant>>> due;
  boost::asio::co_spawn(life_->io, life_->core->storage().NextDue(std::move(kind)),
                        [&due](std::exception_ptr thrown, Result<std::optional<Instant>> answer) {
                          if (!thrown) due = std::move(answer);
                        });
  for (int i = 0; i < 1000 && !due; ++i) {
    life_->io.restart();
    life_->io.poll();
  }
  return due && *due && (*due)->has_value();
}

bool World::AwaitsWork() {
  if (Awaits("reread")) return true;
  if (couriers_.empty()) return false;
  for (std::uint8_t lane = 0; lane < sync::kCommandLanes; ++lane) {
    if (Awaits(sync::CommandWork(lane))) return true;
  }
  return Awaits(sync::kPatienceWork);
}

// Lets everything come to rest: no more crashes and troubles, time runs from one due moment to the
// next.
void World::Drain() {
  EndTroubles();
  merchant_.SetFaults({});
  for (const Neighbour& each : platforms_) each.platform->StopTraffic();
  const Instant latest = clock_.Now() + kPatienceAtRest;
  Instant end = clock_.Now() + kPatience;
  int rested = 0;
  while (clock_.Now() < std::min(end, latest) && (rested < kMinutesOfRest || AwaitsWork())) {
    for (const Neighbour& each : platforms_) DeliverPushes(each);
    for (const Carrier& each : couriers_) DeliverPushes(each);
    for (int i = 0; i < 40; ++i) {
      life_->io.restart();
      life_->io.poll();
      (void)life_->core->journal().Step();
    }
    PollFeed();
    life_->io.restart();
    life_->io.poll();
    if (AtRest()) {
      ++rested;
      end = clock_.Now() + kPatience;
      // Re-reads that failed and what waits for ticks have their turn.
      life_->timer.RunFor(life_->io, std::chrono::minutes(1));
    } else {
      rested = 0;
      life_->timer.Advance(std::chrono::milliseconds(500));
    }
  }
}

std::vector<std::string> World::Run() {
  Begin();
  int orders = 0;
  int crashes = 0;
  const int acts = couriers_.empty() ? 0 : options_.orders;
  while (broken_.empty() &&
         (orders < options_.orders || crashes < options_.crashes || acts_ < acts)) {
    TakeStep();
    if (life_->failed) Complain("the fold gave up");
    if (orders < options_.orders && random_.Below(150) == 0) {
      AnyPlatform().platform->PlaceOrder(clock_.Now());
      ++orders;
    }
    if (crashes < options_.crashes && random_.Below(700) == 0) {
      Crash();
      ++crashes;
    }
    if (std::cmp_less(deeds_.died, options_.crashes) && DiesInCommand()) {
      Crash();
      ++deeds_.died;
    }
  }
  if (broken_.empty()) Drain();
  if (broken_.empty()) Audit();
  return broken_;
}

}  // namespace weir::world
