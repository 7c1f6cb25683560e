// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/snapshot.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/json_writer.hpp"

namespace weir::simulators::doudian {
namespace {

constexpr std::int64_t kHourly = 18;
constexpr std::int64_t kBiz = 2;

std::string_view DescriptionOf(int order_status) {
  switch (order_status) {
    case status::kUnpaid:
      return "待支付";
    case status::kChecked:
      return "已支付";
    case status::kToShip:
      return "备货中";
    case status::kPartlyShipped:
      return "部分发货";
    case status::kShipped:
      return "已发货";
    case status::kCancelled:
      return "已取消";
    default:
      return "已完成";
  }
}

std::int64_t SecondsOf(std::optional<Instant> at) { return at ? UnixSeconds(*at) : 0; }

/// Writes a shop order.
class Writer {
 public:
  Writer(JsonWriter& json, const Order& order, std::int64_t shop_id)
      : json_(json), order_(order), basket_(order.basket), shop_id_(shop_id) {}

  void Write() {
    json_.BeginObject();
    Int("shop_id", shop_id_);
    json_.Member("shop_name", "示例店铺").Member("order_id", order_.id);
    json_.Member("open_id", order_.recipient.open_id);
    json_.Member("doudian_open_id", order_.recipient.open_id + "==");
    Int("order_level", 2);
    Standing();
    Times();
    Hourly();
    json_.Member("cancel_reason", order_.cancel_reason);
    json_.Member("buyer_words", order_.recipient.note).Member("seller_words", order_.seller_words);
    Int("seller_remark_stars", order_.stars);
    Amounts();
    Details();
    Whom();
    Parcels();
    json_.Key("sku_order_list").BeginArray();
    for (std::size_t i = 0; i < basket_.lines.size(); ++i) SkuOrder(i);
    json_.EndArray();
    if (order_.style.unknown_members) {
      json_.Key("cant_be_known").BeginObject();
      Int("since", order_.updated);
      json_.EndObject().Member("address_tag_ui_v2", "x");
    }
    json_.EndObject();
  }

 private:
  void Int(std::string_view name, std::int64_t value) {
    json_.Key(name);
    order_.style.numbers_as_text ? json_.String(std::to_string(value)) : json_.Int(value);
  }

  /// `value`, a fen more where the order's amounts are to break identity `which`.
  void Breakable(std::string_view name, Fen value, int which) {
    Int(name, value + (order_.style.broken_identity == which ? 1 : 0));
  }

  void Standing() {
    Int("order_status", order_.status);
    json_.Member("order_status_desc", DescriptionOf(order_.status));
    Int("main_status", order_.status);
    json_.Member("main_status_desc", DescriptionOf(order_.status));
    Int("order_type", 0);
    json_.Member("order_type_desc", "普通订单");
    Int("biz", kBiz);
    json_.Member("biz_desc", "小店");
    Int("trade_type", kHourly);
    json_.Member("trade_type_desc", "小时达");
    Int("pay_type", order_.pay_type);
  }

  void Times() {
    Int("create_time", UnixSeconds(order_.created));
    Int("update_time", order_.updated);
    Int("pay_time", SecondsOf(order_.paid));
    Int("ship_time", SecondsOf(order_.shipped));
    Int("finish_time", order_.status == status::kFinished ? SecondsOf(order_.finished) : 0);
    Int("order_expire_time", 1800);
    Int("exp_ship_time", UnixSeconds(order_.created) + 3600);
    Int("appointment_ship_time", SecondsOf(order_.appointment));
  }

  void Hourly() {
    constexpr std::int64_t kSlot = 1800;
    const std::int64_t from = UnixSeconds(order_.wanted.value_or(order_.created));
    Int("accept_order_status", static_cast<int>(order_.acceptance));
    Int("earliest_receipt_time", from);
    Int("latest_receipt_time", from + kSlot);
    json_.Member("early_arrival", !order_.wanted);
    Int("target_arrival_time", order_.wanted ? 0 : from + kSlot);
    json_.Member("supermarket_order_serial_no",
                 order_.day_seq == 0 ? std::string() : std::to_string(order_.day_seq));
    if (!order_.style.no_coordinate) {
      const Place& place = order_.recipient.place;
      json_.Key("user_coordinate").BeginObject();
      json_.Member("user_coordinate_longitude", Degrees(place.longitude));
      json_.Member("user_coordinate_latitude", Degrees(place.latitude)).EndObject();
    }
  }

