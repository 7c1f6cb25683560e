// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "simulators/form.hpp"

namespace weir::simulators::meituan {

/// The `sig` of waimaiopen (protocol notes 1.2): MD5, lower-case hex, over the URL without query,
/// '?', the raw "name=value" pairs sorted by name and joined by '&', and the app's secret. A field
/// named "sig" is left out; empty values stay.
[[nodiscard]] std::string Sign(std::string_view url, Fields fields, std::string_view secret);

}  // namespace weir::simulators::meituan
