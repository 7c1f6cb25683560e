// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/snapshot.hpp"

#include <array>
#include <chrono>

#include "base/json_writer.hpp"

namespace weir::simulators::meituan {
namespace {

using std::chrono::minutes;

constexpr std::int64_t kFeeType = 10019;

/// One field, before it is known whether it goes into a push (text) or into JSON.
struct Field {
  enum class Kind { kText, kNumber, kFlag };  // kFlag: "true" or "false"
  std::string_view name;
  std::string text;
  Kind kind = Kind::kText;
};

std::string Seconds(const std::optional<Instant>& at) {
  return std::to_string(at ? UnixSeconds(*at) : 0);
}

std::string Degrees(std::int64_t micro, bool scaled) {
  if (scaled) {
    return std::to_string(micro);
  }
  std::string fraction = std::to_string(micro % 1'000'000);
  return std::to_string(micro / 1'000'000) + '.' + std::string(6 - fraction.size(), '0') + fraction;
}

void WriteLine(JsonWriter& json, const Line& line, const Style& style, bool subscribed) {
  const Fen net = line.price - line.reduction;
  json.BeginObject()
      .Member("app_food_code", line.food_code)
      .Member("food_name", line.name)
      .Member("sku_id", line.sku_id)
      .Member("upc", line.upc)
      .Member("quantity", line.quantity)
      .Key("price")
      .Number(ShortYuan(style.net_prices ? net : line.price))
      .Member("actual_price", Yuan(net))
      .Member("original_price", Yuan(line.price))
      .Member("box_num", line.boxes)
      .Key("box_price")
      .Number(ShortYuan(line.box_price))
      .Member("unit", line.unit)
      .Member("food_discount", 1)
      .Member("food_property", line.properties)
      .Member("cart_id", line.basket)
      .Member("spec", line.spec);
  if (subscribed) {
    json.Member("weight", line.weight).Member("item_id", line.item_id);
  }
  json.EndObject();
}

std::string DetailText(const Order& order, const Quirks& quirks) {
  std::string text;
  JsonWriter json(text);
  json.BeginArray();
  for (const Line& line : order.basket.lines) {
    WriteLine(json, line, order.style, quirks.subscribed_fields);
  }
  json.EndArray();
  return text;
}

std::string ExtrasText(const Order& order, const Quirks& quirks) {
  std::string text;
  JsonWriter json(text);
  json.BeginArray();
  for (const Activity& activity : order.basket.activities) {
    json.BeginObject()
        .Member("act_detail_id", activity.id)
        .Key("reduce_fee")
        .Number(ShortYuan(activity.reduction()));
    if (quirks.charge_split) {
      json.Key("mt_charge").Number(ShortYuan(activity.platform_pays));
      json.Key("poi_charge").Number(ShortYuan(activity.shop_pays));
    }
    json.Member("remark", activity.remark).Member("type", activity.type).EndObject();
  }
  if (order.style.empty_extra) {
    json.BeginObject().EndObject();
  }
  json.EndArray();
  return text;
}

/// Writes the receivable in fen, or its twin in yuan.
class Receivable {
 public:
  Receivable(const Basket& basket, bool yuan) : basket_(basket), yuan_(yuan) {}

  std::string Text() {
    JsonWriter json(text_);
    json.BeginObject().Key("actOrderChargeByMt").BeginArray();
    if (basket_.platform_pays() > 0) {
      Charge(json, "活动款", basket_.platform_pays());
    }
    json.EndArray().Key("actOrderChargeByPoi").BeginArray();
    for (const Activity& activity : basket_.activities) {
      if (activity.shop_pays > 0) {
        Charge(json, activity.remark, activity.shop_pays);
      }
    }
    json.EndArray();
    Amount(json, "foodShareFeeChargeByPoi", basket_.commission);
    Amount(json, "logisticsFee", basket_.logistics);
    Amount(json, "onlinePayment", basket_.total());
    Amount(json, yuan_ ? "poiReceive" : "wmPoiReceiveCent", basket_.income());
    json.EndObject();
    return std::move(text_);
  }

