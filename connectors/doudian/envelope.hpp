// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"
#include "net/message.hpp"

namespace weir::connectors::doudian {

/// Whether an answer of the API brings data (protocol B3), in the new shape (`code` 10000) or the
/// legacy one (`err_no` 0); false when there are none. What was done in part is an answer too.
/// Failures come as HTTP 200. kMalformed when it is none of Doudian's answers.
[[nodiscard]] Result<bool> HasData(const net::Response& response);

}  // namespace weir::connectors::doudian
