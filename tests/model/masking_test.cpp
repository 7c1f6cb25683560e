// SPDX-License-Identifier: Apache-2.0
#include "model/masking.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/json_writer.hpp"
#include "base/text.hpp"

namespace weir::model {
namespace {

using nlohmann::json;

/// The order of tests/data/model/order.json, compact.
json SampleOrder() {
  std::ifstream file(std::string(WEIR_TEST_DATA) + "/model/order.json");
  return json::parse(file);
}

std::string Masked(std::string_view text) {
  std::string out;
  AppendMasked(out, text);
  return out;
}

/// An object with one member, masked.
std::string MaskedMember(const std::string& name, const std::string& text) {
  return json::parse(Masked(json{{name, text}}.dump()))[name];
}

std::string MaskedPerson(const std::string& name, const std::string& text) {
  return json::parse(Masked(json{{"customer", {{name, text}}}}.dump()))["customer"][name];
}

TEST(AppendMasked, MasksWhatIsPersonalAndNothingElse) {
  json wanted = SampleOrder();
  wanted["customer"] = {{"name", "张**"},           {"phone", "138****0000"},
                        {"phone_extension", "***"}, {"phone_kind", "virtual"},
                        {"address", "***"},         {"latitude", nullptr},
                        {"longitude", nullptr},     {"coordinate_system", "GCJ02"}};
  wanted["delivery"]["rider"] = {{"name", "李**"}, {"phone", "139****0000"}};
  wanted["invoice"] = {{"title", "***"}, {"tax_id", "***"}};
  wanted["extra"] = json::object();
  EXPECT_EQ(json::parse(Masked(SampleOrder().dump())), wanted);
}

TEST(AppendMasked, MasksThePeopleOfAShipment) {
  const json shipment{
      {"rider", {{"name", "李四"}, {"phone", "13900000000"}, {"latitude", 31.2}, {"at", nullptr}}},
      {"sender", {{"name", "店"}, {"company", "示例店"}, {"city", "上海"}}},
      {"receiver", {{"name", "张三"}, {"phone", "13800000000"}, {"address", "示例路1号"}}},
      {"tracking", {{{"key", "SF1234567890123/50"}, {"text", "电话13900000000"}, {"code", "50"}}}},
      {"cancel_reason", "打13900000000"},
      {"rider_asks", {{"reason", "打13900000000"}, {"answer", nullptr}}}};
  const json wanted{
      {"rider",
       {{"name", "李**"}, {"phone", "139****0000"}, {"latitude", nullptr}, {"at", nullptr}}},
      {"sender", {{"name", "店**"}, {"company", "***"}, {"city", "上海"}}},
      {"receiver", {{"name", "张**"}, {"phone", "138****0000"}, {"address", "***"}}},
      {"tracking", {{{"key", "SF*******/50"}, {"text", "电话*******"}, {"code", "50"}}}},
      {"cancel_reason", "打*******"},
      {"rider_asks", {{"reason", "打*******"}, {"answer", nullptr}}}};
  EXPECT_EQ(json::parse(Masked(shipment.dump())), wanted);
}

TEST(AppendMasked, KeepsTheOrderOfMembers) {
  EXPECT_EQ(Masked(R"({"z":1,"customer":{"phone":"","name":""},"a":[1,{"b":"}"}]})"),
            R"({"z":1,"customer":{"phone":"","name":""},"a":[1,{"b":"}"}]})");
}

TEST(AppendMasked, ShowsTheFirstCharacterOfAName) {
  EXPECT_EQ(MaskedPerson("name", "张三"), "张**");
  EXPECT_EQ(MaskedPerson("name", "A"), "A**");
  EXPECT_EQ(MaskedPerson("name", "\"x\""), "\"**");
  EXPECT_EQ(MaskedPerson("name", "\x01x"), "\x01**");
  EXPECT_EQ(MaskedPerson("name", ""), "");
}

TEST(AppendMasked, ShowsTheEndsOfALongPhone) {
  EXPECT_EQ(MaskedPerson("phone", "13812345678"), "138****5678");
  EXPECT_EQ(MaskedPerson("phone", "+8613812345678"), "+86****5678");
  EXPECT_EQ(MaskedPerson("phone", "138****5678"), "138****5678");
  // The ends of a short one would be nearly all of it, and other text may hold anything.
  for (const char* phone : {"12345678", "1", "电话13812345678", "13812345678,张三"}) {
    EXPECT_EQ(MaskedPerson("phone", phone), "****") << phone;
  }
}

