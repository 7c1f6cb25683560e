// SPDX-License-Identifier: Apache-2.0
#include "gateway/changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "base/json_writer.hpp"
#include "model/masking.hpp"
#include "model/words.hpp"

namespace weir::gateway {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kMaxWaitSeconds = 60;
// How soon a waiting reader sees that the gateway is about to stop.
constexpr milliseconds kLookUp{1000};
// Room for what a change says beside its data.
constexpr std::size_t kHeadSize = 256;

/// What a reader asks of the feed.
struct FeedQuery {
  std::uint64_t after = 0;
  std::size_t limit = 0;
  std::chrono::seconds wait{};
  std::vector<std::string> types;
};

std::vector<std::string> MakeChangeTypes() {
  std::vector<std::string> types{
      "order.incomplete",      "order.delivery_changed",  "order.urged",      "order.amended",
      "order.updated",         "store.status_changed",    "store.updated",    "menu.updated",
      "connection.authorized", "connection.unauthorized", "review.created",   "review.updated",
      "shipment.created",      "shipment.status_changed", "shipment.updated", "shipment.alert",
      "command.applied",       "command.already_applied", "command.rejected", "command.unknown"};
  // An order enters the feed by `order.placed`, so none is said to go back to unpaid.
  for (auto status = model::OrderStatus::kPlaced; status <= model::OrderStatus::kCancelled;
       status = static_cast<model::OrderStatus>(std::to_underlying(status) + 1)) {
    types.push_back(fmt::format("order.{}", Name(status)));
  }
  for (auto status = model::RefundStatus::kApplied; status <= model::RefundStatus::kRefunded;
       status = static_cast<model::RefundStatus>(std::to_underlying(status) + 1)) {
    types.push_back(fmt::format("order.refund_{}", Name(status)));
  }
  std::ranges::sort(types);
  return types;
}

Result<FeedQuery> ReadFeedQuery(const Parameters& query) {
  const auto after = query.Number("after", 0, 0, UINT64_MAX);
  if (!after) return std::unexpected(after.error());
  const auto limit = query.Limit();
  if (!limit) return std::unexpected(limit.error());
  const auto wait = query.Number("wait", 0, 0, kMaxWaitSeconds);
  if (!wait) return std::unexpected(wait.error());
  auto types = query.List("types");
  if (!types) return std::unexpected(types.error());
  for (const std::string& type : *types) {
    if (!IsChangePattern(type)) {
      return InvalidParameter("types",
                              "types of changes or families of them, e.g. order.placed,"
                              "order.*; '" +
                                  type.substr(0, 64) + "' is none");
    }
  }
  return FeedQuery{*after, *limit, std::chrono::seconds(*wait), std::move(*types)};
}

/// One reader of one merchant's feed.
class FeedReader {
 public:
  FeedReader(storage::Storage& storage, const Clock& clock, const ReadinessNow& readiness,
             std::string merchant)
      : storage_(storage), clock_(clock), readiness_(readiness), merchant_(std::move(merchant)) {}

  /// The next page; when it is empty, as soon as it is not, or at the deadline. `seen` tells
  /// how far the feed reached for sure.
  boost::asio::awaitable<Result<storage::ChangesPage>> Next(FeedQuery query, std::uint64_t* seen) {
    const auto deadline = clock_.Monotonic() + query.wait;
    while (true) {
      *seen = storage_.FeedEnd(merchant_);
      if (query.after > *seen) co_return Ahead(*seen);
      auto page = co_await storage_.ReadChanges(merchant_, query.after, query.limit, query.types);
      if (page && query.after + 1 < page->first) co_return Expired(page->first);
      if (page) *seen = std::max(*seen, page->next);
      if (!page || !page->changes.empty()) co_return page;
      query.after = page->next;
      if (!co_await WaitBeyond(query.after, deadline)) co_return page;
    }
  }

