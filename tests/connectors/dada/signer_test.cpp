// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/signer.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "tests/connectors/dada/support.hpp"

/// The protocol's own vectors (§2 and §7.2).
namespace weir::connectors::dada {
namespace {

struct Call {
  explicit Call(const json& vector) : params(vector.at("params")) {}

  [[nodiscard]] std::string Sign() const {
    return dada::Sign({.app_key = params.at("app_key"),
                       .body = params.at("body"),
                       .source_id = params.at("source_id"),
                       .timestamp = params.at("timestamp")},
                      Secret(kSecret));
  }

  std::map<std::string, std::string> params;
};

TEST(CallSignature, IsThatOfTheVectors) {
  const json vectors = Sample("sign_vectors.json").at("request");
  ASSERT_EQ(vectors.size(), 3U);
  for (const json& vector : vectors) {
    const Call call(vector);
    EXPECT_EQ(call.Sign(), vector.at("signature").get<std::string>()) << vector.at("name");
    const CallText text{.app_key = call.params.at("app_key"),
                        .body = call.params.at("body"),
                        .source_id = call.params.at("source_id"),
                        .timestamp = call.params.at("timestamp")};
    EXPECT_EQ(kSecret + text.Joined() + kSecret, vector.at("string_to_md5").get<std::string>());
  }
}

TEST(CallSignature, IsThatOfEveryRequestOfTheSamples) {
  for (const char* file :
       {"addAfterQuery_request.json", "addOrder_request.json", "addOrder_request_full.json",
        "cityCode_list_request.json", "formalCancel_request.json", "message_confirm_request.json",
        "statusQuery_request.json"}) {
    json request = Sample(file);
    const std::string signature = request.at("signature");
    request["timestamp"] = request["timestamp"].dump();
    EXPECT_EQ(Call({{"params", request}}).Sign(), signature) << file;
  }
}

TEST(CallSignature, DiffersWhenAByteDoes) {
  for (const json& vector : Sample("sign_vectors.json").at("request")) {
    for (const char* name : {"app_key", "body", "source_id", "timestamp"}) {
      const Call right(vector);
      for (std::size_t at = 0; at < right.params.at(name).size(); ++at) {
        Call flipped(vector);
        flipped.params[name][at] = static_cast<char>(flipped.params[name][at] ^ 1);
        EXPECT_NE(flipped.Sign(), right.Sign()) << name << " " << at;
      }
    }
  }
}

TEST(CallbackSignature, IsThatOfTheVectors) {
  const json vectors = Sample("sign_vectors.json").at("callback");
  ASSERT_EQ(vectors.size(), 4U);
  for (const auto& vector : vectors.get<std::vector<std::map<std::string, std::string>>>()) {
    const CallbackText text{.client_id = vector.at("client_id"),
                            .order_id = vector.at("order_id"),
                            .update_time = vector.at("update_time")};
    EXPECT_EQ(text.Joined(), vector.at("joined"));
    EXPECT_TRUE(IsSigned(text, vector.at("signature")));
  }
}

TEST(CallbackSignature, DoesNotHoldWhenAByteDiffers) {
  for (const auto& vector : Sample("sign_vectors.json")
                                .at("callback")
                                .get<std::vector<std::map<std::string, std::string>>>()) {
    for (const char* name : {"client_id", "order_id", "update_time", "signature"}) {
      for (std::size_t at = 0; at < vector.at(name).size(); ++at) {
        auto flipped = vector;
        flipped[name][at] = static_cast<char>(flipped[name][at] ^ 1);
        EXPECT_FALSE(IsSigned({.client_id = flipped["client_id"],
                               .order_id = flipped["order_id"],
                               .update_time = flipped["update_time"]},
                              flipped["signature"]))
            << name << " " << at;
      }
    }
  }
}

TEST(CallbackSignature, TakesDigitsOfEitherCase) {
  const CallbackText text{
      .client_id = "1000000001", .order_id = "D20261122001", .update_time = "1700000100"};
  EXPECT_TRUE(IsSigned(text, "BB8DBED6FA5D2FE9753C5660937C806B"));
}

TEST(CallbackSignature, TakesNumbersSortedBySizeToo) {
  const CallbackText text{.client_id = "9", .order_id = "10", .update_time = "1700000100"};
  EXPECT_EQ(text.Joined(), "1017000001009");
  EXPECT_EQ(text.JoinedAsNumbers(), "9101700000100");
  EXPECT_TRUE(IsSigned(text, ToHex(Md5("9101700000100"))));
  EXPECT_TRUE(IsSigned(text, ToHex(Md5("1017000001009"))));
  EXPECT_FALSE(IsSigned(text, ToHex(Md5("9170000010010"))));
}

TEST(CallbackSignature, SortsTextByItsBytesOnly) {
  for (const char* client : {"", "A9"}) {
    const CallbackText text{.client_id = client, .order_id = "10", .update_time = "9"};
    EXPECT_EQ(text.JoinedAsNumbers(), text.Joined());
  }
}

}  // namespace
}  // namespace weir::connectors::dada
