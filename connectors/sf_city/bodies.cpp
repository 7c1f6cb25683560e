// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/bodies.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace weir::connectors::sf_city {
namespace {

// What the fields of createorder hold (protocol §2.2).
constexpr std::size_t kLongestSource = 12;
constexpr std::size_t kLongestSequence = 12;
constexpr std::size_t kLongestRemark = 512;
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestAddress = 255;
/// Every optional field of the answer.
constexpr int kReturnAll = 511;
/// Ours are GCJ-02 always.
constexpr int kGaode = 2;
constexpr int kPaid = 1;
constexpr int kDeliverAt = 1;
constexpr int kPickUpAt = 2;

struct Source {
  std::string_view platform;
  std::string_view text;
};
/// `order_source`: SF's numbers for two of the selling platforms, a text for all others.
constexpr std::array kSources{
    Source{"meituan", "1"},    Source{"eleme", "2"}, Source{"douyin", "抖音"},
    Source{"doudian", "抖店"}, Source{"jd", "京东"}, Source{"wechat", "微信"},
};

std::string SourceOf(std::string_view platform) {
  if (platform.empty()) return "其他";
  const auto* const known = std::ranges::find(kSources, platform, &Source::platform);
  return known != kSources.end() ? std::string(known->text) : Shortened(platform, kLongestSource);
}

/// The whole address: what stands around it comes before it, unless it is part of it already.
std::string AddressOf(const ShipmentParty& party) {
  std::string before;
  for (const std::string* const part : {&party.province, &party.city, &party.district}) {
    if (!party.address.contains(*part) && !before.contains(*part)) before += *part;
  }
  return Shortened(before + party.address, kLongestAddress);
}

Result<std::int64_t> ProductTypeOf(const Credentials& credentials, const Consignment& consignment) {
  if (consignment.product.empty()) return credentials.product_type;
  const auto type = ParseInt(consignment.product);
  if (!type || *type < 1) {
    return Fail(ErrorKind::kRejected, "A product of SF intra-city is a number, its product_type.");
  }
  return *type;
}

Result<std::int64_t> Check(const Credentials& credentials, const Consignment& consignment) {
  if (!consignment.tip.is_zero() && consignment.tip < kLeastTip) {
    return Fail(ErrorKind::kRejected, "A tip of SF intra-city is at least 1 yuan.");
  }
  return ProductTypeOf(credentials, consignment);
}

void WriteShop(JsonWriter& json, const Credentials& credentials, const std::string& platform_shop) {
  json.Member("dev_id", credentials.dev_id)
      .Member("shop_id", platform_shop.empty() ? credentials.shop_id : platform_shop)
      .Member("shop_type", credentials.shop_type);
}

/// When it is wanted: as soon as can be, at the customer's, or out of the shop.
void WriteAppointment(JsonWriter& json, const Consignment& consignment) {
  const bool appointed = consignment.deliver_at || consignment.pick_up_at;
  json.Member("is_appoint", appointed ? 1 : 0);
  if (consignment.deliver_at) {
    json.Member("appoint_type", kDeliverAt)
        .Member("expect_time", UnixSeconds(*consignment.deliver_at));
  } else if (consignment.pick_up_at) {
    json.Member("appoint_type", kPickUpAt)
        .Member("expect_pickup_time", UnixSeconds(*consignment.pick_up_at));
  }
}

void WriteManner(JsonWriter& json, const Consignment& consignment, Instant now) {
  json.Member("is_insured", 0).Member("is_person_direct", 0);
  if (!consignment.tip.is_zero()) json.Member("gratuity_fee", consignment.tip);
  json.Member("return_flag", kReturnAll).Member("push_time", UnixSeconds(now));
}

void WritePlace(JsonWriter& json, const ShipmentParty& receiver) {
  json.Member("user_address", AddressOf(receiver));
  // Without them SF looks the address up.
  if (!receiver.longitude.empty() && !receiver.latitude.empty()) {
    json.Member("user_lng", receiver.longitude).Member("user_lat", receiver.latitude);
  }
  if (!receiver.city.empty()) json.Member("city_name", receiver.city);
}

/// Pieces are whole: what is weighed counts as one.
std::int64_t PiecesOf(const ShipmentGood& good) {
  return std::max<std::int64_t>(1, ParseInt(good.quantity).value_or(1));
}

void WriteGoods(JsonWriter& json, const Consignment& consignment, std::int64_t product_type) {
  std::int64_t pieces = 0;
  for (const ShipmentGood& good : consignment.goods) pieces += PiecesOf(good);
  const bool listed = !consignment.goods.empty();
  const std::int64_t kinds = listed ? static_cast<std::int64_t>(consignment.goods.size()) : 1;
  if (!listed) pieces = consignment.parcels;
  json.Key("order_detail").BeginObject();
  json.Member("total_price", consignment.goods_value)
      .Member("product_type", product_type)
      .Member("weight_gram", consignment.weight_g)
      .Member("product_num", pieces)
      .Member("product_type_num", kinds);
  json.Key("product_detail").BeginArray();
  for (const ShipmentGood& good : consignment.goods) {
    json.BeginObject()
        .Member("product_name", Shortened(good.name, kLongestName))
        .Member("product_num", PiecesOf(good));
    if (!good.unit.empty()) json.Member("product_unit", good.unit);
    json.EndObject();
  }
  if (!listed) {
    json.BeginObject().Member("product_name", "物品").Member("product_num", pieces).EndObject();
  }
  json.EndArray().EndObject();
}

}  // namespace

