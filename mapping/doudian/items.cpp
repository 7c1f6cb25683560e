// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "base/json_writer.hpp"
#include "mapping/decimal.hpp"
#include "mapping/doudian/orders.hpp"
#include "mapping/doudian/status.hpp"

namespace weir::mapping::doudian {
namespace {

constexpr NameTable kLineNames({
    "code",
    "given_product_type",
    "item_num",
    "order_id",
    "origin_amount",
    "out_sku_id",
    "parent_order_id",
    "product_id",
    "product_id_str",
    "product_name",
    "receive_type",
    "sku_id",
    "spec",
    "store_info",
    "sum_amount",
});
using Line = Members<kLineNames>;

/// Reads the SKU orders one by one.
class LineReader {
 public:
  LineReader(FieldReader& reader, model::OrderSnapshot& snapshot)
      : reader_(reader), snapshot_(snapshot), json_(rest_) {
    json_.BeginArray();
  }

  void Read(const Value& value, std::string_view order_id);
  Lines TakeLines() {
    lines_.all_fetched = fetched_ > 0 && fetched_ == lines_.items.size();
    return std::move(lines_);
  }
  /// What the lines say beyond the model, a JSON array; empty when nothing.
  std::string TakeRest() {
    json_.EndArray();
    return has_rest_ ? std::move(rest_) : std::string();
  }

 private:
  void ReadAmounts(Line& line, model::Item& item);
  void TakeStore(Line& line);
  std::string SpecOf(Line& line);

  FieldReader& reader_;
  model::OrderSnapshot& snapshot_;
  Lines lines_;
  std::size_t fetched_ = 0;
  std::string rest_;
  JsonWriter json_;
  bool has_rest_ = false;
};

void LineReader::Read(const Value& value, std::string_view order_id) {
  if (!value.is_object()) {
    reader_.Malformed("sku_order_list");
    lines_.sum = std::nullopt;
    return;
  }
  Line line(MembersOf(value.object()));
  model::Item item;
  item.line = line.Take("order_id").text();
  if (item.line.empty()) item.line = fmt::format("{}", lines_.items.size() + 1);
  item.name = line.Take("product_name").text();
  item.platform_sku = line.Take("sku_id").text();
  // product_id may have passed a floating-point number.
  const Value number = line.Take("product_id");
  item.product_id = (line.Has("product_id_str") ? line.Take("product_id_str") : number).text();
  item.merchant_code = (line.Has("code") ? line.Take("code") : line.Take("out_sku_id")).text();
  item.spec = SpecOf(line);
  if (line.Peek("given_product_type").text() == "FREE") {
    line.Take("given_product_type");
    item.gift = true;
  }
  if (line.Peek("parent_order_id").text() == order_id) line.Take("parent_order_id");
  if (line.Take("receive_type").text() == kPickup) ++fetched_;
  TakeStore(line);
  ReadAmounts(line, item);
  if (line.has_rest()) {
    has_rest_ = true;
    json_.BeginObject().Member("line", item.line);
    line.WriteRest(json_);
    json_.EndObject();
  }
  lines_.items.push_back(std::move(item));
}

void LineReader::ReadAmounts(Line& line, model::Item& item) {
  const auto quantity = reader_.Quantity("sku_order_list.item_num", line.Take("item_num"));
  const auto price = reader_.Fen("sku_order_list.origin_amount", line.Take("origin_amount"));
  const Value told = line.Take("sum_amount");
  const auto total = reader_.Fen("sku_order_list.sum_amount", told);
  item.quantity = quantity.value_or("1");
  item.unit_price = price.value_or(Money());
  const auto product = price ? Multiply(*price, item.quantity) : std::nullopt;
  if (total && product && *total != *product) {
    AddMismatch(snapshot_,
                fmt::format("line {}: sum_amount {} != origin_amount {} x item_num {}", item.line,
                            total->ToYuan(), item.unit_price.ToYuan(), item.quantity));
  }
  const MaybeMoney amount = total || !told.empty() ? total : product;
  item.amount = amount.value_or(Money());
  lines_.sum = Plus(lines_.sum, amount);
}

/// The store's other members go to the line's rest as they are.
void LineReader::TakeStore(Line& line) {
  const std::string_view store = MemberAt(line.Peek("store_info"), "store_id").text();
  if (!IsPlatformId(store)) return;
  if (lines_.store.empty()) lines_.store = store;
  if (line.Peek("store_info").object().size() == 1) line.Take("store_info");
}

std::string LineReader::SpecOf(Line& line) {
  std::string text;
  const auto specs = reader_.Array("sku_order_list.spec", line.Take("spec"));
  if (!specs) return text;
  for (const simdjson::dom::element element : specs->root().array()) {
    text.append(text.empty() ? "" : ",").append(MemberAt(Value(element), "value").text());
  }
  return text;
}

}  // namespace

std::optional<Lines> MapLines(ReadOrder& order, FieldReader& reader,
                              model::OrderSnapshot& snapshot) {
  const auto list = reader.Array("sku_order_list", order.fields.Take("sku_order_list"));
  if (!list) return std::nullopt;
  // The order's own id was taken from its fields, but is there still.
  const std::string_view order_id = order.fields.Peek("order_id").text();
  LineReader lines(reader, snapshot);
  for (const simdjson::dom::element element : list->root().array()) {
    lines.Read(Value(element), order_id);
  }
  if (std::string rest = lines.TakeRest(); !rest.empty()) {
    order.nested_rest.emplace_back("sku_order_list", std::move(rest));
  }
  return lines.TakeLines();
}

}  // namespace weir::mapping::doudian
