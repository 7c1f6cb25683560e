// SPDX-License-Identifier: Apache-2.0
#include "gateway/shipments.hpp"

#include <utility>

#include "gateway/records.hpp"
#include "model/words.hpp"

namespace weir::gateway {
namespace {

Result<storage::ListQuery> ReadShipmentQuery(const Call& call) {
  auto query = ReadListQuery(call, storage::RecordKind::kShipment, "created");
  if (!query) return query;
  query->number = call.query.Text("order");
  query->display = call.query.Text("platform_no");
  query->status = call.query.Text("status");
  if (!query->status.empty() && !model::ParseShipmentStatus(query->status)) {
    return InvalidParameter("status", "a shipment status, e.g. assigned");
  }
  return query;
}

boost::asio::awaitable<net::Response> List(storage::Storage& storage, Call call) {
  auto query = ReadShipmentQuery(call);
  return ListRecords(storage, std::move(call), std::move(query));
}

boost::asio::awaitable<net::Response> Get(storage::Storage& storage, Call call) {
  const auto record = co_await storage.ReadPublished(storage::RecordKind::kShipment, call.merchant,
                                                     call.path.at(0));
  co_return record ? ShowRecord(call, *record, "no such shipment") : Refuse(call, record.error());
}

}  // namespace

std::vector<EndpointRow> ShipmentEndpoints(storage::Storage& storage) {
  return {
      {"GET",
       "/v1/shipments",
       Scope::kRead,
       {"store", "platform", "status", "order", "platform_no", "updated_after", "created_from",
        "created_to", "limit", "cursor"},
       [&storage](Call call) { return List(storage, std::move(call)); }},
      {"GET",
       "/v1/shipments/{id}",
       Scope::kRead,
       {},
       [&storage](Call call) { return Get(storage, std::move(call)); }},
  };
}

}  // namespace weir::gateway
