// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/messages.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "base/json_writer.hpp"
#include "base/text.hpp"

namespace weir::connectors::sf_express {
namespace {

constexpr std::string_view kMainland = "CN";

/// The first `most` characters, each whole.
std::string_view Cut(std::string_view text, std::size_t most) {
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
    if (begins && ++count > most) break;
  }
  return text.substr(0, end);
}

/// "2026-11-22 11:00:00" by China's clocks.
std::string ChinaTime(Instant at) {
  constexpr std::size_t kSeconds = 19;
  std::string text = ToRfc3339(at + Zone::China().offset()).substr(0, kSeconds);
  std::ranges::replace(text, 'T', ' ');
  return text;
}

std::string Kilograms(std::int64_t grams) {
  constexpr std::int64_t kGrams = 1000;
  grams = std::max<std::int64_t>(grams, 1);
  return fmt::format("{}.{:03}", grams / kGrams, grams % kGrams);
}

/// What a waybill's reader has to know: the end of a party's number.
std::string_view LastFour(std::string_view phone) {
  constexpr std::size_t kDigits = 4;
  return phone.size() < kDigits ? std::string_view() : phone.substr(phone.size() - kDigits);
}

void MemberUnlessEmpty(JsonWriter& json, std::string_view name, std::string_view text) {
  if (!text.empty()) json.Member(name, text);
}

void WriteContact(JsonWriter& json, const ShipmentParty& party, int type) {
  constexpr std::size_t kMobileDigits = 11;
  const bool mobile = party.phone.size() == kMobileDigits && party.phone.starts_with('1');
  json.BeginObject().Member("contactType", type);
  MemberUnlessEmpty(json, "company", Cut(party.company, 100));
  json.Member("contact", Cut(party.name, 100));
  json.Member(mobile ? "mobile" : "tel", Cut(party.phone, 20));
  json.Member("country", kMainland);
  MemberUnlessEmpty(json, "province", Cut(party.province, 30));
  MemberUnlessEmpty(json, "city", Cut(party.city, 100));
  MemberUnlessEmpty(json, "county", Cut(party.district, 30));
  json.Member("address", Cut(party.address, 200)).EndObject();
}

void WriteGoods(JsonWriter& json, const Consignment& consignment) {
  json.Key("cargoDetails").BeginArray();
  if (consignment.goods.empty()) json.BeginObject().Member("name", "商品").EndObject();
  for (const ShipmentGood& good : consignment.goods) {
    json.BeginObject().Member("name", Cut(good.name.empty() ? "商品" : good.name, 128));
    json.Key("count").Number(good.quantity);
    MemberUnlessEmpty(json, "unit", Cut(good.unit, 30));
    if (!good.amount.is_zero()) {
      json.Key("amount").Number(good.amount.ToYuan());
      json.Member("currency", "CNY");
    }
    json.EndObject();
  }
  json.EndArray();
}

void WriteAddress(JsonWriter& json, std::string_view name, const ShipmentParty& party) {
  json.Key(name).BeginObject();
  MemberUnlessEmpty(json, "province", Cut(party.province, 30));
  MemberUnlessEmpty(json, "city", Cut(party.city, 100));
  MemberUnlessEmpty(json, "district", Cut(party.district, 100));
  json.Member("address", Cut(party.province + party.city + party.district + party.address, 450));
  json.EndObject();
}

}  // namespace

std::string ProductOf(const Consignment& consignment, const Credentials& credentials) {
  return consignment.product.empty() ? credentials.express_type : consignment.product;
}

std::string QuoteMessage(const Consignment& consignment, const Credentials& credentials) {
  std::string message;
  JsonWriter json(message);
  json.BeginObject().Member("businessType", ProductOf(consignment, credentials));
  json.Key("weight").Number(Kilograms(consignment.weight_g));
  if (consignment.pick_up_at) json.Member("consignedTime", ChinaTime(*consignment.pick_up_at));
  json.Member("searchPrice", "1");
  WriteAddress(json, "destAddress", consignment.receiver);
  WriteAddress(json, "srcAddress", consignment.sender);
  MemberUnlessEmpty(json, "monthlyCard", credentials.monthly_card);
  json.EndObject();
  return message;
}

std::string OrderMessage(const Consignment& consignment, const Credentials& credentials) {
  std::string message;
  JsonWriter json(message);
  json.BeginObject().Member("language", credentials.language);
  json.Member("orderId", consignment.number);
  WriteGoods(json, consignment);
  json.Key("contactInfoList").BeginArray();
  WriteContact(json, consignment.sender, 1);
  WriteContact(json, consignment.receiver, 2);
  json.EndArray();
  MemberUnlessEmpty(json, "monthlyCard", credentials.monthly_card);
  json.Key("payMethod").Number(credentials.pay_method);
  json.Key("expressTypeId").Number(ProductOf(consignment, credentials));
  json.Member("parcelQty", consignment.parcels);
  json.Key("totalWeight").Number(Kilograms(consignment.weight_g));
  json.Member("isDocall", credentials.call_courier ? 1 : 0);
  if (consignment.pick_up_at) json.Member("sendStartTm", ChinaTime(*consignment.pick_up_at));
  json.Member("isReturnRoutelabel", 1);
  MemberUnlessEmpty(json, "custReferenceNo", Cut(consignment.display_no, 100));
  MemberUnlessEmpty(json, "remark", Cut(consignment.remark, 100));
  json.EndObject();
  return message;
}

