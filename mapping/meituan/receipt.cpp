// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/json_writer.hpp"
#include "mapping/meituan/orders.hpp"

namespace weir::mapping::meituan {
namespace {

constexpr NameTable kReceiptNames({"actOrderChargeByMt", "actOrderChargeByPoi",
                                   "foodShareFeeChargeByPoi", "poiReceive", "wmPoiReceiveCent"});
using ReceiptMembers = Members<kReceiptNames>;

constexpr NameTable kChargeNames({"comment", "feeTypeDesc", "money", "moneyCent"});
using ChargeMembers = Members<kChargeNames>;

/// Reads amounts of a receipt in the unit it is written in.
class ReceiptReader {
 public:
  ReceiptReader(FieldReader& reader, bool fen)
      : reader_(reader), name_(fen ? "poi_receive_detail" : "poi_receive_detail_yuan"), fen_(fen) {}

  [[nodiscard]] std::string_view name() const { return name_; }
  MaybeMoney Amount(const Value& value) {
    return fen_ ? reader_.Fen(name_, value) : reader_.Yuan(name_, value);
  }
  MaybeMoney Income(ReceiptMembers& members) {
    return Amount(members.Take(fen_ ? ReceiptMembers::Name("wmPoiReceiveCent")
                                    : ReceiptMembers::Name("poiReceive")));
  }
  /// The sum of a list of charges, which stays in the rest. Nothing when there is no list.
  MaybeMoney Charges(const Value& list, std::string& comment) {
    if (!list.is_array()) {
      return std::nullopt;
    }
    MaybeMoney sum = Money();
    for (const simdjson::dom::element element : list.array()) {
      const Value value(element);
      if (!value.is_object()) {
        continue;
      }
      const ChargeMembers charge(MembersOf(value.object()));
      sum = Plus(sum, Amount(charge.Peek(fen_ ? ChargeMembers::Name("moneyCent")
                                              : ChargeMembers::Name("money"))));
      if (comment.empty()) {
        comment = charge
                      .Peek(charge.Has("comment") ? ChargeMembers::Name("comment")
                                                  : ChargeMembers::Name("feeTypeDesc"))
                      .text();
      }
    }
    return sum;
  }

 private:
  FieldReader& reader_;
  std::string_view name_;
  bool fen_;
};

std::optional<Receipt> TakeReceiptIn(Event& event, FieldReader& reader, bool fen) {
  const Fields::Name name =
      fen ? Fields::Name("poi_receive_detail") : Fields::Name("poi_receive_detail_yuan");
  const auto structure = reader.Object(name.text, event.fields.Peek(name));
  if (!structure) {
    return std::nullopt;
  }
  event.fields.Take(name);
  ReceiptReader amounts(reader, fen);
  ReceiptMembers members(MembersOf(structure->root().object()));
  Receipt receipt;
  receipt.by_merchant = amounts.Charges(members.Peek("actOrderChargeByPoi"), receipt.comment);
  receipt.by_platform = amounts.Charges(members.Peek("actOrderChargeByMt"), receipt.comment);
  receipt.commission = amounts.Amount(members.Take("foodShareFeeChargeByPoi"));
  receipt.income = amounts.Income(members);
  if (members.has_rest()) {
    std::string rest;
    JsonWriter json(rest);
    json.BeginObject();
    members.WriteRest(json);
    json.EndObject();
    event.nested_rest.emplace_back(name.text, std::move(rest));
  }
  return receipt;
}

}  // namespace

std::optional<Receipt> TakeReceipt(Event& event, FieldReader& reader) {
  auto receipt = TakeReceiptIn(event, reader, true);
  return receipt ? receipt : TakeReceiptIn(event, reader, false);
}

}  // namespace weir::mapping::meituan
