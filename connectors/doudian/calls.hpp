// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/secret.hpp"
#include "connectors/doudian/credentials.hpp"
#include "net/message.hpp"

namespace weir::connectors::doudian {

/// A signed call of the interface `method` ("order.searchList") in the connection's manner
/// (protocol B1). `param_json` is canonical; the bytes that are signed are those that are sent.
/// Without a token only tokens are asked for.
[[nodiscard]] net::Request CallOf(const Credentials& credentials, std::string_view method,
                                  std::string_view param_json, const Secret& token, Instant now);

}  // namespace weir::connectors::doudian