std::string Shortened(std::string_view text, std::size_t count) {
  std::size_t size = 0;
  while (size < text.size() && count-- > 0) size += FirstUtf8Sequence(text.substr(size)).size;
  return std::string(text.substr(0, size));
}

Result<std::string> CreateBody(const Credentials& credentials, const Consignment& consignment,
                               Instant now) {
  const auto product_type = Check(credentials, consignment);
  if (!product_type) return std::unexpected(product_type.error());
  std::string body;
  JsonWriter json(body);
  json.BeginObject();
  WriteShop(json, credentials, consignment.platform_shop);
  json.Member("shop_order_id", consignment.number)
      .Member("order_source", SourceOf(consignment.selling_platform));
  if (!consignment.display_no.empty()) {
    json.Member("order_sequence", Shortened(consignment.display_no, kLongestSequence));
  }
  json.Member("lbs_type", kGaode)
      .Member("pay_type", kPaid)
      .Member("order_time", UnixSeconds(consignment.ordered_at.value_or(now)));
  WriteAppointment(json, consignment);
  WriteManner(json, consignment, now);
  json.Member("version", credentials.version)
      .Member("remark", Shortened(consignment.remark, kLongestRemark));
  json.Key("receive")
      .BeginObject()
      .Member("user_name", Shortened(consignment.receiver.name, kLongestName))
      .Member("user_phone", consignment.receiver.phone);
  WritePlace(json, consignment.receiver);
  json.EndObject();
  WriteGoods(json, consignment, *product_type);
  json.EndObject();
  return body;
}

Result<std::string> QuoteBody(const Credentials& credentials, const Consignment& consignment,
                              Instant now) {
  const auto product_type = Check(credentials, consignment);
  if (!product_type) return std::unexpected(product_type.error());
  std::string body;
  JsonWriter json(body);
  json.BeginObject();
  WriteShop(json, credentials, consignment.platform_shop);
  WritePlace(json, consignment.receiver);
  json.Member("weight", consignment.weight_g)
      .Member("product_type", *product_type)
      .Member("total_price", consignment.goods_value)
      .Member("lbs_type", kGaode)
      .Member("pay_type", kPaid);
  WriteAppointment(json, consignment);
  WriteManner(json, consignment, now);
  json.EndObject();
  return body;
}

OrderBody::OrderBody(const Credentials& credentials, const ShipmentRef& shipment, Instant now)
    : json_(text_) {
  constexpr int kSfId = 1;
  constexpr int kMerchantId = 2;
  const bool known = !shipment.platform_no.empty();
  json_.BeginObject();
  WriteShop(json_, credentials, shipment.platform_shop);
  json_.Member("order_id", known ? shipment.platform_no : shipment.number)
      .Member("order_type", known ? kSfId : kMerchantId)
      .Member("push_time", UnixSeconds(now));
}

std::string OrderBody::Take() {
  json_.EndObject();
  return std::move(text_);
}

}  // namespace weir::connectors::sf_city
