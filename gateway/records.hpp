// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/call.hpp"
#include "storage/storage.hpp"

/// How published records are listed and shown.
namespace weir::gateway {

/// What lists of records have in common: `store`, `platform`, `updated_after`, `limit` and
/// `cursor`, and, where `sorted` names the time they run by ("placed"), `placed_from` and
/// `placed_to`. kRejected when one is not valid.
[[nodiscard]] Result<storage::ListQuery> ReadListQuery(const Call& call, storage::RecordKind kind,
                                                       const std::string& sorted = {});

/// A page of records as this caller may see them, or what is wrong with the query.
boost::asio::awaitable<net::Response> ListRecords(storage::Storage& storage, Call call,
                                                  Result<storage::ListQuery> query);

/// One record with its ETag, 304 when the caller has it, 404 with `missing` when there is none.
[[nodiscard]] net::Response ShowRecord(const Call& call,
                                       const std::optional<storage::Published>& record,
                                       std::string_view missing);

}  // namespace weir::gateway
