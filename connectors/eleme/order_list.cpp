// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/order_list.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "mapping/json_pieces.hpp"

namespace weir::connectors::eleme {
namespace {

/// What getAllOrders takes at most (protocol §1.6).
constexpr std::int64_t kPageSize = 50;
constexpr std::int64_t kLastPage = 100;

/// Days since 1970 in Beijing.
std::int64_t DayOf(Instant at) {
  return std::chrono::floor<std::chrono::days>(at + Zone::China().offset())
      .time_since_epoch()
      .count();
}

/// "2023-11-15".
std::string DayText(std::int64_t day) {
  constexpr std::size_t kLength = 10;
  return ToRfc3339(Instant(std::chrono::days(day))).substr(0, kLength);
}

/// Where a list goes on: "<day>/<page>".
struct Place {
  std::int64_t day = 0;
  std::int64_t page = 1;

  [[nodiscard]] static std::optional<Place> Parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto day = ParseInt(text.substr(0, slash));
    const auto page = ParseInt(text.substr(slash + 1));
    if (!day || !page || *page < 1) return std::nullopt;
    return Place{.day = *day, .page = *page};
  }
  [[nodiscard]] std::string text() const { return fmt::format("{}/{}", day, page); }
};

}  // namespace

boost::asio::awaitable<Result<PulledPage>> OrderList::ListOrders(std::string platform_shop,
                                                                 Window window,
                                                                 std::string cursor) {
  const auto shop = ParseInt(platform_shop);
  if (!shop) co_return Fail(ErrorKind::kRejected, "A shop of Ele.me is a number.");
  const auto place = cursor.empty() ? std::optional<Place>({.day = DayOf(window.from), .page = 1})
                                    : Place::Parse(cursor);
  if (!place) co_return Fail(ErrorKind::kRejected, "The cursor is none of this list.");
  if (place->page > kLastPage) {
    co_return Fail(ErrorKind::kMalformed, "Ele.me's list of orders does not end.");
  }
  std::string params;
  JsonWriter(params)
      .BeginObject()
      .Member("shopId", *shop)
      .Member("pageNo", place->page)
      .Member("pageSize", kPageSize)
      .Member("date", DayText(place->day))
      .EndObject();
  const auto answer = co_await client_->Call("eleme.order.getAllOrders", std::move(params));
  if (!answer) co_return std::unexpected(answer.error());
  PulledPage page;
  for (const std::string_view order :
       mapping::ElementsOf(mapping::PieceOf(answer->payload, "result"), "list")) {
    page.items.push_back({.dialect = answer->dialect,
                          .topic = answer->topic,
                          .payload = fmt::format(R"({{"result":{}}})", order),
                          .asked_at = answer->asked_at});
  }
  if (!page.items.empty()) {
    page.next = Place{.day = place->day, .page = place->page + 1}.text();
  } else if (place->day < DayOf(window.to)) {
    page.next = Place{.day = place->day + 1, .page = 1}.text();
  }
  co_return page;
}

}  // namespace weir::connectors::eleme
