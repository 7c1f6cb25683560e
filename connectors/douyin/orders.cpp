// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/orders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "connectors/douyin/contacts.hpp"
#include "mapping/douyin/contacts.hpp"
#include "mapping/json.hpp"
#include "mapping/json_pieces.hpp"
#include "mapping/pages.hpp"

namespace weir::connectors::douyin {
namespace {

using mapping::ElementsOf;
using mapping::PieceOf;
using mapping::Value;

constexpr std::string_view kCertificates = "goodlife/v1/fulfilment/certificate/query";
constexpr std::string_view kCertificate = "goodlife/v1/fulfilment/certificate/get";
constexpr std::string_view kRecords = "goodlife/v1/fulfilment/certificate/verify_record/query";
/// An order's coupons are verified at once, or nearly: of more times the records are not read.
constexpr std::size_t kMostRecordTimes = 5;
constexpr std::int64_t kRecordsPerPage = 50;
constexpr std::string_view kDecrypt = "goodlife/v1/open/common_biz/crypto/decrypt/batch";
/// What one call decrypts (protocol A10).
constexpr std::size_t kMostCiphers = 50;
constexpr std::int64_t kPageSize = 50;
/// Beyond so many orders only a cursor leads on (protocol A2).
constexpr std::int64_t kMostByNumber = 10'000;

/// The text of a piece, whether it is written as text or as number.
std::string TextOf(std::string_view piece) {
  if (piece.empty()) return {};
  const auto document = mapping::JsonDocument::Parse(piece);
  return document ? std::string(Value(document->root()).text()) : std::string();
}

std::string IdOf(std::string_view order) {
  const std::string id = TextOf(PieceOf(order, "order_id"));
  return id.empty() ? TextOf(PieceOf(PieceOf(order, "order"), "order_id")) : id;
}

/// The shop the order names; empty when it names none.
std::string ShopOf(std::string_view order) {
  const std::string shop = TextOf(PieceOf(PieceOf(order, "poi"), "poi_id"));
  return shop.empty() ? TextOf(PieceOf(order, "poi_id")) : shop;
}

std::vector<std::string_view> OrdersIn(std::string_view answer) {
  return ElementsOf(PieceOf(answer, "data"), "orders");
}

/// The order's texts that may be encrypted.
std::vector<std::string> CiphersIn(std::string_view order) {
  std::vector<std::string> ciphers;
  for (const std::string_view contact : ElementsOf(order, "contacts")) {
    for (const char* name : {"name", "phone"}) {
      std::string text = TextOf(PieceOf(contact, name));
      if (mapping::douyin::MayBeEncrypted(text)) ciphers.push_back(std::move(text));
    }
  }
  return ciphers;
}

bool HasCertificates(std::string_view order) {
  return std::ranges::any_of(ElementsOf(order, "certificate"), [](std::string_view one) {
    return !TextOf(PieceOf(one, "certificate_id")).empty();
  });
}

/// The seconds at which the coupons of an answer were verified.
std::set<std::int64_t> VerifyTimesIn(std::string_view answer) {
  // Douyin's pages say seconds and milliseconds (protocol A9).
  constexpr std::int64_t kLeastMilliseconds = 100'000'000'000;
  std::set<std::int64_t> times;
  for (const std::string_view one : ElementsOf(PieceOf(answer, "data"), "certificates")) {
    const auto at = ParseInt(TextOf(PieceOf(PieceOf(one, "verify"), "verify_time")));
    if (at && *at > 0) times.insert(*at < kLeastMilliseconds ? *at : *at / 1000);
  }
  return times;
}

}  // namespace

boost::asio::awaitable<Result<PulledItem>> Orders::Find(std::string platform_order_id) {
  for (const std::string& query : options_.order_queries) {
    auto answer = co_await client_->Get(std::string(OrderQueryPath(query)),
                                        {{"account_id", client_->account_id()},
                                         {"order_id", platform_order_id},
                                         {"page_num", "1"},
                                         {"page_size", "1"},
                                         {"get_secret_number", "true"}});
    if (!answer && answer.error().kind != ErrorKind::kNotFound) {
      co_return answer;
    }
    if (!answer) continue;
    for (const std::string_view order : OrdersIn(answer->payload)) {
      if (IdOf(order) == platform_order_id) {
        answer->payload = std::string(order);
        co_return answer;
      }
    }
  }
  co_return Fail(ErrorKind::kNotFound, "Douyin knows no such order.");
}

boost::asio::awaitable<Result<PulledItem>> Orders::GetOrder(std::string platform_order_id) {
  auto order = co_await Find(platform_order_id);
  if (!order) co_return order;
  std::string pages;
  mapping::AppendPage(pages, order->topic, order->payload);
  const std::size_t alone = pages.size();
  if (auto added = co_await AddCertificates(platform_order_id, order->payload, pages); !added) {
    co_return std::unexpected(std::move(added.error()));
  }
  const std::string contacts = co_await DecryptContacts(order->payload);
  if (!contacts.empty()) mapping::AppendPage(pages, mapping::douyin::kContactsTopic, contacts);
  if (pages.size() > alone) {
    order->dialect = mapping::kPagesDialect;
    order->topic = "order?order_id=" + PercentEncode(platform_order_id);
    order->payload = std::move(pages);
  }
  co_return order;
}

boost::asio::awaitable<Result<void>> Orders::AddCertificates(std::string platform_order_id,
                                                             std::string order,
                                                             std::string& pages) {
  if (!HasCertificates(order)) co_return Result<void>{};
  const Arguments arguments{{"account_id", client_->account_id()}, {"order_id", platform_order_id}};
  auto coupons = co_await client_->Get(std::string(kCertificates), arguments);
  if (!coupons && !IsTransient(coupons.error().kind)) {
    // It tells of one coupon, which is all there is of most orders.
    coupons = co_await client_->Get(std::string(kCertificate), arguments);
  }
  if (coupons) {
    mapping::AppendPage(pages, coupons->topic, coupons->payload);
    co_await AddRecords(std::move(coupons->payload), ShopOf(order), pages);
    co_return Result<void>{};
  }
  // The order says enough without them; what passes is worth another try.
  if (IsTransient(coupons.error().kind)) co_return std::unexpected(std::move(coupons.error()));
  co_return Result<void>{};
}

boost::asio::awaitable<void> Orders::AddRecords(std::string answer, std::string platform_shop,
                                                std::string& pages) {
  if (platform_shop.empty()) co_return;
  std::size_t asked = 0;
  for (const std::int64_t at : VerifyTimesIn(answer)) {
    if (++asked > kMostRecordTimes) co_return;
    const auto records = co_await client_->Get(std::string(kRecords),
                                               {{"account_id", client_->account_id()},
                                                {"poi_ids", platform_shop},
                                                {"start_time", fmt::format("{}", at)},
                                                {"end_time", fmt::format("{}", at + 1)},
                                                {"cursor", "0"},
                                                {"size", fmt::format("{}", kRecordsPerPage)}});
    // No order is held back for them.
    if (!records) co_return;
    mapping::AppendPage(pages, records->topic + "?poi_ids=" + PercentEncode(platform_shop),
                        records->payload);
  }
}

boost::asio::awaitable<std::string> Orders::DecryptContacts(std::string order) {
  Arguments plain;
  std::vector<std::string> closed;
  for (std::string& cipher : CiphersIn(order)) {
    if (auto text = Decrypt(cipher, client_secret_)) {
      plain.emplace_back(std::move(cipher), *std::move(text));
    } else if (closed.size() < kMostCiphers) {
      closed.push_back(std::move(cipher));
    }
  }
  if (!closed.empty()) {
    const auto told = co_await AskToDecrypt(std::move(closed));
    plain.insert(plain.end(), told.begin(), told.end());
  }
  std::string page;
  if (plain.empty()) co_return page;
  JsonWriter json(page);
  json.BeginObject();
  for (const auto& [cipher, text] : plain) json.Member(cipher, text);
  json.EndObject();
  co_return page;
}

boost::asio::awaitable<Arguments> Orders::AskToDecrypt(std::vector<std::string> ciphers) {
  std::string body;
  JsonWriter json(body);
  json.BeginObject().Member("account_id", client_->account_id()).Key("cipher_texts").BeginArray();
  for (const std::string& cipher : ciphers) json.String(cipher);
  json.EndArray().EndObject();
  const auto answer = co_await client_->Post(std::string(kDecrypt), std::move(body), true);
  Arguments plain;
  // What cannot be read stays encrypted: an order is not held back for its contact.
  if (!answer) co_return plain;
  const std::string_view data = PieceOf(answer->payload, "data");
  for (const char* list : {"decrypt_infos", "decrypt_results", "results"}) {
    for (const std::string_view one : ElementsOf(data, list)) {
      std::string cipher = TextOf(PieceOf(one, "cipher_text"));
      std::string text = TextOf(PieceOf(one, "decrypt_text"));
      if (text.empty()) text = TextOf(PieceOf(one, "plain_text"));
      const bool asked = std::ranges::find(ciphers, cipher) != ciphers.end();
      if (asked && !text.empty()) plain.emplace_back(std::move(cipher), std::move(text));
    }
  }
  co_return plain;
}

boost::asio::awaitable<PulledItem> Orders::WithContacts(PulledItem order) {
  const std::string contacts = co_await DecryptContacts(order.payload);
  if (contacts.empty()) co_return order;
  std::string pages;
  mapping::AppendPage(pages, order.topic, order.payload);
  mapping::AppendPage(pages, mapping::douyin::kContactsTopic, contacts);
  order.dialect = mapping::kPagesDialect;
  order.topic = "order?order_id=" + PercentEncode(IdOf(order.payload));
  order.payload = std::move(pages);
  co_return order;
}

boost::asio::awaitable<Result<PulledPage>> Orders::ListOrders(std::string platform_shop,
                                                              Window window, std::string cursor) {
  const auto number = cursor.empty() ? std::optional<std::int64_t>(1) : ParseInt(cursor);
  const bool by_cursor = cursor.starts_with('@');
  if (!by_cursor && (!number || *number < 1)) {
    co_return Fail(ErrorKind::kRejected, "The cursor is none of this list.");
  }
  Arguments arguments{{"account_id", client_->account_id()},
                      {"page_size", fmt::format("{}", kPageSize)},
                      {"create_order_start_time", fmt::format("{}", UnixSeconds(window.from))},
                      {"create_order_end_time", fmt::format("{}", UnixSeconds(window.to))},
                      {"get_secret_number", "true"}};
  if (by_cursor) {
    arguments.emplace_back("cursor", cursor.substr(1));
  } else {
    arguments.emplace_back("page_num", fmt::format("{}", *number));
  }
  const auto answer = co_await client_->Get(
      std::string(OrderQueryPath(options_.order_queries.front())), std::move(arguments));
  if (!answer) co_return std::unexpected(answer.error());
  PulledPage page;
  const auto orders = OrdersIn(answer->payload);
  for (const std::string_view order : orders) {
    // Lists are of the account.
    const std::string shop = ShopOf(order);
    if (!shop.empty() && shop != platform_shop) continue;
    page.items.push_back(co_await WithContacts({.dialect = answer->dialect,
                                                .topic = answer->topic,
                                                .payload = std::string(order),
                                                .asked_at = answer->asked_at}));
  }
  if (orders.empty()) co_return page;
  const std::string_view data = PieceOf(answer->payload, "data");
  const std::string next = TextOf(PieceOf(data, "cursor"));
  if (by_cursor || (*number + 1) * kPageSize > kMostByNumber) {
    if (PieceOf(data, "has_more") == "false") co_return page;
    if (next.empty()) {
      co_return Fail(ErrorKind::kMalformed, "Douyin's list of orders gives no cursor.");
    }
    if ("@" + next != cursor) page.next = "@" + next;
  } else if (static_cast<std::int64_t>(orders.size()) == kPageSize) {
    page.next = fmt::format("{}", *number + 1);
  }
  co_return page;
}

}  // namespace weir::connectors::douyin
