// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/call.hpp"
#include "gateway/writing.hpp"
#include "storage/refusals.hpp"

namespace weir::gateway {

/// Verifies a refused push again with today's secret and takes it in; `request` goes into the
/// entry's envelope. The text tells what became of
/// it: "stored" or "duplicate".
using RedriveRefusal = std::function<boost::asio::awaitable<Result<std::string>>(
    storage::Refusal refusal, std::string request)>;

/// GET /v1/refusals, POST /v1/refusals/{id}/redrive. All outlive them.
[[nodiscard]] std::vector<EndpointRow> RefusalEndpoints(storage::Storage& storage,
                                                        storage::Refusals& refusals,
                                                        RedriveRefusal redrive, Writing writing);

}  // namespace weir::gateway
