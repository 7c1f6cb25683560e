// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/snapshot.hpp"

#include <chrono>

#include "simulators/douyin/signature.hpp"

namespace weir::simulators::douyin {
namespace {

std::string Degrees(std::int64_t micro) {
  constexpr std::int64_t kWhole = 1'000'000;
  std::string fraction = std::to_string(micro % kWhole);
  return std::to_string(micro / kWhole) + '.' + std::string(6 - fraction.size(), '0') + fraction;
}

std::int64_t SecondsOf(const std::optional<Instant>& at) { return at ? UnixSeconds(*at) : 0; }

void WriteHead(JsonWriter& json, const Order& order) {
  json.Key("order").BeginObject();
  WriteId(json, "order_id", order.id, order.style);
  json.Member("shop_number", order.paid ? std::to_string(order.day_seq) : std::string());
  json.Member("is_book", order.wanted ? 2 : 1);
  json.Member("is_self_deliver", order.fate.self_delivery ? 1 : 0).Member("remark", order.remark);
  WriteTime(json, "create_time", UnixSeconds(order.created), order.style);
  constexpr std::int64_t kEarliest = 1800;
  constexpr std::int64_t kLatest = 3000;
  const std::int64_t paid = UnixSeconds(order.paid.value_or(order.created));
  const auto [from, to] = order.wanted.value_or(std::pair(paid + kEarliest, paid + kLatest));
  json.Member("sys_expect_time", std::to_string(from) + '-' + std::to_string(to)).EndObject();
}

void WritePoi(JsonWriter& json, const Order& order) {
  json.Key("poi").BeginObject();
  WriteId(json, "poi_id", order.shop, order.style);
  json.Member("poi_name", "示例门店").EndObject();
}

/// The whole address is told only to a merchant who delivers.
void WriteReceiver(JsonWriter& json, const Order& order) {
  const Recipient& whom = order.recipient;
  const bool all = order.fate.self_delivery;
  json.Key("receiver_info").BeginObject();
  json.Member("receiver_name", all ? whom.name : whom.masked_name);
  json.Member("receiver_phone", whom.masked_phone).Member("secret_number", whom.secret_number);
  json.Member("receive_real_phone", whom.shows_phone ? whom.phone : std::string());
  json.Member("province", "上海市").Member("city", "上海市").Member("district", "浦东新区");
  json.Member("town", all ? "花木街道" : "");
  json.Member("location_address", all ? whom.address : std::string());
  json.Member("location_name", whom.building).Member("door_plate_num", all ? whom.door : "");
  json.Member("lat", all ? Degrees(whom.latitude) : std::string());
  json.Member("lng", all ? Degrees(whom.longitude) : std::string()).EndObject();
}

void WriteAmounts(JsonWriter& json, const Basket& basket) {
  constexpr Fen kOff = 7;
  const Fen origin = basket.origin() + (basket.breach == Breach::kOrigin ? kOff : 0);
  const Fen sale = basket.sale_price() + (basket.breach == Breach::kSalePrice ? kOff : 0);
  json.Key("amount_info").BeginObject();
  json.Member("origin_amount", origin).Member("pay_amount", basket.pay());
  json.Member("discount_amount", basket.discounts()).Member("sale_price", sale);
  json.Member("freight_pay_amount", basket.freight());
  json.Member("activities_fee_amount", basket.activities);
  json.Member("estimated_order_income", basket.income());
  json.Member("commission_amount", basket.commission()).EndObject();
}

void WritePart(JsonWriter& json, const Part& part, const Style& style) {
  json.BeginObject().Member("name", part.name).Member("count", part.count);
  WriteId(json, "product_id", std::to_string(part.product_id), style);
  json.Member("out_id", part.code).Member("sku_id", "-1").Member("out_sku_id", "-1");
  json.Member("unit", part.unit).Member("price", part.price).Key("sku_attr_list").BeginArray();
  for (const std::string& name : part.attributes) {
    json.BeginObject().Member("attr_name", name).EndObject();
  }
  json.EndArray().EndObject();
}

void WriteLine(JsonWriter& json, const Line& line, const Style& style) {
  const std::string id = std::to_string(line.product_id);
  json.BeginObject();
  WriteId(json, "product_id", id, style);
  json.Member("product_name", line.name);
  WriteId(json, "sku_id", id, style);
  json.Member("out_id", line.code).Member("num", line.count);
  json.Member("origin_amount", line.total()).Key("commodities").BeginArray();
  for (auto part = line.parts.begin(); part != line.parts.end();) {
    const std::string& group = part->group;
    json.BeginObject().Member("group_name", group).Key("items").BeginArray();
    for (; part != line.parts.end() && part->group == group; ++part) WritePart(json, *part, style);
    json.EndArray().EndObject();
  }
  json.EndArray().EndObject();
}

/// What the push and the queries have alike.
void WriteWhole(JsonWriter& json, const Order& order) {
  WriteHead(json, order);
  WritePoi(json, order);
  WriteReceiver(json, order);
  WriteAmounts(json, order.basket);
  json.Key("products").BeginArray();
  for (const Line& line : order.basket.lines) WriteLine(json, line, order.style);
  json.EndArray();
  WriteUnknown(json, UnixSeconds(order.created), order.style);
}

void WriteContact(JsonWriter& json, std::string_view name, std::string_view phone,
                  const Reader& reader) {
  json.Key("contacts").BeginArray().BeginObject();
  json.Member("name", Encrypt(name, reader.secret));
  json.Member("phone", Encrypt(phone, reader.secret)).EndObject().EndArray();
}

void WriteMerchant(JsonWriter& json, const Reader& reader) {
  json.Key("merchant_info").BeginObject().Member("account_id", reader.account);
  json.Member("account_name", "示例商家").EndObject();
}

struct Sums {
  Fen original = 0;
  Fen pay = 0;
  Fen receipt = 0;
};

void WriteSums(JsonWriter& json, const Sums& sums) {
  json.Member("original_amount", sums.original).Member("pay_amount", sums.pay);
  json.Member("receipt_amount", sums.receipt);
  json.Member("discount_amount", sums.original - sums.pay);
}

struct Times {
  std::int64_t created = 0;
  std::int64_t paid = 0;
  std::int64_t updated = 0;
};

void WriteTimes(JsonWriter& json, const Times& times, const Style& style) {
  WriteTime(json, "create_order_time", times.created, style);
  WriteTime(json, "pay_time", times.paid, style);
  WriteTime(json, "update_order_time", times.updated, style);
}

struct Item {
  std::string_view certificate;
  std::string_view id;
  int status = 0;
  Fen refunded = 0;
  std::int64_t refunded_at = 0;
  std::int64_t updated = 0;
};

void WriteItem(JsonWriter& json, const Item& item) {
  json.BeginObject().Member("certificate_id", item.certificate);
  json.Member("item_status", item.status).Member("item_update_time", item.updated);
  json.Member("order_item_id", item.id).Member("refund_amount", item.refunded);
  json.Member("refund_time", item.refunded_at).EndObject();
}

void WriteSku(JsonWriter& json, const CouponSale& sale, const Reader& reader) {
  json.Key("sku").BeginObject().Member("sku_id", sale.sku_id).Member("title", sale.sku_name);
  json.Member("third_sku_id", sale.sku_code).Member("account_id", reader.account);
  json.Member("groupon_type", 1).Member("market_price", sale.original_each);
  constexpr std::int64_t kLongAgo = 1'650'278'040;
  json.Member("sold_start_time", kLongAgo).EndObject();
}

void WriteCouponAmount(JsonWriter& json, const CouponSale& sale) {
  json.Key("amount").BeginObject().Member("original_amount", sale.original_each);
  json.Member("pay_amount", sale.pay_each).Member("merchant_ticket_amount", 0).EndObject();
}

}  // namespace

std::string PaidContent(const Order& order) {
  return ObjectText([&](JsonWriter& json) { WriteWhole(json, order); });
}

namespace {

std::string TakeawayJson(const Order& order, const Reader& reader) {
  return ObjectText([&](JsonWriter& json) {
    const Basket& basket = order.basket;
    WriteId(json, "order_id", order.id, order.style);
    json.Member("order_status", order.order_status()).Member("count", 1);
    WriteSums(json, {basket.origin(), basket.pay(), basket.income()});
    WriteTimes(json, {UnixSeconds(order.created), SecondsOf(order.paid), order.updated},
               order.style);
    WriteId(json, "poi_id", order.shop, order.style);
    WriteMerchant(json, reader);
    const Recipient& whom = order.recipient;
    WriteContact(json, whom.name, reader.secret_number ? whom.secret_number : whom.phone, reader);
    std::int64_t refunded_at = 0;
    for (const Refund& refund : order.refunds)
      refunded_at = refund.refunded_at.value_or(refunded_at);
    json.Key("certificate").BeginArray();
    WriteItem(json, {"", order.id, order.item_status(), SumRefunded(order.refunds), refunded_at,
                     order.updated});
    json.EndArray();
    WriteWhole(json, order);
  });
}

std::string CouponsJson(const Order& order, const Reader& reader, bool catering) {
  return ObjectText([&](JsonWriter& json) {
    constexpr int kGroupBuy = 21;
    const CouponSale& sale = *order.coupons;
    WriteId(json, "order_id", order.id, order.style);
    json.Member("order_type", kGroupBuy).Member("order_status", order.order_status());
    WriteId(json, "sku_id", sale.sku_id, order.style);
    json.Member("sku_name", sale.sku_name);
    json.Member("count", sale.count());
    WriteSums(json, {sale.original(), sale.pay(), sale.pay()});
    WriteTimes(json, {UnixSeconds(order.created), SecondsOf(order.paid), order.updated},
               order.style);
    WriteId(json, "poi_id", order.shop, order.style);
    WriteId(json, "intention_poi_id", sale.intended, order.style);
    WriteMerchant(json, reader);
    WriteContact(json, order.recipient.name, order.recipient.phone, reader);
    json.Key("certificate").BeginArray();
    for (const Certificate& each : sale.certificates) {
      WriteItem(json,
                {order.paid ? std::string_view(each.id) : "", each.item_id, order.item_status(each),
                 each.refunded ? sale.pay_each : 0, each.refunded.value_or(0), order.updated});
    }
    json.EndArray();
    if (catering) {
      json.Key("amount_info").BeginObject().Member("origin_amount", sale.original());
      json.Member("pay_amount", sale.pay());
      json.Member("discount_amount", sale.original() - sale.pay());
      json.Member("estimated_order_income", sale.pay()).EndObject();
    }
    WriteUnknown(json, UnixSeconds(order.created), order.style);
  });
}

}  // namespace

std::string OrderJson(const Order& order, const Reader& reader, bool catering) {
  return order.coupons ? CouponsJson(order, reader, catering) : TakeawayJson(order, reader);
}

std::string CertificateJson(const Order& order, const Certificate& certificate,
                            const Reader& reader, bool milliseconds) {
  constexpr int kUnused = 1;
  constexpr int kUsed = 2;
  const Style style{.milliseconds = milliseconds};
  return ObjectText([&](JsonWriter& json) {
    json.Member("encrypted_code", certificate.encrypted);
    json.Member("status", certificate.used() ? kUsed : kUnused);
    WriteCouponAmount(json, *order.coupons);
    WriteSku(json, *order.coupons, reader);
    WriteTime(json, "expire_time", UnixSeconds(order.created + kCouponLife), style);
    json.Member("code", certificate.code);
    if (certificate.used()) {
      const Verification& last = certificate.verifications.back();
      json.Key("verify").BeginObject().Member("can_cancel", false);
      json.Member("certificate_id", certificate.id).Member("verifier_unique_id", "开放平台API");
      json.Member("verify_id", last.id);
      WriteTime(json, "verify_time", UnixSeconds(last.at), style);
      json.Member("verify_type", last.type).EndObject();
    }
  });
}

std::string PreparedJson(const Order& order, const Certificate& certificate, const Reader& reader) {
  const CouponSale& sale = *order.coupons;
  return ObjectText([&](JsonWriter& json) {
    json.Member("encrypted_code", certificate.encrypted);
    json.Member("start_time", SecondsOf(order.paid));
    json.Member("expire_time", UnixSeconds(order.created + kCouponLife));
    json.Key("amount").BeginObject().Member("original_amount", sale.original_each);
    json.Member("list_market_amount", sale.original_each).Member("pay_amount", sale.pay_each);
    json.Member("coupon_pay_amount", sale.pay_each).Member("merchant_ticket_amount", 0);
    json.Member("payment_discount_amount", 0).Member("platform_discount_amount", 0).EndObject();
    WriteSku(json, *order.coupons, reader);
  });
}

std::string RecordJson(const Order& order, const Certificate& certificate,
                       const Verification& verification, const Reader& reader, Instant now) {
  constexpr int kValid = 1;
  constexpr int kCancelled = 2;
  return ObjectText([&](JsonWriter& json) {
    json.Member("cursor", verification.id).Member("verify_id", verification.id);
    json.Member("certificate_id", certificate.id);
    json.Member("verify_time", UnixSeconds(verification.at));
    json.Member("can_cancel", !verification.cancelled && now - verification.at < kCancelWithin);
    json.Member("verify_type", verification.type);
    json.Member("status", verification.cancelled ? kCancelled : kValid);
    json.Member("cancel_time", SecondsOf(verification.cancelled));
    WriteCouponAmount(json, *order.coupons);
    WriteSku(json, *order.coupons, reader);
  });
}

}  // namespace weir::simulators::douyin
