// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/config/config.hpp"
#include "gateway/keys.hpp"
#include "sync/start.hpp"

/// What the configuration file says, in the words of those who act on it.
namespace weir::app {

/// The settings it declares, by merchant. Without secrets: these stand in no entry.
[[nodiscard]] std::vector<sync::DeclaredSettings> Declared(const Config& config);

[[nodiscard]] std::vector<gateway::Key> KeysOf(const Config& config);

}  // namespace weir::app
