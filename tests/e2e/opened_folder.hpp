// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace weir::e2e {

/// All that a stopped gateway's folder says to whoever has its keys, a line for each thing:
/// entries, records, changes, callbacks and refusals. Throws std::runtime_error when it cannot be
/// opened.
[[nodiscard]] std::vector<std::string> OpenedFolder(const std::string& folder);

}  // namespace weir::e2e
