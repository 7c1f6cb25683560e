// SPDX-License-Identifier: Apache-2.0
#include "app/connection_standing.hpp"

#include <string>

namespace weir::app {
namespace {

double Seconds(std::chrono::milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

void AddHealth(gateway::MetricFamilies& families, const std::string& connection,
               const sync::ConnectionHealth::Report& report) {
  const auto count_calls = [&](std::string_view outcome, std::uint64_t count) {
    gateway::AddCounter(families, "weir_platform_calls_total",
                        "Calls to platforms, tokens included, by what came of them",
                        {{"connection", connection}, {"outcome", std::string(outcome)}},
                        static_cast<double>(count));
  };
  count_calls("ok", report.answered);
  for (const auto& [kind, count] : report.failed) count_calls(kind, count);
  for (const sync::Health health : sync::kHealths) {
    gateway::AddGauge(families, "weir_connection_state", "1: the health of the connection's calls",
                      {{"connection", connection}, {"state", std::string(Name(health))}},
                      health == report.health ? 1 : 0);
  }
  gateway::AddCounter(families, "weir_missed_by_push_total",
                      "Orders that a pull found and no push had told of",
                      {{"connection", connection}}, static_cast<double>(report.missed_by_push));
}

void AddPushes(gateway::MetricFamilies& families, const std::string& connection,
               const webhooks::PushCounters& counters, Instant now) {
  const gateway::Labels labels = {{"connection", connection}};
  gateway::AddCounter(families, "weir_hook_accepted_total", "Pushes answered ok", labels,
                      static_cast<double>(counters.accepted));
  gateway::AddCounter(families, "weir_hook_refused_total", "Pushes whose signature failed", labels,
                      static_cast<double>(counters.refused));
  const auto delays = counters.delays.Summarise(now);
  if (!delays) return;
  gateway::AddGauge(families, "weir_hook_skew_seconds",
                    "Our clock minus the pushes' timestamps, the least of the last ten minutes",
                    labels, Seconds(delays->least));
  gateway::AddGauge(families, "weir_hook_delay_p99_seconds",
                    "The same, of the slowest hundredth of the pushes", labels,
                    Seconds(delays->p99));
}

}  // namespace

gateway::StandingNow StandingOf(const ConnectionTable& connections,
                                const webhooks::PushHooks& hooks, const Clock& clock) {
  return [&connections, &hooks, &clock](const std::string& merchant, const std::string& id) {
    gateway::Standing standing;
    const auto reader = connections.FindReader(merchant, id);
    if (!reader) return standing;
    standing.calls = reader->health->Read();
    const auto counters = hooks.counters();
    if (const auto found = counters.find(id); found != counters.end()) {
      standing.pushes = found->second->delays.Summarise(clock.Now());
    }
    return standing;
  };
}

gateway::MetricSource ConnectionMetrics(const ConnectionTable& connections,
                                        const webhooks::PushHooks& hooks, const Clock& clock) {
  return [&connections, &hooks, &clock](gateway::MetricFamilies& families) {
    for (const auto& [connection, counters] : hooks.counters()) {
      AddPushes(families, connection, *counters, clock.Now());
    }
    // Ids of connections are unique across merchants.
    for (const auto& [key, reader] : *connections.readers()) {
      AddHealth(families, key.substr(key.find('/') + 1), reader->health->Read());
    }
  };
}

}  // namespace weir::app