std::string SearchMessage(std::string_view number, const Credentials& credentials) {
  std::string message;
  JsonWriter(message)
      .BeginObject()
      .Member("language", credentials.language)
      .Member("orderId", number)
      .Member("searchType", "1")
      .EndObject();
  return message;
}

std::string CancelMessage(std::string_view number, const Credentials& credentials) {
  std::string message;
  JsonWriter(message)
      .BeginObject()
      .Member("language", credentials.language)
      .Member("orderId", number)
      .Member("dealType", 2)
      .EndObject();
  return message;
}

std::string ConfirmMessage(const ShipmentRef& shipment, const Credentials& credentials) {
  std::string message;
  JsonWriter json(message);
  json.BeginObject().Member("language", credentials.language);
  json.Member("orderId", shipment.number).Member("dealType", 1);
  json.Key("waybillNoInfoList").BeginArray().BeginObject().Member("waybillType", 1);
  json.Member("waybillNo", shipment.platform_no).EndObject().EndArray().EndObject();
  return message;
}

std::string SubWaybillsMessage(std::string_view number, std::int64_t count) {
  std::string message;
  JsonWriter(message)
      .BeginObject()
      .Member("orderId", number)
      .Member("parcelQty", std::clamp<std::int64_t>(count, 1, kMaxSubWaybillsPerCall))
      .EndObject();
  return message;
}

std::string RoutesMessage(std::span<const ShipmentRef> shipments, const Credentials& credentials) {
  const bool by_waybill = std::ranges::none_of(
      shipments, [](const ShipmentRef& shipment) { return shipment.platform_no.empty(); });
  std::string message;
  JsonWriter json(message);
  json.BeginObject().Member("language", credentials.language);
  json.Member("trackingType", by_waybill ? "1" : "2").Key("trackingNumber").BeginArray();
  std::vector<std::string_view> phones;
  for (const ShipmentRef& shipment : shipments) {
    json.String(by_waybill ? shipment.platform_no : shipment.number);
    phones.push_back(LastFour(shipment.phone));
  }
  json.EndArray().Member("methodType", "1");
  if (std::ranges::any_of(phones, [](std::string_view phone) { return !phone.empty(); })) {
    json.Member("checkPhoneNo", fmt::format("{}", fmt::join(phones, ",")));
  }
  json.EndObject();
  return message;
}

std::string FeeMessage(const ShipmentRef& shipment) {
  // The numbers of the types are the other way round than those of routes (protocol §1.10).
  const bool by_waybill = !shipment.platform_no.empty();
  std::string message;
  JsonWriter json(message);
  json.BeginObject().Member("trackingType", by_waybill ? "2" : "1");
  json.Member("trackingNum", by_waybill ? shipment.platform_no : shipment.number).EndObject();
  return message;
}

std::string PromisedTimeMessage(const ShipmentRef& shipment, const Credentials& credentials) {
  const bool by_card = !credentials.monthly_card.empty();
  std::string message;
  JsonWriter json(message);
  json.BeginObject().Member("searchNo", shipment.platform_no).Member("checkType", by_card ? 2 : 1);
  json.Key("checkNos").BeginArray();
  json.String(by_card ? std::string_view(credentials.monthly_card) : shipment.phone);
  json.EndArray().EndObject();
  return message;
}

std::string InterceptMessage(std::string_view waybill, const Credentials& credentials) {
  const bool by_card = !credentials.monthly_card.empty();
  std::string message;
  JsonWriter json(message);
  json.BeginObject().Member("waybillNo", waybill).Member("serviceCode", "2").Member("role", "1");
  json.Member("payMode", by_card ? "4" : "1");
  MemberUnlessEmpty(json, "monthlyCardNo", credentials.monthly_card);
  json.EndObject();
  return message;
}

std::string PrintMessage(std::string_view waybill, const Credentials& credentials) {
  std::string message;
  JsonWriter json(message);
  json.BeginObject().Member("templateCode", credentials.print_template).Member("version", "2.0");
  json.Member("fileType", "pdf").Member("sync", true).Key("documents").BeginArray();
  json.BeginObject().Member("masterWaybillNo", waybill).EndObject().EndArray().EndObject();
  return message;
}

}  // namespace weir::connectors::sf_express
