// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "app/registry.hpp"
#include "base/ids.hpp"
#include "storage/memory/memory_storage.hpp"
#include "sync/replay.hpp"
#include "tests/world/life.hpp"
#include "tests/world/settings.hpp"
#include "tests/world/world.hpp"

namespace weir::world {
namespace asio = boost::asio;
using nlohmann::json;
using simulators::OrderTruth;

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

void World::AuditOrder(const WorldPlatform& platform, const OrderTruth& truth) {
  if (!truth.announced()) return;
  const std::string id = PlatformRecordId(platform.word, truth.id);
  const net::Response response = Ask("/v1/orders/" + id);
  if (response.status != 200) {
    return Complain(
        fmt::format("order {} was answered ok and is not there: HTTP {}", id, response.status));
  }
  const json order = json::parse(response.body);
  if (poller_.records().contains(id) && json::parse(poller_.records().at(id)) != order) {
    Complain(fmt::format("order {} differs between feed and list", id));
  }
  const auto expect = [&](std::string_view what, const json& is, const json& should) {
    if (is != should) {
      Complain(fmt::format("order {}: {} is {}, on the platform {}", id, what, is.dump(),
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
  expect("store", order["store"], truth.shop == platform.linked ? json("sh-001") : json(nullptr));
}

void World::AuditReplay() {
  FakeTimer timer(clock_);
  storage::MemoryStorage scratch(clock_, timer, nullptr);
  std::optional<Result<sync::ReplayReport>> report;
  const sync::Mappers& mappers =
      options_.bugs.mappers == nullptr ? app::PlatformMappers() : *options_.bugs.mappers;
  asio::co_spawn(life_->io,
                 sync::Replay(
                     life_->core->storage(), scratch,
                     [](storage::Storage& storage) {
                       return std::make_unique<sync::CanonicalRules>(storage, kWorldsFold);
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

// What was ever read must be read again, equal.
void World::AuditFeed() {
  std::uint64_t after = 0;
  while (after < poller_.last()) {
    const auto page = Ask(fmt::format("/v1/changes?limit=500&after={}", after));
    if (page.status != 200) return Complain("the feed cannot be read again");
    poller_.Take(after, page.body);
    const auto next = json::parse(page.body).at("next").get<std::uint64_t>();
    if (next == after) return Complain(fmt::format("the feed ends at {} now", after));
    after = next;
  }
  for (const std::string& complaint : poller_.complaints()) Complain(complaint);
}

// Everything arrived, of each record in its order, and says what the feed says.
void World::AuditCallbacks() {
  for (const std::string& complaint : merchant_.complaints()) Complain("callbacks: " + complaint);
  std::set<std::uint64_t> missing;
  for (const auto& [seq, change] : poller_.seen()) missing.insert(seq);
  for (const auto& taken : merchant_.taken()) missing.erase(taken.seq);
  for (const auto seq : missing) Complain(fmt::format("change {} never left as a callback", seq));
  for (const auto& [subject, data] : merchant_.records()) {
    const auto of_feed = poller_.records().find(subject);
    if (of_feed == poller_.records().end() || json::parse(of_feed->second) != json::parse(data)) {
      Complain(fmt::format("{} differs between feed and callbacks", subject));
    }
  }
}

void World::Audit() {
  for (const Neighbour& each : platforms_) {
    for (const OrderTruth& truth : each.platform->Orders()) AuditOrder(*each.known, truth);
    if (each.platform->counts().forged_accepted != 0) Complain("a forged push was answered ok");
  }
  AuditFeed();
  AuditCallbacks();
  AuditReplay();
  AuditDispatch();
}

}  // namespace weir::world
