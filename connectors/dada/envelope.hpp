// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"
#include "net/message.hpp"

namespace weir::connectors::dada {

/// Whether an answer is a success: `code` 0 and `status` "success" (protocol §1.2). Failures come
/// as HTTP 200 too. kMalformed when it is none of Dada's answers.
[[nodiscard]] Result<void> CheckAnswer(const net::Response& response);

}  // namespace weir::connectors::dada