 private:
  void Amount(JsonWriter& json, std::string_view name, Fen amount) {
    yuan_ ? json.Member(name, Yuan(amount)) : json.Member(name, amount);
  }

  void Charge(JsonWriter& json, std::string_view comment, Fen amount) {
    json.BeginObject().Member("comment", comment).Member("feeTypeDesc", "活动款");
    json.Member("feeTypeId", kFeeType);
    Amount(json, yuan_ ? "money" : "moneyCent", amount);
    json.EndObject();
  }

  const Basket& basket_;
  bool yuan_;
  std::string text_;
};

class Writer {
 public:
  Writer(const Order& order, const Quirks& quirks) : order_(order), quirks_(quirks) {}

  std::vector<Field> Write(std::optional<Module> missing) {
    Head();
    if (missing != Module::kAddress) {
      Whom();
    }
    Sums();
    if (missing != Module::kGoods) {
      Text("detail", DetailText(order_, quirks_));
    }
    if (missing != Module::kDiscounts) {
      Text("extras", ExtrasText(order_, quirks_));
    }
    if (missing != Module::kReceivable) {
      const bool empty = order_.style.empty_receive_detail;
      Text("poi_receive_detail", empty ? "" : Receivable(order_.basket, false).Text());
      if (quirks_.subscribed_fields) {
        Text("poi_receive_detail_yuan", empty ? "" : Receivable(order_.basket, true).Text());
      }
    }
    if (quirks_.subscribed_fields) {
      Subscribed();
    }
    return std::move(fields_);
  }

 private:
  void Text(std::string_view name, std::string text) {
    fields_.push_back({name, std::move(text), Field::Kind::kText});
  }
  void Number(std::string_view name, std::string text) {
    fields_.push_back({name, std::move(text), Field::Kind::kNumber});
  }
  void Flag(std::string_view name, std::string text) {
    fields_.push_back({name, std::move(text), Field::Kind::kFlag});
  }

  void Head() {
    Number("order_id", order_.id);
    Number("wm_order_id_view", order_.view_id);
    Text("app_poi_code", order_.shop);
    Text("wm_poi_name", "示例餐厅");
  }

  void Whom() {
    const Recipient& whom = order_.recipient;
    Text("recipient_name", whom.name);
    Text("recipient_address",
         quirks_.subscribed_fields ? whom.address + "@#" + whom.geocoded : whom.address);
    Text("recipient_phone", whom.phone);
  }

  void Sums() {
    Text("caution", order_.recipient.caution);
    Text("shipper_phone", order_.delivery.rider_phone);
    Number("shipping_fee", Yuan(order_.basket.shipping));
    Number("total", Yuan(order_.basket.total()));
    Number("original_price", Yuan(order_.basket.original()));
    Number("status", std::to_string(order_.status));
    Number("ctime", Seconds(order_.created));
    Number("utime", Seconds(order_.updated));
    Number("delivery_time", Seconds(order_.wanted));
    Number("pay_type", "2");
    Number("latitude", Degrees(order_.recipient.latitude, order_.style.scaled_coordinates));
    Number("longitude", Degrees(order_.recipient.longitude, order_.style.scaled_coordinates));
    Number("day_seq", std::to_string(order_.day_seq));
    Number("city_id", "310100");
    Number("is_third_shipping", "0");
    Number("has_invoiced", "0");
    Text("invoice_title", "");
    Number("avg_send_time", "0.0");
    if (order_.fate.handover == Handover::kPickup) {
      Number("pick_type", "1");
    }
    if (order_.basket.bag > 0) {
      Number("package_bag_money", std::to_string(order_.basket.bag));
    }
  }

  void Subscribed() {
    Text("wm_poi_address", "上海市示例区示例路1号");
    Text("wm_poi_phone", "02160000000");
    Text("taxpayer_id", "");
    Text("logistics_code", order_.platform_delivers() ? "1002" : "0000");
    Text("backup_recipient_phone", "[]");
    Text("order_tag_list", "[]");
    Text("package_bag_money_yuan", Yuan(order_.basket.bag));
    Number("estimate_arrival_time", Seconds(order_.wanted.value_or(order_.created + minutes(35))));
    Number("dinners_number", "1");
    Number("total_weight", std::to_string(Weight()));
    Flag("is_favorites", "false");
    Flag("is_poi_first_order", "true");
    Flag("is_pre_sale_order", order_.wanted ? "true" : "false");
  }

