// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/order_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/text.hpp"

namespace weir::connectors::meituan {
namespace {

constexpr std::int64_t kNumbersPerPage = 20;
/// No shop sells so much in a day: a number beyond is broken.
constexpr std::int64_t kMostNumbers = 20'000;

/// What is left of a day: its numbers from `next` to `last`, as "20231115/21/57".
struct Rest {
  std::string day;
  std::int64_t next = 1;
  std::int64_t last = 0;

  [[nodiscard]] static std::optional<Rest> Parse(std::string_view text) {
    const std::size_t first = text.find('/');
    const std::size_t second = text.rfind('/');
    if (first == std::string_view::npos || first == second) return std::nullopt;
    const auto next = ParseInt(text.substr(first + 1, second - first - 1));
    const auto last = ParseInt(text.substr(second + 1));
    if (!next || !last || *next < 1) return std::nullopt;
    return Rest{.day = std::string(text.substr(0, first)), .next = *next, .last = *last};
  }
  [[nodiscard]] std::string text() const { return fmt::format("{}/{}/{}", day, next, last); }
};

}  // namespace

boost::asio::awaitable<Result<PulledPage>> OrderList::ListOrders(std::string platform_shop,
                                                                 Window window,
                                                                 std::string cursor) {
  auto rest =
      cursor.empty() ? std::optional<Rest>({.day = DayOf(clock_.Now())}) : Rest::Parse(cursor);
  if (!rest) co_return Fail(ErrorKind::kRejected, "The cursor is none of this list.");
  if (rest->day < DayOf(window.from) || rest->day > DayOf(window.to)) co_return PulledPage{};
  if (cursor.empty()) {
    const auto last = co_await client_->LastOfDay(platform_shop);
    if (!last) co_return std::unexpected(last.error());
    rest->last = *last;
  }
  if (rest->last > kMostNumbers) {
    co_return Fail(ErrorKind::kMalformed, "Meituan's day_seq is beyond all measure.");
  }
  PulledPage page;
  const std::int64_t end = std::min(rest->last + 1, rest->next + kNumbersPerPage);
  for (; rest->next < end; ++rest->next) {
    const auto id = co_await client_->OrderOfDay(platform_shop, rest->day, rest->next);
    // An order that is not paid for has a number, and nobody may read it.
    if (!id && id.error().kind == ErrorKind::kNotFound) continue;
    if (!id) co_return std::unexpected(id.error());
    auto order = co_await client_->GetOrder(*id);
    if (!order && order.error().kind == ErrorKind::kNotFound) continue;
    if (!order) co_return std::unexpected(order.error());
    page.items.push_back(*std::move(order));
  }
  if (rest->next <= rest->last) page.next = rest->text();
  co_return page;
}

}  // namespace weir::connectors::meituan
