// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "net/message.hpp"

namespace weir::app::explain {

/// A push as somebody kept it: a raw HTTP request, a JSON object of `url`, `body` and perhaps
/// `method` and `headers`, or else the body alone, whose target then is empty. A line break at the
/// end is an editor's and left out, unless the request states its length. kMalformed says what was
/// expected.
[[nodiscard]] Result<net::Request> ReadCapture(std::string_view text);

/// Path and query of an absolute URL, or of what is a path already.
[[nodiscard]] std::string TargetOf(std::string_view url);

}  // namespace weir::app::explain
