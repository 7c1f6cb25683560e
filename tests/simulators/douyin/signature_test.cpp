// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/signature.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace weir::simulators::douyin {
namespace {

constexpr std::string_view kClientSecret = "dysecret_demo_0001";
const Fields kQuery = {{"timestamp", "1700000000000"}, {"client_key", "awdemo0001"}};

// The worked examples of protocol notes A7, A8 and A10.

TEST(DouyinSignature, OfAWebhookIsTheWorkedOne) {
  constexpr std::string_view kBody =
      R"({"event":"life_trade_order_notify","client_key":"awdemo0001","content":"{\"action\":\"pay_success\",\"msg_time\":1700000000,\"order\":{\"order_id\":\"1000000000000000001\",\"account_id\":\"7000000000000000001\",\"pay_amount\":2580,\"original_amount\":2980,\"create_time\":1699999990,\"pay_time\":1700000000}}","log_id":"202311150000000000000000000000AB"})";
  EXPECT_EQ(SignWebhook(kBody, kClientSecret), "03cab335b8052382ec71d7021773bab8aa83f790");
}

TEST(DouyinSignature, OfTheProbeIsTheWorkedOne) {
  EXPECT_EQ(
      SignWebhook(R"({"event":"verify_webhook","client_key":"","content":{"challenge":12345}})",
                  kClientSecret),
      "d220ad686a094f4679ba1e781dd8930eac723368");
}

TEST(DouyinSignature, OfAnSpiIsTheWorkedOneInBothWays) {
  const SpiSignatures signatures =
      SignSpi(kQuery, R"({"order_id":"1000000000000000001","poi_id":"6600000000000000001"})",
              kClientSecret);
  EXPECT_EQ(signatures.fresh, "995a33ee3559ad58a4d33997b3ce32ef81d99c0a07fef88ab00563e4a3610fa6");
  EXPECT_EQ(signatures.old, "f9c1dcf6be659e40dc21bd6271fc218e");
}

TEST(DouyinSignature, OfAnSpiWithoutBodyIsTheWorkedOne) {
  EXPECT_EQ(SignSpi(kQuery, "", kClientSecret).fresh,
            "30b1f8cae5cc50e48e3f01427ac2fe446e537aebfd8d0976673bfbd28e44e25c");
}

TEST(DouyinSignature, OfAnSpiLeavesItselfOut) {
  Fields query = kQuery;
  query.emplace_back("sign", "f9c1dcf6be659e40dc21bd6271fc218e");
  EXPECT_EQ(SignSpi(query, "x", kClientSecret).old, SignSpi(kQuery, "x", kClientSecret).old);
}

TEST(DouyinCipher, EncryptsTheWorkedOne) {
  EXPECT_EQ(Encrypt("13800000000", "abcdef0123456789abcdef0123456789"), "EyI4nylJmLTkDJhhrqGQdA==");
}

TEST(DouyinCipher, DecryptsWhatItEncrypts) {
  EXPECT_EQ(Decrypt(Encrypt("李小姐", kClientSecret), kClientSecret), "李小姐");
}

TEST(DouyinCipher, RefusesWhatIsNone) {
  for (const char* text : {"", "x", "AAAA", "EyI4nylJmLTkDJhhrqGQdA=="}) {
    EXPECT_EQ(Decrypt(text, kClientSecret), std::nullopt) << text;
  }
}

TEST(DouyinCipher, ForcesTheSecretToThirtyTwoBytes) {
  EXPECT_EQ(CipherKey("abc"), std::string(15, '#') + "abc" + std::string(14, '#'));
  EXPECT_EQ(CipherKey("0" + std::string(32, 'a') + "9"), std::string(32, 'a'));
}

}  // namespace
}  // namespace weir::simulators::douyin
