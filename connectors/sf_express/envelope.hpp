// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"
#include "mapping/sf_express/answer.hpp"
#include "net/message.hpp"

namespace weir::connectors::sf_express {

/// An answer that says yes in both envelopes (protocol §1.5); failures come as HTTP 200 too. The
/// remote code of an error is the gateway's or the service's. kMalformed when it is none of SF
/// Express's answers.
[[nodiscard]] Result<mapping::sf_express::Answer> OpenAnswer(const net::Response& response);

}  // namespace weir::connectors::sf_express
