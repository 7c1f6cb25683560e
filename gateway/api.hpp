// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/timer.hpp"
#include "gateway/call.hpp"
#include "gateway/keys.hpp"
#include "gateway/metrics.hpp"
#include "gateway/refusals.hpp"
#include "net/router.hpp"
#include "storage/refusals.hpp"
#include "storage/storage.hpp"

/// The canonical HTTP API.
namespace weir::gateway {

/// How ready the gateway is, for /readyz and in front of every call.
struct Readiness {
  bool ready = false;
  std::string_view status = "starting";  ///< "ready", "starting", "draining", "behind", "disk_full"
  std::uint64_t lag_entries = 0;
  std::uint64_t lag_ms = 0;
};

/// What the API stands on. All of it outlives the router.
struct ApiParts {
  storage::Storage& storage;
  storage::Refusals& refusals;
  const KeyRing& keys;
  Timer& timer;
  const Clock& clock;
  std::function<Readiness()> readiness;
  RedriveRefusal redrive_refusal;
  std::vector<MetricSource> metrics;
};

/// Adds every route of the API and the router's fallback.
void MountApi(net::Router& router, ApiParts parts);

/// The API's description, OpenAPI 3.1, JSON.
[[nodiscard]] std::string_view OpenApiDocument();

}  // namespace weir::gateway