  std::int64_t Weight() const {
    std::int64_t grams = 0;
    for (const Line& line : order_.basket.lines) {
      grams += line.weight * line.quantity;
    }
    return grams;
  }

  const Order& order_;
  const Quirks& quirks_;
  std::vector<Field> fields_;
};

void WriteTimes(JsonWriter& json, const Order& order) {
  const auto member = [&](std::string_view name, const std::optional<Instant>& at) {
    json.Key(name).Number(Seconds(at));
  };
  member("order_send_time", order.paid);
  member("order_receive_time", order.received);
  member("order_confirm_time", order.confirmed);
  member("order_cancel_time", order.cancelled);
  member("order_completed_time", order.completed);
}

void WriteLogistics(JsonWriter& json, const Order& order) {
  const Delivery& delivery = order.delivery;
  json.Member("logistics_code", order.platform_delivers() ? "1002" : "0000")
      .Member("logistics_status", delivery.status.value_or(0))
      .Member("logistics_id", order.platform_delivers() ? 6 : 1)
      .Member("logistics_name", order.platform_delivers() ? "自建" : "商家自配")
      .Member("logistics_send_time", delivery.sent)
      .Member("logistics_confirm_time", delivery.accepted)
      .Member("logistics_cancel_time", delivery.cancelled)
      .Member("logistics_fetch_time", delivery.fetched)
      .Member("logistics_completed_time", delivery.completed)
      .Member("logistics_dispatcher_name", delivery.rider)
      .Member("logistics_dispatcher_mobile", delivery.rider_phone);
}

}  // namespace

Fields SnapshotFields(const Order& order, const Quirks& quirks, std::optional<Module> missing,
                      bool says_whole) {
  Fields fields;
  for (Field& field : Writer(order, quirks).Write(missing)) {
    fields.emplace_back(field.name, std::move(field.text));
  }
  if (missing) {
    fields.emplace_back("incmp_code", "-1");
    fields.emplace_back("incmp_modules", '[' + std::to_string(static_cast<int>(*missing)) + ']');
  } else if (says_whole) {
    fields.emplace_back("incmp_code", "0");
    fields.emplace_back("incmp_modules", "[]");
  }
  return fields;
}

std::string DetailJson(const Order& order, const Quirks& quirks, bool with_logistics) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject();
  for (const Field& field : Writer(order, quirks).Write(std::nullopt)) {
    json.Key(field.name);
    switch (field.kind) {
      case Field::Kind::kText:
        json.String(field.text);
        break;
      case Field::Kind::kNumber:
        json.Number(field.text);
        break;
      case Field::Kind::kFlag:
        json.Bool(field.text == "true");
        break;
    }
  }
  WriteTimes(json, order);
  if (with_logistics) {
    WriteLogistics(json, order);
  }
  json.EndObject();
  return text;
}

std::string LogisticsJson(const Order& order) {
  const Delivery& delivery = order.delivery;
  const bool over = delivery.completed != 0 || !order.live();
  std::string text;
  JsonWriter json(text);
  json.BeginObject()
      .Key("order_id")
      .Number(order.id)
      .Member("logistics_status", delivery.status.value_or(0))
      .Member("logistics_name", "自建")
      .Member("send_time", delivery.sent)
      .Member("confirm_time", delivery.accepted)
      .Member("cancel_time", delivery.cancelled)
      .Member("fetch_time", delivery.fetched)
      .Member("completed_time", delivery.completed)
      .Member("dispatcher_name", over ? std::string() : delivery.rider)
      .Member("dispatcher_mobile", over ? std::string() : delivery.rider_phone)
      .Key("poi_shipping_fee")
      .Number(Yuan(order.basket.logistics))
      .Member("shipping_tips", "")
      .Key("tip_amount")
      .Number("0.0")
      .EndObject();
  return text;
}

}  // namespace weir::simulators::meituan
