// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/signer.hpp"

#include <gtest/gtest.h>

#include "connectors/doudian/canonical.hpp"
#include "tests/connectors/doudian/support.hpp"

namespace weir::connectors::doudian {
namespace {

/// The golden vectors of the protocol (W3, W3b, W4), in which every byte counts.
std::string SignOf(const std::map<std::string, std::string>& vector, const std::string& param_json,
                   const std::string& timestamp, SignMethod method) {
  const std::string app_key = vector.at("app_key");
  const std::string name = vector.at("method");
  const CallText text{
      .app_key = app_key, .method = name, .param_json = param_json, .timestamp = timestamp};
  return Sign(text.OfCall(), Secret(vector.at("app_secret")), method);
}

TEST(Signer, SignsTheVectorOfACall) {
  const auto vector = Vector("W3_doudian_request");
  const std::string param_json = vector.at("param_json");
  const std::string timestamp = vector.at("timestamp");
  EXPECT_EQ(SignOf(vector, param_json, timestamp, SignMethod::kHmacSha256),
            vector.at("hmac-sha256"));
  EXPECT_EQ(SignOf(vector, param_json, timestamp, SignMethod::kMd5), vector.at("md5"));
}

TEST(Signer, SignsTheVectorOfATimeInWords) {
  const auto vector = Vector("W3_doudian_request");
  EXPECT_EQ(SignOf(vector, vector.at("param_json"), "2023-11-15 06:13:20", SignMethod::kHmacSha256),
            "9c20800a3b8fbe5ddf32db53e9073bb2ec0e3a7d89380eeab2b6bc656662f3f1");
}

TEST(Signer, OneFlippedByteGivesAnotherSignature) {
  const auto vector = Vector("W3_doudian_request");
  const std::string param_json = vector.at("param_json");
  for (std::size_t i = 0; i < param_json.size(); ++i) {
    std::string flipped = param_json;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    EXPECT_NE(SignOf(vector, flipped, vector.at("timestamp"), SignMethod::kMd5), vector.at("md5"));
  }
}

TEST(Signer, SignsTheVectorOfAPush) {
  const auto vector = Vector("W4_doudian_push");
  EXPECT_EQ(
      ToHex(EventSign(vector.at("app_key"), vector.at("body"), Secret(vector.at("app_secret")))),
      vector.at("event-sign"));
}

TEST(Canonical, LeavesTheVectorAsItIs) {
  const std::string param_json = Vector("W3_doudian_request").at("param_json");
  EXPECT_EQ(*Canonical(param_json), param_json);
}

TEST(Canonical, SortsTheMembersOfEveryObject) {
  EXPECT_EQ(*Canonical(R"({"b":[{"z":1,"a":2}],"a":{"d":null,"c":true},"B":[]})"),
            R"({"B":[],"a":{"c":true,"d":null},"b":[{"a":2,"z":1}]})");
}

TEST(Canonical, LeavesOutBlanksAndNeedlessEscapes) {
  EXPECT_EQ(*Canonical("{ \"a\" : \"\\u5976\\u8336\\/<b>&\" ,\n \"b\" : [ 1 , 2 ] }"),
            "{\"a\":\"奶茶/<b>&\",\"b\":[1,2]}");
  EXPECT_EQ(*Canonical("{}"), "{}");
}

TEST(Canonical, KeepsNumbersWhole) {
  for (const char* number : {"6900000000000000001", "18446744073709551615", "-9223372036854775808",
                             "99999999999999999999999", "1.50", "0.1", "-0.0", "1e3"}) {
    const std::string text = std::string("{\"n\":") + number + "}";
    EXPECT_EQ(*Canonical(text), text);
  }
}

TEST(Canonical, TakesTheLastOfARepeatedName) {
  EXPECT_EQ(*Canonical(R"({"a":1,"b":2,"a":3})"), R"({"a":3,"b":2})");
}

TEST(Canonical, TakesNothingButObjects) {
  for (const char* text : {"", "x", "[]", "1", "null", "{\"a\":", "{\"a\":1}x"}) {
    EXPECT_FALSE(Canonical(text)) << text;
  }
  EXPECT_FALSE(Canonical(R"({"a":)" + std::string(5000, '[') + std::string(5000, ']') + "}"));
}

TEST(Canonical, EscapesHtmlAsGoDoes) {
  EXPECT_EQ(HtmlEscaped(R"({"a":"<b>&"})"), R"({"a":"\u003cb\u003e\u0026"})");
}

}  // namespace
}  // namespace weir::connectors::doudian
