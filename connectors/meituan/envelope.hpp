// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"
#include "net/message.hpp"

namespace weir::connectors::meituan {

/// Whether `response` is an answer with data (protocol §1.3). Failures come as HTTP 200 too, in any
/// of three shapes: `{"data":"ng","error":{"code","msg"}}`, `result_code` above 2 with an error or
/// an error_list, or `code` and `msg` alone. kMalformed when it is none of Meituan's answers.
[[nodiscard]] Result<void> CheckEnvelope(const net::Response& response);

}  // namespace weir::connectors::meituan