 private:
  static std::unexpected<Error> Ahead(std::uint64_t end) {
    return InvalidParameter(
        "after",
        fmt::format("at most {}, where the feed ends; was the data folder set back?", end));
  }

  static std::unexpected<Error> Expired(std::uint64_t first) {
    return std::unexpected(
        Error{.kind = ErrorKind::kRejected,
              .message = fmt::format("the feed begins at {}; read the lists anew and follow from "
                                     "the Weir-Seq they answer",
                                     first),
              .remote_code = "cursor_expired"});
  }

  /// False when the time is up or the gateway is about to stop.
  boost::asio::awaitable<bool> WaitBeyond(std::uint64_t seq, std::chrono::nanoseconds deadline) {
    while (clock_.Monotonic() < deadline && !readiness_().leaving()) {
      if (storage_.FeedEnd(merchant_) > seq) co_return true;
      const auto left = std::chrono::ceil<milliseconds>(deadline - clock_.Monotonic());
      co_await storage_.WaitBeyond(merchant_, seq, std::min(left, kLookUp));
      const auto state = co_await boost::asio::this_coro::cancellation_state;
      if (state.cancelled() != boost::asio::cancellation_type::none) co_return false;
    }
    co_return false;
  }

  storage::Storage& storage_;
  const Clock& clock_;
  const ReadinessNow& readiness_;
  const std::string merchant_;
};

net::Response ShowPage(const storage::ChangesPage& page, bool personal) {
  net::Response response;
  std::string& body = response.body;
  std::size_t size = kHeadSize;
  for (const storage::ChangeRow& change : page.changes) size += change.data.size() + kHeadSize;
  body.reserve(size);
  body.append(R"({"data":[)");
  for (const storage::ChangeRow& change : page.changes) {
    if (body.back() != '[') body.push_back(',');
    AppendChange(body, change, personal);
  }
  fmt::format_to(std::back_inserter(body), R"(],"next":{}}})", page.next);
  return response;
}

boost::asio::awaitable<net::Response> ReadFeed(storage::Storage& storage, const Clock& clock,
                                               ReadinessNow readiness, Call call) {
  auto query = ReadFeedQuery(call.query);
  if (!query) co_return Refuse(call, query.error());
  FeedReader reader(storage, clock, readiness, call.merchant);
  std::uint64_t seen = 0;
  const auto page = co_await reader.Next(std::move(*query), &seen);
  if (!page) co_return Refuse(call, page.error());
  net::Response response = ShowPage(*page, call.personal());
  response.headers.Add("Weir-Seq", std::to_string(seen));
  co_return response;
}

}  // namespace

const std::vector<std::string>& ChangeTypes() {
  static const std::vector<std::string> kTypes = MakeChangeTypes();
  return kTypes;
}

bool IsChangePattern(std::string_view word) {
  if (word == "*") return true;
  const bool family = word.ends_with(".*");
  if (family) word.remove_suffix(1);
  return std::ranges::any_of(ChangeTypes(), [&](std::string_view type) {
    return family ? type.starts_with(word) : type == word;
  });
}

void AppendChange(std::string& out, const storage::ChangeRow& change, bool personal) {
  JsonWriter json(out);
  json.BeginObject()
      .Member("seq", change.seq)
      .Member("id", change.Id())
      .Member("type", change.type)
      .Member("subject", change.subject)
      .Member("at", change.at)
      .Member("version", change.version)
      .Key("data");
  model::AppendRecord(out, change.data, personal);
  out.push_back('}');
}

std::vector<EndpointRow> ChangeEndpoints(storage::Storage& storage, const Clock& clock,
                                         ReadinessNow readiness) {
  return {{"GET",
           "/v1/changes",
           Scope::kRead,
           {"after", "limit", "wait", "types"},
           [&storage, &clock, readiness = std::move(readiness)](Call call) {
             return ReadFeed(storage, clock, readiness, std::move(call));
           }}};
}

}  // namespace weir::gateway
