// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"
#include "net/message.hpp"

namespace weir::connectors::douyin {

/// Whether an answer is a success (protocol A2): HTTP 200 is said of failures, too. It is one when
/// neither `data` nor `extra` holds an error's code; kMalformed when there is no `data`.
[[nodiscard]] Result<void> CheckAnswer(const net::Response& response);

}  // namespace weir::connectors::douyin
