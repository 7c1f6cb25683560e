// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "gateway/call.hpp"
#include "gateway/callbacks.hpp"
#include "gateway/connections.hpp"
#include "gateway/keys.hpp"
#include "gateway/metrics.hpp"
#include "gateway/readiness.hpp"
#include "gateway/refusals.hpp"
#include "gateway/writing.hpp"
#include "net/router.hpp"
#include "storage/refusals.hpp"
#include "storage/storage.hpp"
#include "sync/errands.hpp"

/// The canonical HTTP API.
namespace weir::gateway {

/// What the API stands on. All of it outlives the router.
struct ApiParts {
  storage::Storage& storage;
  storage::Refusals& refusals;
  const KeyRing& keys;
  Timer& timer;
  const Clock& clock;
  ReadinessNow readiness;
  RedriveRefusal redrive_refusal;
  CallbackParts callbacks;
  Random& random;
  UseSettings use_settings;
  CheckConnection check_connection;
  StandingNow standing;
  sync::FindOrderReader readers;
  std::vector<MetricSource> metrics;
};

/// Every call that takes a key: method, path, scope and parameters as openapi.json shows them.
[[nodiscard]] std::vector<EndpointRow> ApiEndpoints(const ApiParts& parts);

/// Adds every route of the API and the router's fallback.
void MountApi(net::Router& router, ApiParts parts);

/// The API's description, OpenAPI 3.1, JSON.
[[nodiscard]] std::string_view OpenApiDocument();

}  // namespace weir::gateway
