// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/client.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "connectors/meituan/envelope.hpp"
#include "connectors/meituan/signer.hpp"
#include "connectors/reasons.hpp"
#include "mapping/json.hpp"
#include "mapping/json_pieces.hpp"
#include "mapping/meituan/map.hpp"
#include "mapping/meituan/menus.hpp"
#include "mapping/pages.hpp"

namespace weir::connectors::meituan {
namespace {

constexpr std::chrono::seconds kTimeout{10};
/// protocol §1.10 and §1.9.
constexpr std::size_t kReviewsPerPage = 20;
constexpr std::size_t kFoodsPerPage = 200;
/// No shop sells so much: a list that does not end is broken.
constexpr std::size_t kMostFoods = 20'000;

/// Protocol §1.4, "App to Meituan".
constexpr std::array kRefusals{
    ReasonCode{reason::kTooBusy, "2008"},      ReasonCode{reason::kSoldOut, "2009"},
    ReasonCode{reason::kOutOfRange, "2010"},   ReasonCode{reason::kClosed, "2011"},
    ReasonCode{reason::kWrongContact, "2012"},
};
constexpr std::string_view kOtherReason = "2007";

/// Protocol §1.6, of ecommerce/order/logistics/sync; empty for what Meituan has no word for.
std::string_view LogisticsStatus(model::ShipmentStatus status) {
  switch (status) {
    case model::ShipmentStatus::kAssigned:
      return "10";
    case model::ShipmentStatus::kAtPickup:
      return "15";
    case model::ShipmentStatus::kPickedUp:
      return "20";
    case model::ShipmentStatus::kDelivered:
      return "40";
    case model::ShipmentStatus::kCancelled:
    case model::ShipmentStatus::kFailed:
      return "100";
    default:
      return {};
  }
}

/// Meituan's numbers of couriers, recalled; the last is "others".
std::string_view ProviderOf(std::string_view courier) {
  if (courier == "sf_city" || courier == "sf_express") return "10001";
  return courier == "dada" ? "10002" : "10017";
}

Result<std::size_t> OffsetOf(const std::string& cursor) {
  const auto offset = cursor.empty() ? std::optional<std::uint64_t>(0) : ParseUint(cursor);
  if (!offset) return Fail(ErrorKind::kRejected, "The cursor is none of this list.");
  return static_cast<std::size_t>(*offset);
}

/// One item of an answer, as it stands there.
PulledItem PieceOf(const PulledItem& answer, std::string topic, std::string_view piece) {
  return {.dialect = answer.dialect,
          .topic = std::move(topic),
          .payload = std::string(piece),
          .asked_at = answer.asked_at};
}

std::string ShopTopic(std::string_view name, std::string_view platform_shop) {
  return fmt::format("{}?app_poi_code={}", name, PercentEncode(platform_shop));
}

/// The member of an answer's data, as text; kMalformed without one.
Result<std::string> DataOf(const PulledItem& answer, const char* name) {
  const auto document = mapping::JsonDocument::Parse(answer.payload);
  if (!document) return std::unexpected(document.error());
  simdjson::dom::element element;
  if (document->root()["data"][name].get(element) != simdjson::SUCCESS) {
    return Fail(ErrorKind::kMalformed, fmt::format("Meituan's answer has no {}.", name));
  }
  return std::string(mapping::Value(element).text());
}

}  // namespace

std::string DayOf(Instant at) {
  const std::chrono::year_month_day day(
      std::chrono::floor<std::chrono::days>(at + Zone::China().offset()));
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

Client::Client(Credentials credentials, net::Transport& transport, const Clock& clock)
    : credentials_(std::move(credentials)), transport_(transport), clock_(clock) {}

boost::asio::awaitable<Result<PulledItem>> Client::GetOrder(std::string platform_order_id) {
  Parameters parameters{{"order_id", std::move(platform_order_id)}, {"is_mt_logistics", "1"}};
  co_return co_await Get("order/getOrderDetail", std::move(parameters));
}

boost::asio::awaitable<Result<PulledPage>> Client::ListReviews(std::string platform_shop,
                                                               Window window, std::string cursor) {
  const auto offset = OffsetOf(cursor);
  if (!offset) co_return std::unexpected(offset.error());
  const Instant today =
      std::chrono::floor<std::chrono::days>(clock_.Now() + Zone::China().offset()) -
      Zone::China().offset();
  const Instant last = std::min(window.to, today) - std::chrono::milliseconds(1);
  if (last < window.from) co_return PulledPage{};
  const auto answer =
      co_await Get("comment/query", {{"app_poi_code", platform_shop},
                                     {"start_time", DayOf(window.from)},
                                     {"end_time", DayOf(last)},
                                     {"pageoffset", fmt::format("{}", *offset)},
                                     {"pagesize", fmt::format("{}", kReviewsPerPage)},
                                     {"replyStatus", "-1"}});
  if (!answer) co_return std::unexpected(answer.error());
  PulledPage page;
  for (const std::string_view review : mapping::ElementsOf(answer->payload, "data")) {
    page.items.push_back(PieceOf(*answer, ShopTopic(answer->topic, platform_shop), review));
  }
  if (!page.items.empty()) page.next = fmt::format("{}", *offset + page.items.size());
  co_return page;
}

boost::asio::awaitable<Result<std::int64_t>> Client::LastOfDay(std::string platform_shop) {
  const auto answer =
      co_await Get("order/getOrderDaySeq", {{"app_poi_code", std::move(platform_shop)}});
  if (!answer) co_return std::unexpected(answer.error());
  const auto text = DataOf(*answer, "day_seq");
  if (!text) co_return std::unexpected(text.error());
  const auto number = ParseInt(*text);
  if (!number) co_return Fail(ErrorKind::kMalformed, "Meituan's day_seq is no number.");
  co_return *number;
}

boost::asio::awaitable<Result<std::string>> Client::OrderOfDay(std::string platform_shop,
                                                               std::string day,
                                                               std::int64_t number) {
  const auto answer =
      co_await Get("order/getOrderIdByDaySeq", {{"app_poi_code", std::move(platform_shop)},
                                                {"date_time", std::move(day)},
                                                {"day_seq", fmt::format("{}", number)}});
  if (!answer) co_return std::unexpected(answer.error());
  co_return DataOf(*answer, "order_id");
}

boost::asio::awaitable<Result<PulledItem>> Client::ReadMenu(std::string platform_shop) {
  const auto categories = co_await Get("foodCat/list", {{"app_poi_code", platform_shop}});
  if (!categories) co_return std::unexpected(categories.error());
  PulledItem menu{.dialect = std::string(mapping::kPagesDialect),
                  .topic = ShopTopic(mapping::meituan::kMenuTopic, platform_shop),
                  .payload = {},
                  .asked_at = categories->asked_at};
  mapping::AppendPage(menu.payload, categories->topic, categories->payload);
  for (std::size_t offset = 0; offset < kMostFoods;) {
    const auto page = co_await Get("food/list", {{"app_poi_code", platform_shop},
                                                 {"offset", fmt::format("{}", offset)},
                                                 {"limit", fmt::format("{}", kFoodsPerPage)}});
    if (!page) co_return std::unexpected(page.error());
    const std::size_t count = mapping::ElementsOf(page->payload, "data").size();
    if (count == 0) co_return menu;
    mapping::AppendPage(menu.payload, page->topic, page->payload);
    offset += count;
  }
  co_return Fail(ErrorKind::kMalformed, "Meituan's list of foods does not end.");
}

boost::asio::awaitable<Result<void>> Client::Accept(std::string platform_order_id) {
  return Act("order/confirm", {{"order_id", std::move(platform_order_id)}});
}

boost::asio::awaitable<Result<void>> Client::Refuse(std::string platform_order_id,
                                                    std::string reason) {
  const std::string code(CodeOf(reason, kRefusals, kOtherReason));
  return Act("order/cancel", {{"order_id", std::move(platform_order_id)},
                              {"reason_code", code},
                              {"reason", ReasonText(reason)}});
}

boost::asio::awaitable<Result<void>> Client::Ready(std::string platform_order_id) {
  return Act("order/preparationMealComplete", {{"order_id", std::move(platform_order_id)}});
}

boost::asio::awaitable<Result<void>> Client::DecideRefund(std::string platform_order_id,
                                                          std::string /*refund_id*/, bool approve,
                                                          std::string reason) {
  // Meituan wants a reason for either.
  const std::string text = approve && reason.empty() ? "同意退款" : ReasonText(reason);
  return Act(approve ? "order/refund/agree" : "order/refund/reject",
             {{"order_id", std::move(platform_order_id)}, {"reason", text}});
}

boost::asio::awaitable<Result<void>> Client::TellDelivery(DeliveryNews news) {
  const std::string_view status = LogisticsStatus(news.status);
  if (status.empty()) co_return Result<void>{};
  Parameters fields = {{"order_id", std::move(news.platform_order_id)},
                       {"third_carrier_order_id", std::move(news.shipment)},
                       {"courier_name", std::move(news.rider_name)},
                       {"courier_phone", std::move(news.rider_phone)},
                       {"logistics_provider_code", std::string(ProviderOf(news.courier))},
                       {"logistics_status", std::string(status)},
                       {"latitude", std::move(news.latitude)},
                       {"longitude", std::move(news.longitude)}};
  std::erase_if(fields, [](const auto& field) { return field.second.empty(); });
  co_return co_await Act("ecommerce/order/logistics/sync", std::move(fields));
}

boost::asio::awaitable<Result<void>> Client::Act(std::string path, Parameters parameters) {
  const auto answer = co_await Get(std::move(path), std::move(parameters));
  if (!answer) co_return std::unexpected(answer.error());
  co_return Result<void>{};
}

boost::asio::awaitable<Result<std::vector<std::string>>> Client::ListShops() {
  const auto answer = co_await Get("poi/getids", {});
  if (!answer) co_return std::unexpected(answer.error());
  const auto document = mapping::JsonDocument::Parse(answer->payload);
  if (!document) co_return std::unexpected(document.error());
  std::vector<std::string> shops;
  simdjson::dom::array codes;
  if (document->root()["data"].get(codes) == simdjson::SUCCESS) {
    for (const simdjson::dom::element code : codes) shops.emplace_back(mapping::Value(code).text());
  }
  co_return shops;
}

boost::asio::awaitable<Result<std::vector<PulledItem>>> Client::ReadShops(
    std::vector<std::string> platform_shops) {
  const auto answer = co_await Get(
      "poi/mget", {{"app_poi_codes", fmt::format("{}", fmt::join(platform_shops, ","))}});
  if (!answer) co_return std::unexpected(answer.error());
  std::vector<PulledItem> shops;
  for (const std::string_view shop : mapping::ElementsOf(answer->payload, "data")) {
    shops.push_back(PieceOf(*answer, answer->topic, shop));
  }
  co_return shops;
}

boost::asio::awaitable<Result<PulledItem>> Client::Get(std::string path, Parameters parameters) {
  PulledItem item;
  item.dialect = mapping::meituan::kJsonDialect;
  item.asked_at = clock_.Now();
  net::Request request;
  request.method = "GET";
  request.target = SignedUrl(path, std::move(parameters), item.asked_at);
  item.topic = std::move(path);
  auto response = co_await transport_.Send(std::move(request), kTimeout);
  if (!response) {
    co_return std::unexpected(std::move(response.error()));
  }
  if (auto checked = CheckEnvelope(*response); !checked) {
    co_return std::unexpected(std::move(checked.error()));
  }
  item.payload = std::move(response->body);
  co_return item;
}

std::string Client::SignedUrl(std::string_view path, Parameters parameters, Instant now) const {
  parameters.emplace_back("app_id", credentials_.app_id);
  parameters.emplace_back("timestamp", fmt::format("{}", UnixSeconds(now)));
  std::ranges::sort(parameters);
  std::vector<mapping::meituan::FormField> fields;
  fields.reserve(parameters.size());
  std::string url = fmt::format("{}/{}", credentials_.base_url, path);
  std::string target = url + "?";
  for (const auto& [name, value] : parameters) {
    fields.push_back({.name = name, .value = value});
    target += fmt::format("{}={}&", name, PercentEncode(value));
  }
  return target + "sig=" + ToHex(Sign(url, fields, credentials_.app_secret));
}

}  // namespace weir::connectors::meituan
