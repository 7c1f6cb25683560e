// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/signature.hpp"

#include <gtest/gtest.h>

namespace weir::simulators::doudian {
namespace {

// The worked examples of protocol notes B1 and B9.
constexpr std::string_view kSecret = "dd-secret-demo-0001";
constexpr std::string_view kParams =
    R"({"order_by":"update_time","page":0,"product":"奶茶<大杯>&吸管","size":20,)"
    R"("update_time_end":1700000000,"update_time_start":1699996400})";

SignedCall Call(std::string_view sign_method, std::string_view timestamp = "1700000000") {
  return {.app_key = "7000000000000000123",
          .method = "order.searchList",
          .param_json = kParams,
          .timestamp = timestamp,
          .sign_method = sign_method};
}

TEST(DoudianSignature, OfACallIsTheWorkedOne) {
  EXPECT_EQ(SignCall(Call("hmac-sha256"), kSecret),
            "9398a79f3ac83d98ca6efbd11ce4d8cd642b53b4322f4b3178a90dd1c5e89124");
  EXPECT_EQ(SignCall(Call("md5"), kSecret), "961948d6066c0eddc4c9d16e606aa74e");
  EXPECT_EQ(SignCall(Call("hmac-sha256", "2023-11-15 06:13:20"), kSecret),
            "9c20800a3b8fbe5ddf32db53e9073bb2ec0e3a7d89380eeab2b6bc656662f3f1");
}

TEST(DoudianSignature, IsMd5WithoutAMethod) {
  EXPECT_EQ(SignCall(Call(""), kSecret), SignCall(Call("md5"), kSecret));
  EXPECT_EQ(SignCall(Call("sha1"), kSecret), "");
}

TEST(DoudianSignature, CoversParametersInTheirCanonicalForm) {
  EXPECT_EQ(Canonical(kParams), kParams);
  EXPECT_EQ(Canonical(R"({ "b": [ {"d":1, "c":"奶\u8336<>&/"} ], "a": 6900000000000000001 })"),
            R"({"a":6900000000000000001,"b":[{"c":"奶茶<>&/","d":1}]})");
  EXPECT_EQ(Canonical(""), "{}");
  EXPECT_EQ(Canonical("[]"), std::nullopt);
  EXPECT_EQ(Canonical("{"), std::nullopt);
}

TEST(DoudianSignature, OfAPushIsTheWorkedOne) {
  constexpr std::string_view kBody =
      R"([{"tag":"100","msg_id":"6800000000000000001:100:1700000000:7000000000000000123",)"
      R"("data":"{\"biz\":2,\"create_time\":1700000000,\"order_status\":1,\"order_type\":0,)"
      R"(\"p_id\":6900000000000000001,\"s_ids\":[6900000000000000001],\"shop_id\":12345}"}])";
  EXPECT_EQ(SignPush("7000000000000000123", kBody, kSecret), "a384c80bf8f940481b738d50784b6611");
}

}  // namespace
}  // namespace weir::simulators::doudian
