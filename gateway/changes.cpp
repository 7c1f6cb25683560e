// SPDX-License-Identifier: Apache-2.0
#include "gateway/changes.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/json_writer.hpp"
#include "gateway/masking.hpp"
#include "gateway/problem.hpp"

namespace weir::gateway {
namespace {

constexpr std::uint64_t kMaxPage = 500;
constexpr std::uint64_t kDefaultPage = 100;
constexpr std::uint64_t kMaxWaitSeconds = 60;

boost::asio::awaitable<net::Response> ReadFeed(storage::Storage& storage, Call call) {
  auto after = call.query.Number("after", 0, 0, UINT64_MAX);
  auto limit = call.query.Number("limit", kDefaultPage, 1, kMaxPage);
  auto wait = call.query.Number("wait", 0, 0, kMaxWaitSeconds);
  for (const auto* number : {&after, &limit, &wait}) {
    if (!*number) co_return ProblemOfParameter(number->error(), call);
  }
  const std::uint64_t end = storage.FeedEnd(call.merchant);
  if (*after > end) {
    co_return Problem("invalid_parameter",
                      fmt::format("'after': the feed ends at {}; was the data folder set back?", end),
                      call.request.request_id);
  }
  if (*wait > 0 && *after == end) {
    co_await storage.WaitBeyond(call.merchant, *after, std::chrono::seconds(*wait));
  }
  auto page = co_await storage.ReadChanges(call.merchant, *after, *limit, call.query.List("types"));
  if (!page) co_return ProblemOf(page.error(), call.request.request_id);
  if (*after + 1 < page->first) {
    co_return Problem("cursor_expired",
                      fmt::format("the feed begins at {}; read the lists anew and follow from the "
                                  "Weir-Seq they answer",
                                  page->first),
                      call.request.request_id);
  }
  net::Response response;
  std::string& body = response.body;
  body.append(R"({"data":[)");
  for (const storage::ChangeRow& change : page->changes) {
    if (body.back() != '[') body.push_back(',');
    AppendChange(body, change, call.personal());
  }
  fmt::format_to(std::back_inserter(body), R"(],"next":{}}})", page->next);
  co_return response;
}

}  // namespace

void AppendChange(std::string& out, const storage::ChangeRow& change, bool personal) {
  JsonWriter(out)
      .BeginObject()
      .Member("seq", change.seq)
      .Member("id", change.Id())
      .Member("type", change.type)
      .Member("subject", change.subject)
      .Member("at", change.at)
      .Member("version", change.version)
      .Key("data")
      .Raw(personal ? std::string_view(change.data) : MaskRecord(change.data))
      .EndObject();
}

std::vector<EndpointRow> ChangeEndpoints(storage::Storage& storage) {
  return {{"GET",
           "/v1/changes",
           Scope::kRead,
           {"after", "limit", "wait", "types"},
           [&storage](Call call) { return ReadFeed(storage, std::move(call)); }}};
}

}  // namespace weir::gateway
