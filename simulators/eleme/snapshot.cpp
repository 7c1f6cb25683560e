// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/snapshot.hpp"

#include <algorithm>
#include <array>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "simulators/china_time.hpp"
#include "simulators/eleme/waybill.hpp"

namespace weir::simulators::eleme {
namespace {

constexpr std::int64_t kFood = 1;
constexpr std::int64_t kPackaging = 102;

std::string Degrees(std::int64_t micro) {
  std::string fraction = std::to_string(micro % 1'000'000);
  return std::to_string(micro / 1'000'000) + '.' + std::string(6 - fraction.size(), '0') + fraction;
}

void Number(JsonWriter& json, std::string_view name, Fen amount) {
  json.Key(name).Number(Yuan(amount));
}

void WriteShop(JsonWriter& json, const Order& order) { json.Key("shopId").Number(order.shop); }

std::string Text(auto write) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject();
  write(json);
  json.EndObject();
  return text;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

void WritePairs(JsonWriter& json, std::string_view name, const Pairs& pairs) {
  json.Key(name).BeginArray();
  for (const auto& [key, value] : pairs) {
    json.BeginObject().Member("name", key).Member("value", value).EndObject();
  }
  json.EndArray();
}

void WriteLine(JsonWriter& json, const Line& line) {
  json.BeginObject()
      .Member("id", line.item_id)
      .Member("skuId", line.sku_id)
      .Member("name", line.name)
      .Member("categoryId", kFood);
  Number(json, "price", line.price);
  json.Member("quantity", line.quantity);
  Number(json, "total", line.total());
  json.Key("additions").BeginArray().EndArray();
  WritePairs(json, "newSpecs", line.spec.empty() ? Pairs{} : Pairs{{"规格", line.spec}});
  WritePairs(json, "attributes", line.attributes);
  json.Member("extendCode", line.code).Member("barCode", line.barcode);
  json.Key("weight").Number(std::to_string(line.weight) + ".0");
  Number(json, "userPrice", 0);
  Number(json, "shopPrice", 0);
  json.Member("vfoodId", line.item_id - 16'943'679).EndObject();
}

void WriteFee(JsonWriter& json, std::string_view name, Fen amount) {
  json.BeginObject()
      .Member("id", -70000)
      .Member("skuId", -1)
      .Member("name", name)
      .Member("categoryId", kPackaging);
  Number(json, "price", amount);
  json.Member("quantity", 1);
  Number(json, "total", amount);
  json.Key("additions").BeginArray().EndArray().Key("newSpecs").Null().Key("attributes").Null();
  json.Member("extendCode", "").Member("barCode", "").Key("weight").Null();
  Number(json, "userPrice", 0);
  Number(json, "shopPrice", 0);
  json.Member("vfoodId", 0).EndObject();
}

void WriteGroup(JsonWriter& json, std::string_view name, std::string_view type, auto write) {
  json.BeginObject().Member("name", name).Member("type", type).Key("items").BeginArray();
  write();
  json.EndArray().EndObject();
}

void WriteGroups(JsonWriter& json, const Basket& basket) {
  constexpr std::array kBaskets = {"1号篮子", "2号篮子"};
  const auto group = [&](std::string_view name, std::string_view type, auto wanted) {
    if (std::ranges::any_of(basket.lines, wanted)) {
      WriteGroup(json, name, type, [&] {
        for (const Line& line : basket.lines) {
          if (wanted(line)) WriteLine(json, line);
        }
      });
    }
  };
  json.Key("groups").BeginArray();
  for (std::size_t i = 0; i < kBaskets.size(); ++i) {
    group(kBaskets.at(i), "normal",
          [i](const Line& line) { return !line.gift && line.basket == i; });
  }
  group("赠品", "discount", [](const Line& line) { return line.gift; });
  if (basket.packaging > 0) {
    WriteGroup(json, "其它费用", "extra", [&] { WriteFee(json, "餐盒", basket.packaging); });
  }
  json.EndArray();
}

/// Writes an order's OOrder.
class Writer {
 public:
  Writer(JsonWriter& json, const Order& order, bool degraded)
      : json_(json), order_(order), degraded_(degraded) {}

