// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace weir::app {

/// Logs go to standard error, one line per event: time, level, then key=value pairs.
/// Level: debug, info, warn, error or off.
void StartLogging(const std::string& level);

}  // namespace weir::app
