// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/connections.hpp"
#include "base/clock.hpp"
#include "gateway/connections.hpp"
#include "gateway/metrics.hpp"
#include "webhooks/pushes/hooks.hpp"

/// How connections fare: what their calls and their pushes have shown, for the API and the metrics.
namespace weir::app {

/// Everything outlives what it gives.
[[nodiscard]] gateway::StandingNow StandingOf(const ConnectionTable& connections,
                                              const webhooks::PushHooks& hooks, const Clock& clock);
[[nodiscard]] gateway::MetricSource ConnectionMetrics(const ConnectionTable& connections,
                                                      const webhooks::PushHooks& hooks,
                                                      const Clock& clock);

}  // namespace weir::app