  void Write() {
    Head();
    Whom();
    WriteGroups(json_, order_.basket);
    Sums();
    Activities();
    Invoice();
    if (order_.style.unknown_members) {
      Unknown();
    }
  }

 private:
  void Amount(std::string_view name, Fen amount) { Number(json_, name, degraded_ ? 0 : amount); }

  /// An amount that is never above nothing.
  void Less(std::string_view name, Fen amount) {
    const Fen shown = degraded_ ? 0 : amount;
    json_.Key(name).Number(shown == 0 && order_.style.negative_zero ? "-0.0" : Yuan(-shown));
  }

  void Head() {
    json_.Member("id", order_.id).Member("orderId", order_.id);
    json_.Member("createdAt", ChinaTime(order_.created))
        .Member("activeAt", ChinaTime(order_.paid.value_or(order_.created)));
    json_.Key("deliverTime");
    order_.wanted ? json_.String(ChinaTime(*order_.wanted)) : json_.Null();
    json_.Member("book", order_.wanted.has_value()).Member("onlinePaid", true);
    WriteShop(json_, order_);
    json_.Member("shopName", "示例餐厅").Member("openId", order_.shop_code);
    json_.Member("daySn", order_.day_seq).Member("status", order_.status_word());
    json_.Member("refundStatus", order_.refund_word()).Member("downgraded", degraded_);
  }

  void Whom() {
    const Recipient& whom = order_.recipient;
    json_.Member("consignee", whom.name).Member("address", whom.address);
    json_.Member("deliveryPoiAddress", whom.address);
    json_.Member("deliveryGeo", Degrees(whom.longitude) + ',' + Degrees(whom.latitude));
    json_.Key("phoneList").BeginArray();
    for (const std::string& phone : whom.phones) json_.String(phone);
    json_.EndArray().Key("secretPhoneExpireTime").Null();
    json_.Member("description", whom.note).Member("userId", whom.user);
    json_.Key("railwayAddress").Null();
  }

  void Sums() {
    const Basket& basket = order_.basket;
    Amount("totalPrice", basket.total());
    Amount("originalPrice", basket.original());
    Amount("deliverFee", basket.delivery);
    Amount("packageFee", basket.packaging);
    Amount("vipDeliveryFeeDiscount", 0);
    Amount("coldBoxFee", 0);
    Amount("income", basket.income());
    json_.Key("serviceRate").Number(degraded_ ? "0.0" : Yuan(basket.rate));
    Less("serviceFee", basket.commission());
    Less("hongbao", basket.voucher);
    Less("activityTotal", basket.activity_total());
    Less("shopPart", basket.shop_part());
    Less("elemePart", basket.platform_part());
  }

  void Activities() {
    json_.Key("orderActivities").BeginArray();
    if (!degraded_) {
      for (const Activity& activity : order_.basket.activities) {
        json_.BeginObject().Member("id", activity.id).Member("name", activity.name);
        json_.Member("categoryId", activity.category);
        Less("elemePart", activity.platform_pays);
        Less("restaurantPart", activity.shop_pays);
        Less("amount", activity.amount());
        json_.EndObject();
      }
    }
    json_.EndArray();
  }

  void Invoice() {
    json_.Member("invoiced", false).Key("invoice").Null().Key("invoiceType").Null();
    json_.Member("taxpayerId", "");
  }

  void Unknown() {
    json_.Key("logisticsActivity").BeginArray().EndArray();
    Amount("allowanceServiceFee", 0);
    json_.Key("cantBeKnown").BeginObject().Member("since", ChinaTime(order_.created)).EndObject();
  }

