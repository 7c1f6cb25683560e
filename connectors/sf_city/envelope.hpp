// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "net/message.hpp"

namespace weir::connectors::sf_city {

/// What a connector must know of an answer that says yes.
struct Verdict {
  bool names_number = false;                      ///< The merchant's number stands in the result.
  std::string order_status;                       ///< Of a state; else empty.
  std::optional<std::string> total_gratuity_fee;  ///< Of a tip, as it is written.
};

/// Reads an answer of the API (protocol §2.1): `{"error_code", "error_msg", "error_data",
/// "result"}`. Failures come as HTTP 200 too. kMalformed when it is none of SF's answers.
[[nodiscard]] Result<Verdict> ReadAnswer(const net::Response& response);

}  // namespace weir::connectors::sf_city
