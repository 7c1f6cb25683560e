// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/signer.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/sf_express/support.hpp"

namespace weir::connectors::sf_express {
namespace {

std::vector<json> Vectors() {
  return json::parse(ReadData("sign_vectors.json")).at("fengqiao").get<std::vector<json>>();
}

std::string SignVector(const json& vector, const std::string& message) {
  const std::string timestamp = vector.at("timestamp");
  return Sign({.message = message, .timestamp = timestamp},
              Secret(vector.at("checkWord").get<std::string>()));
}

TEST(Signer, AgreesWithTheVectors) {
  ASSERT_EQ(Vectors().size(), 3U);
  for (const json& vector : Vectors()) {
    EXPECT_EQ(vector.at("msgDigest"), SignVector(vector, vector.at("msgData"))) << vector["name"];
  }
}

TEST(Signer, EncodesAsJavaDoes) {
  for (const json& vector : Vectors()) {
    const std::string text = vector.at("msgData").get<std::string>() +
                             vector.at("timestamp").get<std::string>() +
                             vector.at("checkWord").get<std::string>();
    EXPECT_EQ(vector.at("url_encoded"), JavaUrlEncode(text)) << vector["name"];
  }
  EXPECT_EQ(JavaUrlEncode("a *~-_.!'()+/=&\n"), "a+*%7E-_.%21%27%28%29%2B%2F%3D%26%0A");
}

TEST(Signer, OneByteMoreOrLessIsAnother) {
  for (const json& vector : Vectors()) {
    const std::string message = vector.at("msgData");
    for (std::size_t i = 0; i < message.size(); ++i) {
      std::string flipped = message;
      flipped[i] = static_cast<char>(flipped[i] ^ 1);
      EXPECT_NE(vector.at("msgDigest"), SignVector(vector, flipped)) << i;
    }
  }
}

// Computed by another hand, and published beside the third vector.
TEST(Signer, SignsSimplyWithoutEncoding) {
  const json vector = Vectors().at(2);
  const std::string message = vector.at("msgData");
  const std::string timestamp = vector.at("timestamp");
  EXPECT_EQ(
      SignSimply({.message = message, .timestamp = timestamp}, Secret(std::string(kCheckWord))),
      "S/8QRPkwAs/WeUfJsL8o9g==");
}

TEST(Signer, SignsTheSamplesOfForms) {
  for (const char* file :
       {"create_order_form.json", "search_order_form.json", "search_routes_form.json",
        "query_fee_form.json", "update_order_cancel_form.json"}) {
    const json form = json::parse(ReadData(file));
    const std::string message = form.at("msgData");
    const std::string timestamp = form.at("timestamp");
    EXPECT_EQ(form.at("msgDigest"),
              Sign({.message = message, .timestamp = timestamp}, Secret(std::string(kCheckWord))))
        << file;
  }
}

}  // namespace
}  // namespace weir::connectors::sf_express
