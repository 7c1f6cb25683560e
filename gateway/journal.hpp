// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/json_writer.hpp"
#include "gateway/call.hpp"
#include "gateway/writing.hpp"

namespace weir::gateway {

/// GET /v1/journal, /v1/journal/{position}, POST /v1/journal/{position}/redrive. All outlive them.
[[nodiscard]] std::vector<EndpointRow> JournalEndpoints(storage::Storage& storage, Writing writing,
                                                        const Clock& clock);

/// An entry by its position's text. kNotFound when it is none, is not kept, or is another
/// merchant's.
boost::asio::awaitable<Result<storage::Entry>> FindEntry(storage::Storage& storage,
                                                         std::string merchant,
                                                         std::string position);

/// Appends the members `state`, and for one in quarantine `reason` and `detail`.
void AppendState(JsonWriter& json, bool folded,
                 const std::optional<storage::QuarantineRow>& parked);

/// Appends an old entry again, to be mapped by today's code, and answers what became of it.
boost::asio::awaitable<net::Response> RedriveEntry(storage::Storage& storage, Writing writing,
                                                   const Clock& clock, Call call);

}  // namespace weir::gateway
