// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"
#include "net/message.hpp"

namespace weir::connectors::eleme {

/// Whether an answer of the API brings a result (protocol §1.4); false when its result is null.
/// Failures come as HTTP 200 too: `{"result":null,"error":{"code","message"}}`. kMalformed when it
/// is none of Ele.me's answers.
[[nodiscard]] Result<bool> HasResult(const net::Response& response);

}  // namespace weir::connectors::eleme