  void Sums(const PromotionSums& sums, bool breakable) {
    const auto broken = [breakable](int which) { return breakable ? which : -1; };
    Int("promotion_amount", sums.total());
    Int("promotion_shop_amount", sums.shop);
    Breakable("promotion_platform_amount", sums.platform, broken(1));
    Int("promotion_talent_amount", sums.talent);
    Int("promotion_pay_amount", 0);
    Int("author_cost_amount", sums.by_author);
  }

  void Amounts() {
    const PromotionSums sums = basket_.promotion();
    const Fen post = basket_.delivery_promotion();
    Int("order_amount", basket_.total() + sums.total());
    Int("pay_amount", basket_.total());
    Int("post_amount", basket_.delivery - post);
    Int("post_origin_amount", basket_.delivery);
    Breakable("post_promotion_amount", post, 2);
    Int("post_insurance_amount", 0);
    Int("total_promotion_amount", sums.total() + post);
    Sums(sums, true);
    const Fen platform = sums.by_platform + basket_.delivery_promotion_by_platform;
    Int("shop_cost_amount", sums.by_shop + basket_.delivery_promotion_by_shop);
    Breakable("platform_cost_amount", platform + sums.by_author, 3);
    Int("only_platform_cost_amount", platform);
    Int("modify_amount", basket_.modified);
    Int("modify_post_amount", 0);
    Int("packing_amount", basket_.packing);
    Int("tax_amount", 0);
  }

  void Shared(const Promotion& promotion) {
    json_.Key("share_discount_cost").BeginObject();
    Int("platform_cost", promotion.by_platform);
    Int("shop_cost", promotion.by_shop);
    Int("author_cost", promotion.by_author);
    json_.EndObject();
  }

  void Coupon(const Promotion& promotion) {
    json_.BeginObject();
    Int("coupon_id", promotion.id);
    json_.Member("coupon_meta_id", std::to_string(promotion.id / 7));
    json_.Member("coupon_name", promotion.name);
    Int("coupon_type", 22);
    Int("coupon_amount", promotion.amount());
    Shared(promotion);
    json_.EndObject();
  }

  void Campaign(const Promotion& promotion) {
    json_.BeginObject();
    Int("campaign_id", promotion.id);
    json_.Member("campaign_name", promotion.name);
    Int("campaign_type", 100);
    Int("campaign_sub_type", promotion.owner == Owner::kShop ? 0 : 1);
    Int("campaign_amount", promotion.amount());
    Shared(promotion);
    json_.EndObject();
  }

  void DetailOf(std::string_view name, Owner owner) {
    const auto each = [&](PromotionKind kind, auto write) {
      for (const Promotion& promotion : basket_.promotions) {
        if (promotion.owner == owner && promotion.kind == kind) write(promotion);
      }
    };
    const auto sum = [&](PromotionKind kind) {
      Fen all = 0;
      each(kind, [&all](const Promotion& promotion) { all += promotion.amount(); });
      return all;
    };
    const Fen coupons = sum(PromotionKind::kCoupon);
    const Fen reductions = sum(PromotionKind::kFullDiscount);
    json_.Key(name).BeginObject();
    Int("total_amount", coupons + reductions);
    Int("coupon_amount", coupons);
    Int("full_discount_amount", reductions);
    json_.Key("coupon_info").BeginArray();
    each(PromotionKind::kCoupon, [this](const Promotion& promotion) { Coupon(promotion); });
    json_.EndArray().Key("full_discount_info").BeginArray();
    each(PromotionKind::kFullDiscount, [this](const Promotion& promotion) { Campaign(promotion); });
    json_.EndArray().EndObject();
  }

  void Details() {
    json_.Key("promotion_detail").BeginObject();
    DetailOf("shop_discount_detail", Owner::kShop);
    DetailOf("platform_discount_detail", Owner::kPlatform);
    DetailOf("kol_discount_detail", Owner::kTalent);
    json_.EndObject();
  }

  void Division(std::string_view level, std::string_view name, std::string_view id) {
    json_.Key(level).BeginObject().Member("name", name).Member("id", id).EndObject();
  }

  void Divisions() {
    Division("province", "上海市", "31");
    Division("city", "上海市", "310100");
    Division("town", "示例区", "310115");
    Division("street", "示例街道", "310115007");
  }

