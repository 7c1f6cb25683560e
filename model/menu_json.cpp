// SPDX-License-Identifier: Apache-2.0
#include "model/menu_json.hpp"

#include "base/json_writer.hpp"

namespace weir::model {
namespace {

void WriteExtra(JsonWriter& json, const std::string& extra) {
  json.Key("extra");
  if (extra.empty()) {
    json.BeginObject().EndObject();
  } else {
    json.Raw(extra);
  }
}

void WriteTexts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.Key(name).BeginArray();
  for (const std::string& text : texts) json.String(text);
  json.EndArray();
}

void WriteSpec(JsonWriter& json, const MenuSpec& spec) {
  json.BeginObject()
      .Member("platform_sku", spec.platform_sku)
      .Key("sku")
      .Null()
      .Member("name", spec.name)
      .Member("merchant_code", spec.merchant_code)
      .Member("price", spec.price)
      .Member("packaging_fee", spec.packaging_fee)
      .Member("stock", spec.stock)
      .Member("unlimited", spec.unlimited)
      .Member("available", spec.available);
  WriteExtra(json, spec.extra);
  json.EndObject();
}

void WriteOptionGroup(JsonWriter& json, const MenuOptionGroup& group) {
  json.BeginObject().Member("name", group.name).Key("options").BeginArray();
  for (const MenuOption& option : group.options) {
    json.BeginObject().Member("name", option.name).Member("price", option.price).EndObject();
  }
  json.EndArray().EndObject();
}

void WriteChoices(JsonWriter& json, const MenuItem& item) {
  json.Key("specs").BeginArray();
  for (const MenuSpec& spec : item.specs) WriteSpec(json, spec);
  json.EndArray().Key("option_groups").BeginArray();
  for (const MenuOptionGroup& group : item.option_groups) WriteOptionGroup(json, group);
  json.EndArray().Key("attributes").BeginArray();
  for (const MenuAttribute& attribute : item.attributes) {
    json.BeginObject().Member("name", attribute.name);
    WriteTexts(json, "values", attribute.values);
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace

void AppendMenuItem(std::string& out, const MenuItem& item) {
  JsonWriter json(out);
  json.BeginObject()
      .Member("id", item.id)
      .Member("platform_item", item.id)
      .Member("name", item.name)
      .Member("description", item.description);
  WriteTexts(json, "pictures", item.pictures);
  json.Member("category", item.category).Member("unit", item.unit);
  WriteChoices(json, item);
  json.Key("hours").BeginArray();
  for (const MenuHours& hours : item.hours) {
    json.BeginObject()
        .Member("day", hours.day)
        .Member("from", hours.from)
        .Member("to", hours.to)
        .EndObject();
  }
  json.EndArray().Member("sort", item.sort).Member("available", item.available);
  WriteExtra(json, item.extra);
  json.EndObject();
}

void AppendMenuCategories(std::string& out, const std::vector<MenuCategory>& categories) {
  JsonWriter json(out);
  json.BeginArray();
  for (const MenuCategory& category : categories) {
    json.BeginObject()
        .Member("id", category.id)
        .Member("name", category.name)
        .Member("parent", category.parent.empty() ? std::nullopt : std::optional(category.parent))
        .Member("sort", category.sort)
        .EndObject();
  }
  json.EndArray();
}

}  // namespace weir::model
