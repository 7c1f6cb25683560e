// SPDX-License-Identifier: Apache-2.0
#include "gateway/masking.hpp"

#include <cctype>
#include <nlohmann/json.hpp>

namespace weir::gateway {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kLongRun = 7;

template <typename Mask>
void MaskMember(ordered_json& object, const char* name, Mask mask) {
  if (!object.is_object()) return;
  const auto found = object.find(name);
  if (found != object.end() && found->is_string()) *found = mask(found->template get<std::string>());
}

std::string MaskWhole(const std::string& text) { return text.empty() ? text : "***"; }

void MaskPerson(ordered_json& person) {
  if (!person.is_object()) return;
  MaskMember(person, "name", MaskName);
  MaskMember(person, "phone", MaskPhone);
  MaskMember(person, "phone_extension", MaskWhole);
  MaskMember(person, "address", MaskWhole);
  if (person.contains("latitude")) person["latitude"] = nullptr;
  if (person.contains("longitude")) person["longitude"] = nullptr;
}

}  // namespace

std::string MaskName(std::string_view name) {
  if (name.empty()) return {};
  std::size_t first = 1;
  while (first < name.size() && (static_cast<unsigned char>(name[first]) & 0xC0U) == 0x80U) ++first;
  return std::string(name.substr(0, first)) + "**";
}

std::string MaskPhone(std::string_view phone) {
  if (phone.empty()) return {};
  if (phone.size() < 8) return "****";
  return std::string(phone.substr(0, 3)) + "****" + std::string(phone.substr(phone.size() - 4));
}

std::string MaskDigits(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0) ++end;
    if (end - at >= kLongRun) {
      out.append("*******");
    } else {
      out.append(text.substr(at, end - at));
    }
    if (end < text.size()) out.push_back(text[end++]);
    at = end;
  }
  return out;
}

std::string MaskRecord(std::string_view json) {
  ordered_json record = ordered_json::parse(json, nullptr, false);
  if (!record.is_object()) return "null";
  if (record.contains("customer")) MaskPerson(record["customer"]);
  if (record.contains("delivery") && record["delivery"].is_object() &&
      record["delivery"].contains("rider")) {
    MaskPerson(record["delivery"]["rider"]);
  }
  MaskMember(record, "remark", MaskDigits);
  if (record.contains("invoice")) {
    MaskMember(record["invoice"], "title", MaskWhole);
    MaskMember(record["invoice"], "tax_id", MaskWhole);
  }
  if (record.contains("refunds") && record["refunds"].is_array()) {
    for (ordered_json& refund : record["refunds"]) MaskMember(refund, "reason", MaskDigits);
  }
  if (record.contains("items") && record["items"].is_array()) {
    for (ordered_json& item : record["items"]) MaskMember(item, "note", MaskDigits);
  }
  if (record.contains("extra")) record["extra"] = ordered_json::object();
  return record.dump();
}

}  // namespace weir::gateway