  void Whom() {
    const Recipient& whom = order_.recipient;
    const auto cipher = [&](Personal which) { return CipherOf(whom, which, order_.id); };
    json_.Member("post_receiver", "").Member("post_tel", "");
    json_.Member("encrypt_post_receiver", cipher(Personal::kName));
    json_.Member("encrypt_post_tel", cipher(Personal::kPhone));
    json_.Member("mask_post_receiver", MaskOf(whom, Personal::kName));
    json_.Member("mask_post_tel", MaskOf(whom, Personal::kPhone));
    json_.Key("post_addr").BeginObject();
    Divisions();
    json_.Member("detail", "").Member("encrypt_detail", cipher(Personal::kAddress)).EndObject();
    json_.Key("mask_post_addr").BeginObject();
    Divisions();
    json_.Member("detail", MaskOf(whom, Personal::kAddress)).EndObject();
  }

  void Parcels() {
    json_.Key("logistics_info").BeginArray();
    for (std::size_t i = 0; i < order_.parcels.size(); ++i) {
      const Parcel& parcel = order_.parcels[i];
      json_.BeginObject().Member("tracking_no", parcel.tracking_no);
      json_.Member("company", parcel.company).Member("company_name", "商家自配");
      Int("ship_time", parcel.shipped);
      json_.Member("delivery_id", parcel.company + '_' + parcel.tracking_no);
      json_.Member("hour_up_pickup_code", "").Key("product_info").BeginArray().EndArray();
      json_.EndObject();
    }
    json_.EndArray();
  }

  void SkuOrder(std::size_t index) {
    const Line& line = basket_.lines[index];
    json_.BeginObject().Member("order_id", order_.sku_order(index));
    json_.Member("parent_order_id", order_.id);
    Int("order_level", 3);
    Standing();
    Int("update_time", order_.updated);
    Int("product_id", line.product_id);
    json_.Member("product_id_str", std::to_string(line.product_id));
    json_.Member("product_name", line.name);
    Int("sku_id", line.sku_id);
    json_.Member("out_sku_id", line.code).Member("out_product_id", line.code.substr(0, 4));
    json_.Member("code", line.code).Key("spec").BeginArray();
    if (!line.spec.empty()) {
      json_.BeginObject().Member("name", "规格").Member("value", line.spec).EndObject();
    }
    json_.EndArray();
    Int("item_num", line.quantity);
    SkuAmounts(index);
    Int("is_comment", 0);
    Int("receive_type", 1);
    json_.Member("given_product_type", line.gift ? "FREE" : "");
    AfterSale(index);
    Stock(line);
    StoreInfo();
    json_.EndObject();
  }

  void SkuAmounts(std::size_t index) {
    const Line& line = basket_.lines[index];
    const PromotionSums sums = basket_.promotion_of(index);
    Int("origin_amount", line.price);
    Int("sum_amount", line.total());
    Int("modify_amount", basket_.modified_of(index));
    Int("order_amount", line.total() + basket_.modified_of(index));
    Int("pay_amount", basket_.paid_for(index));
    Sums(sums, false);
    Int("shop_cost_amount", sums.by_shop);
    Int("platform_cost_amount", sums.by_platform + sums.by_author);
    Int("only_platform_cost_amount", sums.by_platform);
    Int("post_amount", 0);
    Int("tax_amount", 0);
  }

  void AfterSale(std::size_t index) {
    const Refund* refund = order_.RefundOf(index);
    json_.Key("after_sale_info").BeginObject();
    Int("after_sale_status", refund == nullptr ? 0 : refund->words().status);
    Int("after_sale_type", refund == nullptr ? 0 : static_cast<int>(refund->type));
    Int("refund_status", refund == nullptr ? 0 : refund->words().refund_status);
    json_.EndObject();
  }

  void Stock(const Line& line) {
    json_.Key("inventory_list").BeginArray().BeginObject();
    json_.Member("warehouse_id", order_.shop).Member("out_warehouse_id", order_.shop_code);
    Int("inventory_type", 2);
    json_.Member("inventory_type_desc", "区域库存");
    Int("count", line.quantity);
    json_.EndObject().EndArray();
  }

  void StoreInfo() {
    json_.Key("store_info").BeginObject().Member("store_id", order_.shop);
    json_.Member("store_name", "示例门店 " + order_.shop_code);
    json_.Member("store_tel", "02160000000").Key("store_address").BeginObject();
    Divisions();
    json_.Member("detail", "示例路1号").EndObject().EndObject();
  }

  JsonWriter& json_;
  const Order& order_;
  const Basket& basket_;
  std::int64_t shop_id_;
};

}  // namespace

std::string OrderJson(const Order& order, std::int64_t shop_id) {
  std::string text;
  JsonWriter json(text);
  Writer(json, order, shop_id).Write();
  return text;
}

}  // namespace weir::simulators::doudian
