// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/config/config.hpp"
#include "gateway/callbacks.hpp"
#include "gateway/metrics.hpp"
#include "storage/storage.hpp"
#include "webhooks/callbacks/dispatcher.hpp"

/// Between the configuration, the dispatcher of callbacks and the API.
namespace weir::app {

/// Throws ConfigError when one is no signing secret.
[[nodiscard]] webhooks::FileSecrets FileSecretsOf(const Config& config);
[[nodiscard]] webhooks::CallbackOptions CallbackOptionsOf(const Config& config);

/// How each subscription does. Both outlive the source.
[[nodiscard]] gateway::MetricSource CallbackMetrics(const webhooks::Dispatcher& dispatcher,
                                                    const storage::Storage& storage);

/// What the API asks and does about callbacks. All of it outlives the parts.
[[nodiscard]] gateway::CallbackParts CallbackPartsOf(webhooks::Dispatcher& dispatcher,
                                                     storage::CallbackLog& log,
                                                     const storage::Storage& storage);

}  // namespace weir::app
