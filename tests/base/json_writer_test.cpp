// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/text.hpp"

namespace weir {
namespace {

std::string Quoted(std::string_view text) {
  std::string out;
  JsonWriter(out).String(text);
  return out;
}

TEST(JsonWriter, SetsCommas) {
  std::string out;
  JsonWriter json(out);
  json.BeginObject().Member("id", "a").Key("items").BeginArray().Int(1).BeginObject().EndObject();
  json.BeginArray().EndArray().Null().EndArray().Member("open", true).EndObject();
  EXPECT_EQ(out, R"({"id":"a","items":[1,{},[],null],"open":true})");
}

TEST(JsonWriter, AppendsToWhatIsThere) {
  std::string out = "data: ";
  JsonWriter(out).BeginArray().EndArray();
  EXPECT_EQ(out, "data: []");
}

TEST(JsonWriter, WritesEachTypeOfMember) {
  std::string out;
  JsonWriter json(out);
  json.BeginObject()
      .Member("text", std::string("t"))
      .Member("int", -3)
      .Member("least", std::numeric_limits<std::int64_t>::min())
      .Member("most", std::numeric_limits<std::uint64_t>::max())
      .Member("money", Money::FromFen(3150))
      .Member("at", Instant(std::chrono::milliseconds(0)))
      .Member("absent", std::optional<Money>())
      .Member("present", std::optional<std::string>("p"))
      .EndObject();
  EXPECT_EQ(out, R"({"text":"t","int":-3,"least":-9223372036854775808,"most":18446744073709551615,)"
                 R"("money":3150,"at":"1970-01-01T00:00:00.000Z","absent":null,"present":"p"})");
}

TEST(JsonWriter, EscapesWhatMustBe) {
  EXPECT_EQ(Quoted("a\"b\\c\nd\re\tf"), R"("a\"b\\c\nd\re\tf")");
  EXPECT_EQ(Quoted(std::string_view("\0\x1f\x7f", 3)), "\"\\u0000\\u001f\x7f\"");
}

TEST(JsonWriter, EscapesKeys) {
  std::string out;
  JsonWriter(out).BeginObject().Member("a\"b", 1).EndObject();
  EXPECT_EQ(out, R"({"a\"b":1})");
}

TEST(JsonWriter, LeavesLongerCharactersAsTheyAre) {
  EXPECT_EQ(Quoted("示例店 café 😀"), "\"示例店 café 😀\"");
}

TEST(JsonWriter, ReplacesBrokenUtf8) {
  EXPECT_EQ(Quoted("a\xFF\"b"), "\"a\uFFFD\\\"b\"");
  EXPECT_EQ(Quoted("\xE7\xA4"), "\"\uFFFD\"");
}

TEST(JsonWriter, FindsAnEscapeAtEachPlaceOfAWord) {
  for (std::size_t at = 0; at < 20; ++at) {
    for (const std::string_view odd : {"\"", "\\", "\n", "\x01", "\xFF", "示"}) {
      std::string text(20, '!');  // '!' follows '"' - 1 and precedes none: a borrow would show
      text.replace(at, 1, odd);
      EXPECT_EQ(nlohmann::json::parse(Quoted(text)), RepairUtf8(text)) << at << odd;
    }
  }
}

TEST(JsonWriter, WritesPlainDecimalsAsNumbers) {
  for (const std::string text :
       {"0", "-0", "12", "0.5", "-12.50", "123456789012345678901234567890"}) {
    std::string out;
    JsonWriter(out).Number(text);
    EXPECT_EQ(out, text);
  }
}

TEST(JsonWriter, WritesOtherNumbersAsText) {
  for (const std::string& text :
       {std::string(), std::string("01"), std::string(".5"), std::string("1."), std::string("+1"),
        std::string("-"), std::string("1e400"), std::string("NaN"), std::string("1 "),
        std::string("1\"2"), std::string(65, '9')}) {
    std::string out;
    JsonWriter(out).Number(text);
    EXPECT_EQ(nlohmann::json::parse(out), text);
  }
}

RC_GTEST_PROP(JsonWriter, IsReadBackByAnotherParser, (const std::string& text)) {
  RC_ASSERT(nlohmann::json::parse(Quoted(text)) == nlohmann::json(RepairUtf8(text)));
}

/// Texts made of the pieces that tend to break escapers, rather than of random bytes.
RC_GTEST_PROP(JsonWriter, SurvivesAwkwardTexts, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "\"", "\\", "plain text of more than a word", "示", "\xE7", "\xE7\xA4", "\xF0\x9F\x98\x80",
      "\xF0\x9F", "\xED\xA0\x80", "\xC0\x80", "\x80", "\xF4\x90\x80\x80", "\n",
      std::string(1, '\0'), "\x1f", "\x7f", "!"));
  std::string text;
  for (const std::string& piece : pieces) {
    text += piece;
  }
  RC_ASSERT(nlohmann::json::parse(Quoted(text)) == nlohmann::json(RepairUtf8(text)));
}

}  // namespace
}  // namespace weir