TEST(AppendMasked, StarsLongRunsOfDigitsInFreeText) {
  const std::pair<const char*, const char*> texts[] = {
      {"打13812345678", "打*******"},
      {"138-1234-5678到", "*******到"},
      {"138 1234 5678", "*******"},
      {"13812345678_1234，谢谢", "*******，谢谢"},
      {"１３８１２３４５６７８", "*******"},
      {"3号楼502，2份", "3号楼502，2份"},
      {"123456", "123456"},
      {"1234567", "*******"},
      {"- 1 2 -", "- 1 2 -"},
      {"12  34567", "12  34567"},
      {"", ""},
  };
  for (const auto& [text, masked] : texts) {
    EXPECT_EQ(MaskedMember("remark", text), masked) << text;
  }
}

TEST(AppendMasked, MasksFreeTextWhereverItStands) {
  const std::string masked = Masked(
      R"({"items":[{"note":"13812345678"}],"refunds":[{"reason":"13812345678"},{"reason":""}]})");
  EXPECT_EQ(masked,
            R"({"items":[{"note":"*******"}],"refunds":[{"reason":"*******"},{"reason":""}]})");
}

// The escape of a control character ends in digits that are no digits of the text.
TEST(AppendMasked, DoesNotBreakEscapes) {
  const std::string text =
      "\x01"
      "1234567\\\"";
  EXPECT_EQ(MaskedMember("remark", text), "\x01*******\\\"");
}

TEST(AppendMasked, NeverShowsAnotherKindOfValue) {
  const std::pair<const char*, const char*> values[] = {
      {R"({"remark":13812345678})", R"({"remark":null})"},
      {R"({"remark":{"a":"13812345678"}})", R"({"remark":null})"},
      {R"({"customer":"张三"})", R"({"customer":null})"},
      {R"({"customer":["张三"]})", R"({"customer":null})"},
      {R"({"customer":null})", R"({"customer":null})"},
      {R"({"customer":{"name":["张三"]}})", R"({"customer":{"name":null}})"},
      {R"({"items":{"note":"张三"}})", R"({"items":null})"},
      {R"({"extra":"张三"})", R"({"extra":{}})"},
      {R"({"customer":{"latitude":31.2,"longitude":"121"}})",
       R"({"customer":{"latitude":null,"longitude":null}})"},
  };
  for (const auto& [given, shown] : values) EXPECT_EQ(Masked(given), shown);
}

TEST(AppendMasked, ShowsNullForWhatItDoesNotUnderstand) {
  for (const char* text :
       {"", "x", "[]", "{", R"({"a")", R"({"a":)", R"({"a":1)", R"({"a":1}x)", R"({"a":"})",
        R"({"a":"\"})", R"({"a":[1})", R"({ "a": 1})", R"({"items":[1]})", R"({"a":1,})"}) {
    EXPECT_EQ(Masked(text), "null") << text;
  }
}

TEST(AppendMasked, AppendsToWhatIsThere) {
  std::string out = "before:";
  AppendMasked(out, "broken");
  EXPECT_EQ(out, "before:null");
}

TEST(AppendMasked, MakesJsonOfAnyTextAndLeaksNoPhone) {
  EXPECT_TRUE(rc::check([](const std::string& before, const std::string& after) {
    const std::string text = before + "-13812345678-" + after;
    std::string order;
    JsonWriter json_writer(order);
    json_writer.BeginObject().Member("remark", text).Key("customer").BeginObject();
    for (const char* name : {"name", "phone", "phone_extension", "address"}) {
      json_writer.Member(name, "x" + text);
    }
    json_writer.EndObject().Member("kept", text).EndObject();
    const json masked = json::parse(Masked(order), nullptr, false);
    RC_ASSERT(masked.is_object());
    RC_ASSERT(masked["kept"] == RepairUtf8(text));
    RC_ASSERT(masked["remark"].dump().find("1381234") == std::string::npos);
    RC_ASSERT(masked["customer"].dump().find("1381234") == std::string::npos);
  }));
}

// Whatever bytes come in, reading stays inside of them.
TEST(AppendMasked, SurvivesAnyBytes) {
  EXPECT_TRUE(rc::check([](const std::string& bytes, std::size_t cut) {
    const std::string order = SampleOrder().dump();
    (void)Masked(bytes);
    (void)Masked(order.substr(0, cut % order.size()) + bytes);
    RC_SUCCEED();
  }));
}

}  // namespace
}  // namespace weir::model
