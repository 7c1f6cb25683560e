// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/refund_json.hpp"

#include "base/json_writer.hpp"

namespace weir::simulators::meituan {
namespace {

void WriteFood(JsonWriter& json, const Line& line, const RefundLine& refunded) {
  json.BeginObject()
      .Member("app_food_code", line.food_code)
      .Member("food_name", line.name)
      .Member("sku_id", line.sku_id)
      .Member("upc", line.upc)
      .Member("spec", line.spec)
      .Key("food_price")
      .Number(ShortYuan(line.price - line.reduction))
      .Member("count", refunded.count)
      .Member("box_num", line.boxes / line.quantity)
      .Key("box_price")
      .Number(ShortYuan(line.box_price))
      .Key("origin_food_price")
      .Number(ShortYuan(line.price))
      .Key("refund_price")
      .Number(ShortYuan(refunded.price))
      .EndObject();
}

void WriteFoods(JsonWriter& json, const Order& order, const Refund& refund) {
  json.BeginArray();
  for (const RefundLine& refunded : refund.lines) {
    WriteFood(json, order.basket.lines[refunded.line], refunded);
  }
  json.EndArray();
}

std::string_view ServiceType(RefundFlow flow) {
  switch (flow) {
    case RefundFlow::kMoneyOnly:
      return "1";
    case RefundFlow::kReturnGoods:
      return "2";
    case RefundFlow::kPlain:
      break;
  }
  return "0";
}

/// The latest step but pay-outs, which have their own push and no code here.
const RefundWords& LatestWords(const Refund& refund) {
  for (auto step = refund.steps.rbegin(); step != refund.steps.rend(); ++step) {
    if (*step != RefundStep::kPaidOut && *step != RefundStep::kPayOutFailed) {
      return WordsOf(*step);
    }
  }
  return WordsOf(RefundStep::kApplied);
}

std::string Seconds(Instant at) { return std::to_string(UnixSeconds(at)); }

}  // namespace

Fields RefundFields(const Order& order, const Refund& refund) {
  const RefundWords& words = WordsOf(refund.last());
  Fields fields = {{"order_id", order.id}};
  if (refund.flow == RefundFlow::kPlain) {
    const bool applies = words.notify_type == "apply";
    fields.emplace_back("notify_type", applies && refund.partial ? "part" : words.notify_type);
  }
  fields.emplace_back("refund_id", refund.id);
  fields.emplace_back("ctime", Seconds(refund.created));
  fields.emplace_back("reason", refund.reason);
  if (refund.flow == RefundFlow::kPlain) {
    fields.emplace_back("res_type", std::to_string(words.res_type));
  }
  fields.emplace_back("is_appeal", refund.appealed() ? "1" : "0");
  if (refund.partial) {
    fields.emplace_back("money", Yuan(refund.amount));
  }
  fields.emplace_back("pictures", "");
  fields.emplace_back("service_type", ServiceType(refund.flow));
  if (refund.flow != RefundFlow::kPlain) {
    fields.emplace_back("status", std::to_string(words.status));
    fields.emplace_back("apply_op_user_type", "1");
    fields.emplace_back("logistics_info", "");
  }
  if (refund.partial) {
    std::string food;
    JsonWriter json(food);
    WriteFoods(json, order, refund);
    fields.emplace_back("food", std::move(food));
  } else {
    fields.emplace_back("incmp_code", "0");
    fields.emplace_back("incmp_modules", "[]");
  }
  return fields;
}

Fields RefundResultFields(const Order& order, const Refund& refund) {
  return {{"order_id", order.id},
          {"refund_id", refund.id},
          {"refund_status", std::to_string(refund.result_code())},
          {"money", Yuan(refund.amount)},
          {"ctime", Seconds(refund.created)},
          {"utime", Seconds(refund.updated)}};
}

std::string RefundJson(const Order& order, const Refund& refund) {
  const RefundWords& words = LatestWords(refund);
  std::string text;
  JsonWriter json(text);
  json.BeginObject()
      .Key("wm_order_id_view")
      .Number(order.view_id)
      .Key("order_id")
      .Number(order.id)
      .Key("refund_id")
      .Number(refund.id)
      .Member("ctime", UnixSeconds(refund.created))
      .Member("utime", UnixSeconds(refund.updated))
      .Member("refund_type", refund.partial ? 2 : 1)
      .Member("res_reason", refund.answer)
      .Member("res_type", words.res_type)
      .Member("apply_type", refund.appealed() ? 6 : 1)
      .Member("apply_reason", refund.reason)
      .Key("money")
      .Number(Yuan(refund.amount))
      .Member("pictures", "")
      .Member("service_type", ServiceType(refund.flow))
      .Member("status", refund.flow == RefundFlow::kPlain ? "" : std::to_string(words.status));
  json.Key("wmAppRetailForOrderPartRefundList");
  WriteFoods(json, order, refund);
  json.EndObject();
  return text;
}

}  // namespace weir::simulators::meituan
