// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "model/order_body.hpp"

namespace weir::model {
namespace {

/// Integral text as a number, any other ("0.35") as text.
void WriteQuantity(JsonWriter& json, std::string_view quantity) {
  const bool integral =
      !quantity.empty() && quantity.size() <= 15 &&
      std::ranges::all_of(quantity, [](char c) { return c >= '0' && c <= '9'; }) &&
      (quantity.size() == 1 || quantity.front() != '0');
  json.Key("quantity");
  if (integral) {
    json.Raw(quantity);
  } else {
    json.String(quantity);
  }
}

void WriteOptions(JsonWriter& json, const std::vector<Option>& options) {
  json.Key("options").BeginArray();
  for (const Option& option : options) {
    json.BeginObject()
        .Member("group", option.group)
        .Member("name", option.name)
        .Member("price", option.price)
        .Member("quantity", option.quantity)
        .EndObject();
  }
  json.EndArray();
}

}  // namespace

void BodyWriter::WriteItems() {
  json_.Key("items").BeginArray();
  if (const auto& items = For(SnapshotField::kItems).items) {
    for (const Item& item : *items) {
      WriteItem(item);
    }
  }
  json_.EndArray();
}

void BodyWriter::WriteItem(const Item& item) {
  json_.BeginObject()
      .Member("line", item.line)
      .Member("name", item.name)
      .Member("platform_sku", item.platform_sku);
  WriteSku(item.platform_sku);
  json_.Member("spec", item.spec);
  WriteQuantity(json_, item.quantity);
  json_.Member("unit_price", item.unit_price).Member("amount", item.amount);
  WriteOptions(json_, item.options);
  WriteComponents(item.components);
  json_.Member("basket", item.basket)
      .Member("gift", item.gift)
      .Member("note", item.note)
      .Member("product_id", item.product_id)
      .Member("merchant_code", item.merchant_code)
      .EndObject();
}

void BodyWriter::WriteComponents(const std::vector<Component>& components) {
  json_.Key("components").BeginArray();
  for (const Component& component : components) {
    json_.BeginObject()
        .Member("group", component.group)
        .Member("name", component.name)
        .Member("platform_sku", component.platform_sku);
    WriteSku(component.platform_sku);
    WriteQuantity(json_, component.quantity);
    json_.Member("unit_price", component.unit_price);
    WriteOptions(json_, component.options);
    json_.EndObject();
  }
  json_.EndArray();
}

void BodyWriter::WriteSku(std::string_view platform_sku) {
  json_.Key("sku");
  const std::string sku =
      platform_sku.empty() || !around_.sku ? std::string() : around_.sku(platform_sku);
  if (!sku.empty()) {
    json_.String(sku);
    return;
  }
  json_.Null();
  if (!platform_sku.empty() && std::ranges::find(unmapped_, platform_sku) == unmapped_.end()) {
    unmapped_.push_back(platform_sku);
  }
}

void BodyWriter::WriteChargesAndDiscounts() {
  json_.Key("charges").BeginArray();
  if (const auto& charges = For(SnapshotField::kCharges).charges) {
    for (const Charge& charge : *charges) {
      json_.BeginObject().Member("kind", charge.kind).Member("amount", charge.amount).EndObject();
    }
  }
  json_.EndArray().Key("discounts").BeginArray();
  if (const auto& discounts = For(SnapshotField::kDiscounts).discounts) {
    for (const Discount& discount : *discounts) {
      json_.BeginObject()
          .Member("kind", discount.kind)
          .Member("name", discount.name)
          .Member("amount", discount.amount)
          .Member("platform_share", discount.platform_share)
          .Member("merchant_share", discount.merchant_share)
          .Member("other_share", discount.other_share)
          .EndObject();
    }
  }
  json_.EndArray();
}

void BodyWriter::WriteRefunds() {
  json_.Key("refunds").BeginArray();
  for (const Refund& refund : refunds_) {
    const RefundView view = View(refund);
    json_.BeginObject()
        .Member("id", refund.id)
        .Member("kind", Name(view.kind))
        .Member("status", Name(view.status))
        .Member("amount", view.amount)
        .Member("reason", *view.reason)
        .Key("lines")
        .BeginArray();
    if (view.lines != nullptr) {
      WriteRefundLines(refund.id, *view.lines);
    }
    json_.EndArray().Member("at", view.at).EndObject();
  }
  json_.EndArray();
}

void BodyWriter::WriteRefundLines(const std::string& refund_id,
                                  const std::vector<RefundLine>& lines) {
  bool all_known = true;
  for (const RefundLine& line : lines) {
    const std::string_view platform_sku =
        line.platform_sku.empty() ? SkuByName(line.name) : std::string_view(line.platform_sku);
    all_known &= !platform_sku.empty();
    json_.BeginObject().Member("name", line.name).Member("platform_sku", platform_sku);
    WriteSku(platform_sku);
    WriteQuantity(json_, line.quantity);
    json_.Member("amount", line.amount).EndObject();
  }
  if (!all_known) {
    issues_.push_back({.code = "unknown_refund_line", .detail = refund_id});
  }
}

/// The platform's SKU of the lines that bear this name; empty when there is none or more than one.
std::string_view BodyWriter::SkuByName(std::string_view name) const {
  std::string_view found;
  if (const auto& items = For(SnapshotField::kItems).items) {
    for (const Item& item : *items) {
      if (item.name != name || item.platform_sku.empty() || item.platform_sku == found) {
        continue;
      }
      if (!found.empty()) {
        return {};
      }
      found = item.platform_sku;
    }
  }
  return found;
}

}  // namespace weir::model
