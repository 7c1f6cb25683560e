// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/calls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <utility>

#include "base/text.hpp"
#include "simulators/sf_express/wire_time.hpp"

namespace weir::simulators::sf_express {
namespace {

using nlohmann::json;

constexpr std::int64_t kMostParcels = 307;
constexpr std::int64_t kMostChildren = 20;
constexpr std::size_t kMostRoutes = 10;

/// A member that is a text or a whole number.
std::string TextOf(const json& object, const char* name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  if (!object.is_object() || found == object.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  return found->is_number_integer() ? std::to_string(found->get<std::int64_t>()) : std::string();
}

std::int64_t IntOf(const json& object, const char* name, std::int64_t otherwise) {
  return ParseInt(TextOf(object, name)).value_or(otherwise);
}

std::int64_t GramsOf(const json& object, const char* name) {
  const auto found = object.find(name);
  constexpr double kMostKilograms = 100'000;
  return found != object.end() && found->is_number() && found->get<double>() > 0 &&
                 found->get<double>() < kMostKilograms
             ? std::llround(found->get<double>() * 1000)
             : 1000;
}

std::string LastFour(const std::string& phone) {
  return phone.size() < 4 ? phone : phone.substr(phone.size() - 4);
}

json WaybillsOf(const Parcel& parcel) {
  json list = json::array();
  list.push_back({{"waybillType", 1}, {"waybillNo", parcel.waybill}});
  for (const std::string& child : parcel.children) {
    list.push_back({{"waybillType", 2}, {"waybillNo", child}});
  }
  return list;
}

Reply Refuse(std::string code) { return {.code = std::move(code)}; }

/// What a create answers, and a search with two names in lower case.
json OrderOf(const Parcel& parcel, bool searched) {
  json order{{"orderId", parcel.number},
             {searched ? "origincode" : "originCode", "755"},
             {searched ? "destcode" : "destCode", "010"},
             {"filterResult", searched ? json("2") : json(2)},
             {"remark", ""},
             {"waybillNoInfoList", WaybillsOf(parcel)},
             {"routeLabelInfo", nullptr},
             {"returnExtraInfoList", nullptr}};
  if (!searched) order["paymentLink"] = nullptr;
  return order;
}

/// The code that refuses an order; empty for one that is right.
std::string FaultOf(const Call& call) {
  const json& message = call.message;
  const std::string card = TextOf(message, "monthlyCard");
  if (!card.empty() && card != call.options.monthly_card) return "8114";
  if (IntOf(message, "parcelQty", 1) > kMostParcels) return "8117";
  const auto cargo = message.find("cargoDetails");
  if (cargo == message.end() || !cargo->is_array() || cargo->empty() ||
      TextOf(cargo->front(), "name").empty()) {
    return "1023";
  }
  constexpr std::array<std::array<const char*, 3>, 2> kCodes{
      {{"1010", "1011", "1012"}, {"1014", "1015", "1016"}}};
  const auto contacts = message.find("contactInfoList");
  for (std::int64_t type = 1; type <= 2; ++type) {
    const auto& codes = kCodes.at(static_cast<std::size_t>(type - 1));
    json contact;
    if (contacts != message.end() && contacts->is_array()) {
      for (const json& one : *contacts) {
        if (IntOf(one, "contactType", 0) == type) contact = one;
      }
    }
    if (TextOf(contact, "address").empty()) return codes[0];
    if (TextOf(contact, "contact").empty()) return codes[1];
    if (TextOf(contact, "mobile").empty() && TextOf(contact, "tel").empty()) return codes[2];
  }
  return {};
}

Parcel ParcelOf(const json& message) {
  Parcel parcel;
  parcel.number = TextOf(message, "orderId");
  parcel.weight_g = GramsOf(message, "totalWeight");
  for (const json& contact : message.at("contactInfoList")) {
    for (const char* name : {"mobile", "tel"}) {
      if (const std::string phone = TextOf(contact, name); !phone.empty()) {
        parcel.phones.push_back(LastFour(phone));
      }
    }
    const std::string city = TextOf(contact, "city");
    if (!city.empty()) (IntOf(contact, "contactType", 1) == 1 ? parcel.from : parcel.to) = city;
  }
  return parcel;
}

Reply Create(const Call& call) {
  const std::string number = TextOf(call.message, "orderId");
  if (number.empty()) return Refuse("8018");
  if (Parcel* known = call.book.Find(number)) {
    ++known->ordered;
    return call.options.quirks.repeated_is_answered ? Reply{.message = OrderOf(*known, false)}
                                                    : Refuse("8016");
  }
  if (std::string fault = FaultOf(call); !fault.empty()) return Refuse(std::move(fault));
  const std::int64_t pieces = std::max<std::int64_t>(IntOf(call.message, "parcelQty", 1), 1);
  return {.message = OrderOf(call.life.Begin(ParcelOf(call.message), pieces, call.now), false)};
}

Reply Search(const Call& call) {
  const Parcel* parcel = call.book.Find(TextOf(call.message, "orderId"));
  return parcel == nullptr ? Refuse("6150") : Reply{.message = OrderOf(*parcel, true)};
}

Reply Update(const Call& call) {
  constexpr std::int64_t kCancel = 2;
  Parcel* parcel = call.book.Find(TextOf(call.message, "orderId"));
  if (parcel == nullptr) return Refuse("8024");
  if (parcel->status == "cancelled") return Refuse("8037");
  if (IntOf(call.message, "dealType", 1) == kCancel) {
    if (!call.life.Cancel(*parcel, call.now)) return Refuse("8252");
  } else if (const auto list = call.message.find("waybillNoInfoList");
             list == call.message.end() || !list->is_array() || list->empty() ||
             TextOf(list->front(), "waybillNo") != parcel->waybill) {
    return Refuse("8017");
  }
  return {.message = {{"orderId", parcel->number},
                      {"waybillNoInfoList", WaybillsOf(*parcel)},
                      {"resStatus", 2},
                      {"extraInfoList", nullptr}}};
}

std::string StatusCodeOf(const Node& node) {
  if (node.op_code == "50" || node.op_code == "51") return "1";
  if (node.op_code == "204" || node.op_code == "44") return "3";
  return node.op_code == "80" || node.op_code == "8000" ? "4" : "2";
}

json RoutesOf(const Parcel& parcel, const std::string& waybill) {
  json routes = json::array();
  for (const Node& node : parcel.nodes) {
    if (node.waybill != waybill) continue;
    routes.push_back({{"acceptAddress", node.place},
                      {"acceptTime", WireTime(node.at)},
                      {"remark", node.text},
                      {"opCode", node.op_code},
                      {"firstStatusCode", StatusCodeOf(node)}});
  }
  return routes;
}

/// The n-th of a list joined by commas.
std::string Part(std::string_view list, std::size_t n) {
  for (; n > 0; --n) {
    const std::size_t comma = list.find(',');
    if (comma == std::string_view::npos) return {};
    list.remove_prefix(comma + 1);
  }
  return std::string(list.substr(0, list.find(',')));
}

Reply SearchRoutes(const Call& call) {
  const auto numbers = call.message.find("trackingNumber");
  if (numbers == call.message.end() || !numbers->is_array() || numbers->empty()) {
    return Refuse("8013");
  }
  if (numbers->size() > kMostRoutes) return Refuse("8003");
  const bool by_number = TextOf(call.message, "trackingType") == "2";
  const std::string phones = TextOf(call.message, "checkPhoneNo");
  json answers = json::array();
  for (std::size_t i = 0; i < numbers->size(); ++i) {
    const json& number = numbers->at(i);
    const std::string name = number.is_string() ? number.get<std::string>() : number.dump();
    const Parcel* parcel = call.book.Find(name);
    const std::string phone = Part(phones, i);
    const bool hidden = parcel != nullptr && !phone.empty() &&
                        std::ranges::find(parcel->phones, phone) == parcel->phones.end();
    const std::string waybill = parcel != nullptr && by_number ? parcel->waybill : name;
    answers.push_back(
        {{"mailNo", waybill},
         {"routes", parcel == nullptr || hidden ? json::array() : RoutesOf(*parcel, waybill)}});
  }
  return {.message = {{"routeResps", answers}}};
}

json YuanOf(Fen fee) { return static_cast<double>(fee) / 100; }

Reply QueryFee(const Call& call) {
  const Parcel* parcel = call.book.Find(TextOf(call.message, "trackingNum"));
  if (parcel == nullptr || !parcel->picked_up) return Refuse("8148");
  std::string children;
  for (const std::string& child : parcel->children) {
    children += (children.empty() ? "" : ",") + child;
  }
  constexpr Fen kInsurance = 300;
  const json info{{"waybillNo", parcel->waybill},
                  {"orderId", parcel->number},
                  {"waybillChilds", children},
                  {"customerAcctCode", call.options.monthly_card},
                  {"meterageWeightQty", static_cast<double>(parcel->weight_g) / 1000}};
  const json fees = json::array(
      {{{"type", "1"}, {"name", "运费"}, {"value", YuanOf(FeeOf(parcel->weight_g) - kInsurance)}},
       {{"type", "3"}, {"name", "基础保"}, {"value", YuanOf(kInsurance)}}});
  return {.message = {{"waybillInfo", info}, {"waybillFeeList", fees}}};
}

Reply QueryDeliveryTime(const Call& call) {
  const auto to = call.message.find("destAddress");
  const auto from = call.message.find("srcAddress");
  if (to == call.message.end() || from == call.message.end()) return Refuse("S0002");
  const bool priced = TextOf(call.message, "searchPrice") == "1";
  const std::string until = WireTime(call.now + std::chrono::days(1));
  const json offer{{"businessType", TextOf(call.message, "businessType")},
                   {"businessTypeDesc", "顺丰标快"},
                   {"deliverTime", until + "," + until},
                   {"fee", priced ? YuanOf(FeeOf(GramsOf(call.message, "weight"))) : json()},
                   {"searchPrice", priced ? "1" : "0"},
                   {"closeTime", nullptr}};
  return {.message = {{"deliverTmDto", json::array({offer})}}};
}

Reply PromiseTime(const Call& call) {
  const std::string waybill = TextOf(call.message, "searchNo");
  const Parcel* parcel = call.book.Find(waybill);
  if (parcel == nullptr) return Refuse("8247");
  return {.message = {{"searchNo", waybill},
                      {"promiseTm", WireTime(parcel->created + std::chrono::days(1))}}};
}

Reply AddChildren(const Call& call) {
  Parcel* parcel = call.book.Find(TextOf(call.message, "orderId"));
  if (parcel == nullptr) return Refuse("8018");
  const std::int64_t count = IntOf(call.message, "parcelQty", 0);
  if (count < 1 || count > kMostChildren) return Refuse("8067");
  if (!parcel->nodes.empty()) return Refuse("8168");
  json list = json::array();
  for (const std::string& child : call.life.AddChildren(*parcel, count)) {
    list.push_back({{"waybillType", 2}, {"waybillNo", child}});
  }
  return {.message = {{"orderId", parcel->number},
                      {"parcelQty", count},
                      {"waybillNoInfoList", std::move(list)}}};
}

Reply Intercept(const Call& call) {
  Parcel* parcel = call.book.Find(TextOf(call.message, "waybillNo"));
  if (parcel == nullptr) return Refuse("8247");
  return call.life.Intercept(*parcel, call.now) ? Reply{} : Refuse("8196");
}

Reply Print(const Call& call) {
  const auto documents = call.message.find("documents");
  if (!TextOf(call.message, "templateCode").ends_with(call.options.partner_id)) {
    return Refuse("8027");
  }
  if (documents == call.message.end() || !documents->is_array()) return Refuse("8013");
  json files = json::array();
  for (const json& document : *documents) {
    const std::string waybill = TextOf(document, "masterWaybillNo");
    if (call.book.Find(waybill) == nullptr) return Refuse("8247");
    files.push_back({{"waybillNo", waybill},
                     {"token", kLabelToken},
                     {"url", fmt::format("{}{}{}.pdf", call.origin, kLabelPath, waybill)},
                     {"seqNo", files.size() + 1}});
  }
  return {.obj = {{"files", std::move(files)}}};
}

constexpr std::array kServices{
    Service{kCreate, Create},
    Service{"EXP_RECE_SEARCH_ORDER_RESP", Search},
    Service{"EXP_RECE_UPDATE_ORDER", Update},
    Service{"EXP_RECE_SEARCH_ROUTES", SearchRoutes},
    Service{"EXP_RECE_QUERY_SFWAYBILL", QueryFee},
    Service{"EXP_RECE_QUERY_DELIVERTM", QueryDeliveryTime},
    Service{"EXP_RECE_SEARCH_PROMITM", PromiseTime},
    Service{"EXP_RECE_GET_SUB_MAILNO", AddChildren},
    Service{"EXP_RECE_WANTED_INTERCEPT", Intercept},
    Service{"COM_RECE_CLOUD_PRINT_WAYBILLS", Print},
};

}  // namespace

const Service* FindService(std::string_view code) {
  const auto* const found = std::ranges::find(kServices, code, &Service::code);
  return found == kServices.end() ? nullptr : found;
}

std::string LabelOf(std::string_view waybill) {
  const std::string text = fmt::format("BT /F1 12 Tf 20 340 Td ({}) Tj ET", waybill);
  return fmt::format(
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
      "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 215 368]/Contents 4 0 R/Resources<</Font<<"
      "/F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
      "4 0 obj<</Length {}>>stream\n{}\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
      text.size(), text);
}

}  // namespace weir::simulators::sf_express
