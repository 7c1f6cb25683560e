// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/config/config.hpp"
#include "base/error.hpp"
#include "connectors/connection.hpp"
#include "connectors/roles.hpp"
#include "sync/mappers.hpp"

/// The one place that knows every platform: a new one adds one line to the table in registry.cpp.
namespace weir::app {

/// The map of every platform.
[[nodiscard]] const sync::Mappers& PlatformMappers();

/// The keys of this platform's connections; nullopt when it is not supported.
[[nodiscard]] std::optional<PlatformKeys> KeysOfPlatform(const std::string& platform);

/// Makes the connector of a connection.
[[nodiscard]] Result<connectors::Connector> MakeConnector(
    const connectors::ConnectionOptions& options, const connectors::ConnectorParts& parts);

}  // namespace weir::app
