// SPDX-License-Identifier: Apache-2.0
#include "app/bench/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string_view>

namespace weir::app::bench {
namespace {

using std::chrono::nanoseconds;

constexpr double kMedian = 0.5;
constexpr double kTail = 0.99;

double MedianOf(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

template <typename Rounds, typename Of>
double Median(const Rounds& rounds, const Of& of) {
  std::vector<double> values;
  values.reserve(rounds.size());
  for (const auto& round : rounds) values.push_back(of(round));
  return MedianOf(std::move(values));
}

double Ms(nanoseconds duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

double Seconds(nanoseconds duration) { return std::chrono::duration<double>(duration).count(); }

double Per(double total, std::uint64_t count) {
  return count == 0 ? 0 : total / static_cast<double>(count);
}

double ChangesPerSecond(const FeedReading& feed) {
  return feed.took.count() == 0 ? 0 : static_cast<double>(feed.changes) / Seconds(feed.took);
}

void Line(std::string& text, std::string_view what, std::string_view value,
          std::string_view bounds = "") {
  fmt::format_to(std::back_inserter(text), "  {:<44}{:>14}  {}\n", what, value, bounds);
}

std::string Statuses(const LoadResult& load) {
  std::string text;
  for (const auto& [status, count] : load.statuses) text += fmt::format("{} x {}, ", status, count);
  return text + fmt::format("{} lost, {} sent", load.lost, load.sent);
}

std::string Percentiles(const Histogram& histogram) {
  return fmt::format("p50 {:.2f}, p99 {:.2f}, longest {:.1f} ms", Ms(histogram.Within(kMedian)),
                     Ms(histogram.Within(kTail)), Ms(histogram.longest()));
}

double CpuPerPush(const LoadResult& load, const ChildUsage& usage) {
  return Per(std::chrono::duration<double, std::micro>(usage.cpu).count(), load.sent);
}

void AppendRatios(std::string& text, const Findings& findings) {
  if (findings.bare.empty() || findings.sustained.empty()) return;
  const auto ratio = [&findings](const auto& of_weir, const auto& of_bare) {
    return fmt::format("{:.3f}",
                       Median(findings.sustained, of_weir) / Median(findings.bare, of_bare));
  };
  Line(text, "sustained, in the feed / bare ceiling",
       ratio([](const Sustained& weir) { return weir.per_second; },
             [](const Bare& bare) { return bare.load.per_second(); }),
       "accept 0.35, goal 0.55");
  const auto tail = [](const auto& round) { return Ms(round.load.answers.Within(kTail)); };
  Line(text, "answer p99 / bare ceiling's", ratio(tail, tail));
  const auto cpu = [](const auto& round) { return CpuPerPush(round.load, round.usage); };
  Line(text, "processor time per push / bare ceiling's", ratio(cpu, cpu));
}

void AppendSustained(std::string& text, const Sustained& round) {
  const std::uint64_t pushes = round.load.sent;
  const auto whole = [pushes](std::uint64_t bytes) {
    return Per(static_cast<double>(bytes), pushes);
  };
  Line(text, "weir, in the feed", fmt::format("{:.0f}/s", round.per_second),
       fmt::format("answered {:.0f}/s, the feed {:.1f} ms later", round.load.per_second(),
                   Ms(round.fold_tail)));
  Line(text, "  answer p99", fmt::format("{:.2f} ms", Ms(round.load.answers.Within(kTail))),
       "accept 10; " + Percentiles(round.load.answers));
  Line(text, "  processor time per push",
       fmt::format("{:.1f} us", CpuPerPush(round.load, round.usage)),
       fmt::format("peak memory {:.0f} MB", static_cast<double>(round.usage.peak_memory) / 1e6));
  Line(text, "  bytes on disk per push", fmt::format("{:.0f}", whole(round.disk.total())),
       fmt::format(
           "accept 1500, goal 800; journal {:.0f}, view {:.0f}, its log {:.0f}, other {:.0f}",
           whole(round.disk.journal), whole(round.disk.view), whole(round.disk.write_ahead),
           whole(round.disk.other)));
  Line(text, "  bytes written per push", fmt::format("{:.0f}", whole(round.usage.written_bytes)),
       fmt::format("in pages made dirty: {:.0f}", whole(round.usage.dirtied_bytes)));
  Line(text, "  change feed, pages of 500", fmt::format("{:.0f}/s", ChangesPerSecond(round.feed)),
       fmt::format("accept 100000, goal 300000; {} changes of {:.0f} bytes", round.feed.changes,
                   Per(static_cast<double>(round.feed.bytes), round.feed.changes)));
}

void AppendLatency(std::string& text, const Latency& latency) {
  Line(text, fmt::format("push -> feed p99 at {:.0f}/s", latency.rate),
       fmt::format("{:.2f} ms", Ms(latency.to_feed.Within(kTail))),
       "accept 10, goal 5; " + Percentiles(latency.to_feed));
  Line(text, fmt::format("push -> callback p99 at {:.0f}/s", latency.rate),
       fmt::format("{:.2f} ms", Ms(latency.to_callback.Within(kTail))),
       "accept 25, goal 10; " + Percentiles(latency.to_callback));
  Line(text, fmt::format("answer p99 at {:.0f}/s", latency.rate),
       fmt::format("{:.2f} ms", Ms(latency.load.answers.Within(kTail))),
       Percentiles(latency.load.answers));
}

void AppendReads(std::string& text, std::string_view what, const Histogram& few,
                 const Histogram& many) {
  const double ratio = Ms(many.Within(kMedian)) / Ms(few.Within(kMedian));
  const double tail = Ms(many.Within(kTail)) / Ms(few.Within(kTail));
  Line(text, fmt::format("  {}, many / few", what), fmt::format("{:.2f}", ratio),
       fmt::format("accept 1.5; p99 {:.2f}; few: {}; many: {}", tail, Percentiles(few),
                   Percentiles(many)));
}

void AppendStored(std::string& text, const Stored& stored) {
  Line(text, "orders stored", fmt::format("{}", stored.many), fmt::format("few: {}", stored.few));
  Line(text, "  start after SIGKILL", fmt::format("{:.0f} ms", Ms(stored.start)),
       "accept 1000, goal 100");
  AppendReads(text, "one order", stored.of_few.single, stored.of_many.single);
  AppendReads(text, "list", stored.of_few.list, stored.of_many.list);
  AppendReads(text, "feed", stored.of_few.feed, stored.of_many.feed);
  Line(text, "  replay", fmt::format("{:.0f}/s", stored.replayed_per_second),
       "accept 40000, goal 100000");
}

void AppendFailures(std::string& text, const Findings& findings) {
  for (const Sustained& round : findings.sustained) {
    if (round.clean()) continue;
    Line(text, "FAILED: closed loop", "", Statuses(round.load));
    Line(text, "", "",
         fmt::format("{} in the feed; the gateway ended {}", round.in_feed,
                     round.ended_well ? "well" : "badly"));
  }
  if (findings.latency && !findings.latency->clean()) {
    const Latency& latency = *findings.latency;
    Line(text, "FAILED: open loop", "", Statuses(latency.load));
    Line(text, "", "",
         fmt::format("{} not in the feed or not at the endpoint; the gateway ended {} {}",
                     latency.missing, latency.ended_well ? "well" : "badly", latency.failure));
  }
  if (findings.stored && !findings.stored->clean()) {
    Line(text, "FAILED: many orders", "",
         fmt::format("all in the feed: {}; replay identical: {}", findings.stored->loaded,
                     findings.stored->identical));
  }
}

}  // namespace

bool Findings::clean() const {
  return std::ranges::all_of(bare, &LoadResult::clean, &Bare::load) &&
         std::ranges::all_of(sustained, &Sustained::clean) && (!latency || latency->clean()) &&
         (!stored || stored->clean());
}

std::string ReportText(const Findings& findings) {
  std::string text = "ratios\n";
  AppendRatios(text, findings);
  text += "absolute, on this machine\n";
  for (const Bare& round : findings.bare) {
    Line(text, "bare ceiling", fmt::format("{:.0f}/s", round.load.per_second()),
         fmt::format("{:.1f} us of processor time; {}", CpuPerPush(round.load, round.usage),
                     Percentiles(round.load.answers)));
  }
  for (const Sustained& round : findings.sustained) AppendSustained(text, round);
  if (findings.latency) AppendLatency(text, *findings.latency);
  if (findings.stored) AppendStored(text, *findings.stored);
  AppendFailures(text, findings);
  return text;
}

}  // namespace weir::app::bench
