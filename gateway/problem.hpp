// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "net/message.hpp"

namespace weir::gateway {

/// One kind of HTTP error, by its stable code. The list is closed: openapi.json shows the same.
struct ProblemKind {
  std::string_view code;
  unsigned status;
  std::string_view title;
};

[[nodiscard]] std::span<const ProblemKind> ProblemKinds();

/// An RFC 9457 problem document. `code` must be of the list. `detail` is one sentence for the
/// person who reads the log: never a secret, never personal data.
[[nodiscard]] net::Response Problem(std::string_view code, std::string_view detail,
                                    std::string_view request_id);

/// The problem an error is to the caller: the one its remote_code names when this module rejected
/// something, else by its kind. What is our own fault is logged here, and told without its inside.
[[nodiscard]] net::Response ProblemOf(const Error& error, std::string_view request_id);

/// The problem for what never became a call: 400, 404, 405, 408, 413, 431, 500, 503, 505.
[[nodiscard]] net::Response ProblemOfStatus(unsigned status, std::string_view why,
                                            std::string_view request_id);

}  // namespace weir::gateway
