// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/spi.hpp"

#include <gtest/gtest.h>

#include "connectors/doudian/push.hpp"
#include "tests/connectors/doudian/support.hpp"

namespace weir::connectors::doudian {
namespace {

const std::map<std::string, std::string>& Golden() {
  static const auto vector = Vector("W5_doudian_spi");
  return vector;
}

struct Call {
  std::string param_json = Golden().at("param_json");
  std::string timestamp = Golden().at("timestamp");
  std::string sign = Golden().at("hmac-sha256");
  std::string sign_method = "hmac-sha256";
  std::string sign_name = "sign";
};

std::string Parameters(const Call& call) {
  return "app_key=" + std::string(kAppKey) + "&timestamp=" + PercentEncode(call.timestamp) + "&" +
         call.sign_name + "=" + call.sign + "&sign_method=" + call.sign_method;
}

/// The parameters in the query, param_json as the body.
net::Request Request(const Call& call) {
  net::Request request;
  request.method = "POST";
  request.target = "/hooks/dd-main/spi/check?" + Parameters(call);
  request.headers.Add("Content-Type", "application/json");
  request.body = call.param_json;
  return request;
}

Result<VerifiedPush> Verify(const net::Request& request) {
  return Pushes(TestCredentials()).Verify(request, "spi/check");
}

TEST(Spi, TakesTheVectorByBothMethods) {
  EXPECT_TRUE(Verify(Request({})));
  EXPECT_TRUE(Verify(Request({.sign = Golden().at("md5"), .sign_method = "md5"})));
  EXPECT_TRUE(Verify(Request({.sign = Golden().at("md5"), .sign_method = ""})));
  EXPECT_TRUE(Verify(Request({.sign_name = "sign_v2"})));
}

TEST(Spi, TakesItsParametersFromQueryAndForm) {
  net::Request query;
  query.target = "/hooks/dd-main/spi/check?" + Parameters({}) +
                 "&param_json=" + PercentEncode(Call{}.param_json);
  EXPECT_TRUE(Verify(query));
  net::Request form;
  form.method = "POST";
  form.target = "/hooks/dd-main/spi/check";
  form.headers.Add("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
  form.body = Parameters({}) + "&param_json=" + PercentEncode(Call{}.param_json);
  EXPECT_TRUE(Verify(form));
}

TEST(Spi, IsKeptWithItsOrder) {
  const auto push = Verify(Request({}));
  ASSERT_TRUE(push);
  EXPECT_EQ(push->topic, "spi/check");
  EXPECT_EQ(push->dialect, "spi");
  EXPECT_EQ(push->payload, Call{}.param_json);
  ASSERT_EQ(push->mapped->orders.size(), 1U);
  EXPECT_EQ(push->mapped->orders[0].platform_order_id, "6900000000000000001");
  EXPECT_TRUE(push->mapped->orders[0].wants_reread);
}

TEST(Spi, IsAnsweredAsACallIs) {
  const auto push = Verify(Request({}));
  ASSERT_TRUE(push && push->reply);
  EXPECT_EQ(push->reply->status, 200U);
  EXPECT_EQ(push->reply->body, R"({"code":0,"message":"success","data":null})");
}

TEST(Spi, CanBeVerifiedAgainFromWhatARefusalKeeps) {
  net::Request form;
  form.method = "POST";
  form.target = "/hooks/dd-main/spi/check";
  form.headers.Add("Content-Type", "application/x-www-form-urlencoded");
  form.headers.Add("X-Other", "x");
  form.body = Parameters({}) + "&param_json=" + PercentEncode(Call{}.param_json);
  net::Request again = form;
  again.headers = {};
  for (const std::string_view name : Pushes(TestCredentials()).SignatureHeaders()) {
    again.headers.Add(std::string(name), std::string(form.headers.Find(name)));
  }
  EXPECT_TRUE(Verify(again));
}

TEST(Spi, SignsTheSortedParameters) {
  Call call{.param_json = R"({ "b":1, "a":"<奶茶>" })"};
  const CallText sorted{.app_key = kAppKey,
                        .method = {},
                        .param_json = R"({"a":"<奶茶>","b":1})",
                        .timestamp = call.timestamp};
  call.sign = Sign(sorted.OfSpi(), Secret(kSecret), SignMethod::kHmacSha256);
  EXPECT_TRUE(Verify(Request(call)));
  const CallText escaped{.app_key = kAppKey,
                         .method = {},
                         .param_json = R"({"a":"\u003c奶茶\u003e","b":1})",
                         .timestamp = call.timestamp};
  call.sign = Sign(escaped.OfSpi(), Secret(kSecret), SignMethod::kHmacSha256);
  EXPECT_TRUE(Verify(Request(call)));
}

TEST(Spi, OneFlippedByteAnywhereIsRefused) {
  const auto refused = [](const Call& call) {
    const auto push = Verify(Request(call));
    return !push && push.error().message == "bad_signature";
  };
  for (std::size_t i = 0; i < Call{}.param_json.size(); ++i) {
    Call call;
    call.param_json[i] = static_cast<char>(call.param_json[i] ^ 1);
    EXPECT_TRUE(refused(call)) << i;
  }
  for (std::size_t i = 0; i < Call{}.sign.size(); ++i) {
    Call call;
    call.sign[i] = call.sign[i] == '0' ? '1' : '0';
    EXPECT_TRUE(refused(call)) << i;
  }
  EXPECT_TRUE(refused({.timestamp = "2023-11-15 06:13:21"}));
}

TEST(Spi, OfAnotherApplicationIsRefused) {
  net::Request request = Request({});
  request.target.replace(request.target.find("0123"), 4, "0124");
  const auto push = Verify(request);
  ASSERT_FALSE(push);
  EXPECT_EQ(push.error().message, "wrong_app_id");
}

TEST(Spi, IsExplained) {
  const std::string text = Pushes(TestCredentials()).Explain(Request({}), false);
  for (const char* part : {"a call of us (SPI)", "<app_secret>app_key7000000000000000123param_json",
                           "hmac-sha256 computed: 7425c9290ef5bebaab0829bf25aed7e663fe19d03a",
                           "verdict: the signature holds"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find(kSecret), std::string::npos);
  EXPECT_EQ(text.find("6900000000000000001"), std::string::npos);
}

}  // namespace
}  // namespace weir::connectors::doudian
