// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/call.hpp"
#include "storage/storage.hpp"

/// How published records are listed and shown.
namespace weir::gateway {

/// A list's `limit` and `cursor`, into `query`. kRejected when they are not valid.
[[nodiscard]] Result<void> ReadPaging(const Call& call, storage::ListQuery& query);

/// The parameter's time into `target`, when it is given.
[[nodiscard]] Result<void> ReadTime(const Call& call, const std::string& name,
                                    std::optional<Instant>& target);

/// A page of records as this caller may see them.
[[nodiscard]] net::Response ShowRecords(const Call& call, const storage::ListPage& page);

/// One record with its ETag, 304 when the caller has it, 404 with `missing` when there is none.
[[nodiscard]] net::Response ShowRecord(const Call& call,
                                       const std::optional<storage::Published>& record,
                                       std::string_view missing);

}  // namespace weir::gateway
