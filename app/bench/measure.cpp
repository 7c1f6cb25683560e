// SPDX-License-Identifier: Apache-2.0
#include "app/bench/measure.hpp"

#include <stdexcept>

#include "app/bench/endpoint.hpp"
#include "app/bench/gateway.hpp"

namespace weir::app::bench {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr seconds kEndsWithin{60};
constexpr seconds kFeedReading{5};
constexpr seconds kFollowerGrace{20};

ChildUsage Since(const ChildUsage& before, const ChildUsage& after) {
  return {.written_bytes = after.written_bytes - before.written_bytes,
          .dirtied_bytes = after.dirtied_bytes - before.dirtied_bytes,
          .cpu = after.cpu - before.cpu,
          .peak_memory = after.peak_memory};
}

// From each order's time to its arrival; returns how many never came.
std::uint64_t NoteDelays(Histogram& delays, const LoadResult& load, double rate,
                         const Arrivals& arrivals) {
  std::uint64_t missing = 0;
  for (std::uint64_t order = 0; order < load.sent; ++order) {
    const nanoseconds came = arrivals.came().at(order);
    if (came.count() == 0) {
      ++missing;
    } else {
      delays.Note(came - DueAt(load.began, rate, order));
    }
  }
  return missing;
}

}  // namespace

Bare MeasureBare(const Bench& bench, seconds duration) {
  const WorkFolder folder(bench.parent);
  Child child(
      {bench.bare, "0", folder.path() + "/bare.log", bench.source.url(), bench.source.app_secret},
      folder.path() + "/log");
  const std::uint16_t port = child.WaitForPort();
  const ChildUsage before = child.usage();
  Bare result;
  result.load =
      RunLoad(bench.orders, {.port = port, .connections = bench.connections, .duration = duration});
  result.usage = Since(before, child.usage());
  if (!result.load.clean())
    throw std::runtime_error("the bare ceiling does not answer every order");
  (void)child.Stop(kEndsWithin);
  return result;
}

Sustained MeasureSustained(const Bench& bench, seconds duration) {
  const SystemClock clock;
  Gateway gateway(bench.weir, bench.parent, bench.source);
  const ChildUsage before = gateway.child().usage();
  Sustained result;
  result.load =
      RunLoad(bench.orders,
              {.port = gateway.port(), .connections = bench.connections, .duration = duration});
  result.in_feed = gateway.client().AwaitFeed(result.load.Of(200));
  const nanoseconds done = clock.Monotonic();
  result.per_second = static_cast<double>(result.in_feed) /
                      std::chrono::duration<double>(done - result.load.began).count();
  result.fold_tail = done - result.load.ended;
  result.usage = Since(before, gateway.child().usage());
  result.disk = UseOf(gateway.data_folder());
  result.feed = ReadFeed(gateway.port(), kBenchKey, kFeedReading);
  result.ended_well = gateway.child().Stop(kEndsWithin);
  return result;
}

Latency MeasureLatency(const Bench& bench, double rate, seconds duration) {
  const auto count = static_cast<std::uint64_t>(rate * static_cast<double>(duration.count())) + 1;
  Endpoint endpoint(count);
  Gateway gateway(bench.weir, bench.parent, bench.source, endpoint.Subscription());
  FeedFollower follower(gateway.port(), kBenchKey, 0, count);
  Latency result;
  result.rate = rate;
  result.load = RunLoad(bench.orders, {.port = gateway.port(),
                                       .connections = bench.connections,
                                       .duration = duration,
                                       .rate = rate});
  follower.Finish(result.load.Of(200), kFollowerGrace);
  result.failure = follower.failure();
  endpoint.Finish(result.load.Of(200), kFollowerGrace);
  result.missing = NoteDelays(result.to_feed, result.load, rate, follower.arrivals()) +
                   NoteDelays(result.to_callback, result.load, rate, endpoint.arrivals());
  result.ended_well = gateway.child().Stop(kEndsWithin);
  return result;
}

}  // namespace weir::app::bench
