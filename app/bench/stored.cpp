// SPDX-License-Identifier: Apache-2.0
#include "app/bench/stored.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>
#include <stdexcept>
#include <string>

#include "app/bench/gateway.hpp"

namespace weir::app::bench {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr std::uint64_t kFew = 10'000;
constexpr int kReads = 2000;
constexpr seconds kLongestLoad{3600};
constexpr seconds kEndsWithin{60};
constexpr seconds kReplaysWithin{3600};
constexpr std::uint64_t kSeed = 1;

void Time(Histogram& times, ApiClient& client, const std::string& target) {
  const auto began = std::chrono::steady_clock::now();
  const Answer answer = client.Get(target);
  times.Note(std::chrono::steady_clock::now() - began);
  if (answer.status != 200) {
    throw std::runtime_error(fmt::format("GET {}: {} {}", target, answer.status, answer.body));
  }
}

Reads Read(ApiClient& client, std::uint64_t orders) {
  static constexpr std::array kLists = {"", "&store=st-shop_002", "&status=placed",
                                        "&platform=meituan&placed_from=2020-01-01T00:00:00Z"};
  std::mt19937_64 random(kSeed);
  Reads reads;
  for (int i = 0; i < kReads; ++i) {
    const std::uint64_t order = random() % orders;
    Time(reads.single, client, fmt::format("/v1/orders/meituan-{}", SignedOrders::OrderId(order)));
    Time(reads.list, client,
         fmt::format("/v1/orders?limit=100{}", kLists[random() % kLists.size()]));
    Time(reads.feed, client, fmt::format("/v1/changes?limit=100&after={}", order));
  }
  return reads;
}

// Orders from `from` up to `to`; whether all are in the feed.
bool Load(const Bench& bench, Gateway& gateway, std::uint64_t from, std::uint64_t to) {
  const LoadResult load = RunLoad(bench.orders, {.port = gateway.port(),
                                                 .connections = bench.connections,
                                                 .duration = kLongestLoad,
                                                 .first = from,
                                                 .at_most = to - from});
  return load.clean() && gateway.client().AwaitFeed(to) == to;
}

// What `weir replay` printed behind `name`.
double NumberOf(const std::string& text, const std::string& name) {
  const std::size_t at = text.find(name);
  if (at == std::string::npos) throw std::runtime_error("weir replay: " + text);
  return std::stod(text.substr(at + name.size()));
}

}  // namespace

Stored MeasureStored(const Bench& bench, std::uint64_t orders) {
  Gateway gateway(bench.weir, bench.parent, bench.source);
  Stored stored;
  stored.few = std::min(kFew, orders);
  stored.many = orders;
  stored.loaded = Load(bench, gateway, 0, stored.few);
  stored.of_few = Read(gateway.client(), stored.few);
  stored.loaded = Load(bench, gateway, stored.few, orders) && stored.loaded;
  stored.of_many = Read(gateway.client(), orders);
  stored.start = gateway.KillAndStart();
  stored.loaded = gateway.client().FeedEnd() == orders && stored.loaded;
  if (!gateway.child().Stop(kEndsWithin)) throw std::runtime_error("the gateway does not end");

  const WorkFolder folder(bench.parent);
  Child replay({bench.weir, "replay", "--data", gateway.data_folder()}, folder.path() + "/log");
  stored.identical = replay.Finish(kReplaysWithin);
  stored.replayed_per_second = NumberOf(replay.LogText(), "rate ");
  return stored;
}

}  // namespace weir::app::bench
