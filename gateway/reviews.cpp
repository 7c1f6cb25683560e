// SPDX-License-Identifier: Apache-2.0
#include "gateway/reviews.hpp"

#include <string>
#include <utility>

#include "gateway/records.hpp"
#include "model/review_facts.hpp"

namespace weir::gateway {
namespace {

/// As the column has it: two digits, so that texts compare as numbers.
Result<std::string> Rating(const Call& call, const char* name, model::Score absent) {
  const auto rating = call.query.Number(name, absent, model::kWorstScore, model::kBestScore);
  if (!rating) return std::unexpected(rating.error());
  return std::to_string(*rating);
}

Result<storage::ListQuery> ReadReviewQuery(const Call& call) {
  auto query = ReadListQuery(call, storage::RecordKind::kReview, "posted");
  if (!query) return query;
  if (call.query.Has("replied")) {
    const std::string replied = call.query.Text("replied");
    if (replied != "true" && replied != "false") {
      return InvalidParameter("replied", "true or false");
    }
    query->status = replied == "true" ? "replied" : "unreplied";
  }
  if (call.query.Has("rating_from") || call.query.Has("rating_to")) {
    auto from = Rating(call, "rating_from", model::kWorstScore);
    if (!from) return std::unexpected(from.error());
    auto to = Rating(call, "rating_to", model::kBestScore);
    if (!to) return std::unexpected(to.error());
    query->display_range = storage::TextRange{.from = *std::move(from), .to = *std::move(to)};
  }
  return query;
}

boost::asio::awaitable<net::Response> List(storage::Storage& storage, Call call) {
  auto query = ReadReviewQuery(call);
  return ListRecords(storage, std::move(call), std::move(query));
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
       {"store", "platform", "replied", "rating_from", "rating_to", "updated_after", "posted_from",
        "posted_to", "limit", "cursor"},
       [&storage](Call call) { return List(storage, std::move(call)); }},
      {"GET",
       "/v1/reviews/{id}",
       Scope::kRead,
       {},
       [&storage](Call call) { return Get(storage, std::move(call)); }},
  };
}

}  // namespace weir::gateway
