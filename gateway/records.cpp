// SPDX-License-Identifier: Apache-2.0
#include "gateway/records.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/json_writer.hpp"
#include "gateway/cursor.hpp"
#include "gateway/etag.hpp"
#include "model/masking.hpp"

namespace weir::gateway {
namespace {

Result<void> ReadPaging(const Call& call, storage::ListQuery& query) {
  const auto limit = call.query.Limit();
  if (!limit) return std::unexpected(limit.error());
  query.limit = *limit;
  if (call.query.Has("cursor")) {
    query.behind = DecodeCursor(call.query.Text("cursor"), call.query.Fingerprint(call.merchant));
    if (!query.behind) {
      return InvalidParameter("cursor", "the next_cursor of this list, with the same filters");
    }
  }
  return {};
}

Result<void> ReadTime(const Call& call, const std::string& name, std::optional<Instant>& target) {
  const auto at = call.query.Time(name);
  if (!at) return std::unexpected(at.error());
  target = *at;
  return {};
}

net::Response ShowRecords(const Call& call, const storage::ListPage& page) {
  net::Response response;
  std::string& body = response.body;
  body.append(R"({"data":[)");
  for (const storage::Published& record : page.records) {
    if (body.back() != '[') body.push_back(',');
    model::AppendRecord(body, record.json, call.personal());
  }
  body.append(R"(],"next_cursor":)");
  if (page.more && !page.records.empty()) {
    const storage::Published& last = page.records.back();
    JsonWriter(body).String(
        EncodeCursor({last.sorted_at, last.id}, call.query.Fingerprint(call.merchant)));
  } else {
    body.append("null");
  }
  body.push_back('}');
  return response;
}

}  // namespace

Result<storage::ListQuery> ReadListQuery(const Call& call, storage::RecordKind kind,
                                         const std::string& sorted) {
  storage::ListQuery query;
  query.kind = kind;
  query.merchant = call.merchant;
  query.store = call.query.Text("store");
  query.platform = call.query.Text("platform");
  for (const auto& [name, target] : {std::pair{std::string("updated_after"), &query.updated_after},
                                     {sorted + "_from", &query.sorted_from},
                                     {sorted + "_to", &query.sorted_to}}) {
    if (auto read = ReadTime(call, name, *target); !read) return std::unexpected(read.error());
  }
  if (auto read = ReadPaging(call, query); !read) return std::unexpected(read.error());
  return query;
}

boost::asio::awaitable<net::Response> ListRecords(storage::Storage& storage, Call call,
                                                  Result<storage::ListQuery> query) {
  if (!query) co_return Refuse(call, query.error());
  const auto page = co_await storage.List(*std::move(query));
  co_return page ? ShowRecords(call, *page) : Refuse(call, page.error());
}

net::Response ShowRecord(const Call& call, const std::optional<storage::Published>& record,
                         std::string_view missing) {
  if (!record) return Refuse(call, "not_found", missing);
  // A masked answer is another representation: it must not share the tag of the full one.
  const std::string tag =
      fmt::format("\"{}{}\"", record->version, call.personal() ? "" : "-masked");
  net::Response response;
  response.headers.Add("ETag", tag);
  if (MatchesEtag(call.request.headers.Find("If-None-Match"), tag)) {
    response.status = 304;
    return response;
  }
  model::AppendRecord(response.body, record->json, call.personal());
  return response;
}

}  // namespace weir::gateway