  JsonWriter& json_;
  const Order& order_;
  bool degraded_;
};

void WriteRefund(JsonWriter& json, const Order& order, const Refund& refund) {
  json.Member("orderId", order.id).Member("refundStatus", WordsOf(refund.last()).status);
  json.Member("refundType", refund.partial ? "part" : "normal");
  Number(json, "totalPrice", refund.amount);
  json.Key("goodsList").BeginArray();
  for (const RefundLine& line : refund.lines) {
    json.BeginObject()
        .Member("name", order.basket.lines[line.line].name)
        .Member("quantity", line.quantity);
    Number(json, "price", line.price);
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace

std::string OrderJson(const Order& order, bool degraded) {
  return Text([&](JsonWriter& json) { Writer(json, order, degraded).Write(); });
}

std::string LeanJson(const Order& order) {
  return Text([&](JsonWriter& json) {
    json.Member("orderId", order.id);
    WriteShop(json, order);
    Number(json, "income", order.basket.income());
    Number(json, "totalAmount", order.basket.total());
    Number(json, "deliveryPackageFee", order.basket.delivery + order.basket.packaging);
    Number(json, "totalActivityAmount", -order.basket.activity_total());
  });
}

std::string LeanStateJson(const Order& order) {
  return Text([&](JsonWriter& json) {
    json.Member("orderId", order.id);
    WriteShop(json, order);
  });
}

std::string ShopJson(std::string_view shop) {
  return Text([&](JsonWriter& json) { json.Key("shopId").Number(shop); });
}

std::string ApplicationJson(std::int64_t application, std::optional<Instant> audited) {
  return Text([&](JsonWriter& json) {
    json.Member("applyId", application).Member("auditStatus", audited ? 1 : 2);
    audited ? json.Member("auditTime", ChinaTime(*audited))
            : json.Member("rejectReason", "资料不全");
  });
}

std::string StateJson(const Order& order, std::string_view state, Role role, Instant at) {
  return Text([&](JsonWriter& json) {
    json.Member("orderId", order.id).Member("state", state);
    WriteShop(json, order);
    json.Member("updateTime", UnixSeconds(at)).Member("role", static_cast<int>(role));
  });
}

std::string RefundBody(const Order& order, const Refund& refund) {
  return Text([&](JsonWriter& json) {
    if (refund.bare) {
      json.Member("orderId", order.id).Member("refundStatus", WordsOf(refund.last()).status);
    } else {
      WriteRefund(json, order, refund);
    }
    json.Member("reason", refund.reason);
    WriteShop(json, order);
    json.Member("updateTime", refund.updated);
  });
}

std::string RefundOrderJson(const Order& order, const Refund& refund) {
  return Text([&](JsonWriter& json) {
    WriteRefund(json, order, refund);
    json.Member("applyRefundReason", refund.reason);
  });
}

std::string WaybillJson(const Order& order) {
  const Delivery& delivery = order.delivery;
  const WaybillWords& words = WaybillOf(delivery.type);
  return Text([&](JsonWriter& json) {
    json.Member("orderId", order.id);
    WriteShop(json, order);
    json.Member("state", words.state).Member("subState", words.sub_state);
    json.Member("name", delivery.rider).Member("phone", delivery.rider_phone);
    json.Member("updateAt", delivery.changed).Key("remark").Null();
  });
}

std::string DeliveryRecordJson(const Order& order) {
  const Delivery& delivery = order.delivery;
  const WaybillWords& words = WaybillOf(delivery.type);
  return Text([&](JsonWriter& json) {
    json.Member("orderId", order.id).Member("state", words.state);
    json.Member("subState", words.sub_state).Member("deliverName", delivery.rider);
    json.Member("deliverPhone", delivery.rider_phone);
    json.Member("createdAt", ChinaTime(Instant(std::chrono::milliseconds(delivery.changed))));
  });
}

std::string ReminderJson(const Order& order, const Reminder& reminder) {
  return Text([&](JsonWriter& json) {
    json.Member("orderId", order.id);
    WriteShop(json, order);
    json.Member("remindId", reminder.id).Member("userId", order.recipient.user);
    json.Member("updateTime", UnixSeconds(reminder.at));
  });
}

}  // namespace weir::simulators::eleme
