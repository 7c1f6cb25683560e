// SPDX-License-Identifier: Apache-2.0
#include "gateway/reviews.hpp"

#include <utility>

#include "gateway/records.hpp"

namespace weir::gateway {
namespace {

Result<storage::ListQuery> ReadListQuery(const Call& call) {
  storage::ListQuery query;
  query.kind = storage::RecordKind::kReview;
  query.merchant = call.merchant;
  query.store = call.query.Text("store");
  query.platform = call.query.Text("platform");
  if (call.query.Has("replied")) {
    const std::string replied = call.query.Text("replied");
    if (replied != "true" && replied != "false") {
      return InvalidParameter("replied", "true or false");
    }
    query.status = replied == "true" ? "replied" : "unreplied";
  }
  for (auto [name, target] : {std::pair{"updated_after", &query.updated_after},
                              {"posted_from", &query.sorted_from},
                              {"posted_to", &query.sorted_to}}) {
    if (auto read = ReadTime(call, name, *target); !read) return std::unexpected(read.error());
  }
  if (auto read = ReadPaging(call, query); !read) return std::unexpected(read.error());
  return query;
}

boost::asio::awaitable<net::Response> List(storage::Storage& storage, Call call) {
  auto query = ReadListQuery(call);
  if (!query) co_return Refuse(call, query.error());
  const auto page = co_await storage.List(std::move(*query));
  co_return page ? ShowRecords(call, *page) : Refuse(call, page.error());
}

boost::asio::awaitable<net::Response> Get(storage::Storage& storage, Call call) {
  const auto record =
      co_await storage.ReadPublished(storage::RecordKind::kReview, call.merchant, call.path.at(0));
  co_return record ? ShowRecord(call, *record, "no such review") : Refuse(call, record.error());
}

}  // namespace

std::vector<EndpointRow> ReviewEndpoints(storage::Storage& storage) {
  return {
      {"GET",
       "/v1/reviews",
       Scope::kRead,
       {"store", "platform", "replied", "updated_after", "posted_from", "posted_to", "limit",
        "cursor"},
       [&storage](Call call) { return List(storage, std::move(call)); }},
      {"GET",
       "/v1/reviews/{id}",
       Scope::kRead,
       {},
       [&storage](Call call) { return Get(storage, std::move(call)); }},
  };
}

}  // namespace weir::gateway
