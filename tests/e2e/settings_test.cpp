// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/e2e/endpoint_process.hpp"
#include "tests/e2e/eventually.hpp"
#include "tests/e2e/pushes.hpp"
#include "tests/e2e/scene.hpp"

/// Subscriptions and connections that come, change and go while the program runs.
namespace weir::e2e {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kOperator = "the-operators-key";
constexpr const char* kOperatorBlock = R"([[key]]
id = "operator"
merchant = "demo"
scopes = ["read", "write", "admin"]
secret = "the-operators-key"
[callbacks]
retry_seconds = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
timeout_seconds = 2
)";

class Settings : public ::testing::Test {
 protected:
  Settings() { client_.set_bearer_token_auth(kOperator); }

  void Serve() {
    scene_.gateway().Start();
    ASSERT_TRUE(scene_.gateway().WaitReady()) << scene_.gateway().Log();
  }
  /// Its status beside the members of an object.
  json Call(const std::string& method, const std::string& target, const json& body = nullptr) {
    httplib::Request request;
    request.method = method;
    request.path = target;
    request.set_header("Content-Type", "application/json");
    if (!body.is_null()) request.body = body.dump();
    const auto answer = client_.send(request);
    if (!answer) return {{"http", 0}};
    json shown = json::parse(answer->body, nullptr, false);
    if (!shown.is_object()) shown = json::object();
    shown["http"] = answer->status;
    return shown;
  }
  json Subscribe() {
    return Call(
        "POST", "/v1/subscriptions",
        {{"id", "wms"}, {"url", endpoint_.url()}, {"types", {"*"}}, {"allow_private", true}});
  }
  void KnowSecret(const std::string& secret) {
    endpoint_.With([&](auto& endpoint) { endpoint.SetSecret(secret); });
  }
  void AnswerWith(unsigned status) {
    endpoint_.With([&](auto& endpoint) { endpoint.AnswerWith(status); });
  }
  /// So many more than now.
  [[nodiscard]] bool TakesMore(std::uint64_t callbacks) {
    return endpoint_.WaitFor(endpoint_.counts().taken + callbacks);
  }
  std::uint64_t FeedEnd() {
    app::demo::GatewayClient client(scene_.origin(), app::demo::kApiKey);
    return client.Orders().value().feed_end;
  }
  /// After the traffic: nothing is missing, nothing in another order, nothing forged.
  void ExpectWhole() {
    ASSERT_TRUE(scene_.PlayOut());
    const std::uint64_t feed_end = FeedEnd();
    EXPECT_TRUE(endpoint_.WaitFor(feed_end));
    EXPECT_THAT(endpoint_.Complaints(feed_end), IsEmpty());
  }
  void Configure(const std::string& text) { std::ofstream(scene_.config()) << text; }
  std::string Configuration() {
    std::ifstream in(scene_.config(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  int StatusOfPush(const std::string& connection) {
    const Push push =
        Signed(scene_.origin(), "/hooks/" + connection + "/order/paid", SampleFields("order_paid"));
    const auto answer = httplib::Client(scene_.origin())
                            .Post(push.target, push.body, "application/x-www-form-urlencoded");
    return answer ? answer->status : 0;
  }

  EndpointProcess endpoint_{"wms", 21, {}};
  Scene scene_{21, kOperatorBlock};
  httplib::Client client_{scene_.origin()};
};

TEST_F(Settings, ASubscriptionIsMadeRotatedAndDeletedWithoutARestart) {
  Serve();
  const json made = Subscribe();
  ASSERT_EQ(made["http"], 201) << made;
  KnowSecret(made["secret"]);
  EXPECT_EQ(Call("POST", "/v1/subscriptions/wms/test")["outcome"], "delivered");
  scene_.BeginTraffic();
  EXPECT_TRUE(TakesMore(20));
  const json rotated = Call("POST", "/v1/subscriptions/wms/rotate-secret");
  ASSERT_EQ(rotated["http"], 200) << rotated;
  EXPECT_TRUE(TakesMore(20));
  KnowSecret(rotated["secret"]);
  EXPECT_TRUE(TakesMore(20));
  scene_.gateway().Kill();
  Serve();
  ExpectWhole();
  EXPECT_EQ(Call("DELETE", "/v1/subscriptions/wms")["http"], 204);
  EXPECT_EQ(Call("GET", "/v1/subscriptions/wms")["http"], 404);
  const json acts = Call("GET", "/v1/audit?limit=4")["data"];
  EXPECT_EQ(acts[0]["call"], "DELETE /v1/subscriptions/wms");
  EXPECT_EQ(acts[0]["key_id"], "operator");
  for (const json& secret : {made["secret"], rotated["secret"]}) {
    EXPECT_THAT(scene_.gateway().Log(), Not(HasSubstr(secret.get<std::string>())));
  }
  EXPECT_EQ(scene_.gateway().Stop(), 0);
  EXPECT_EQ(RunWeir({"replay", "--data", scene_.data()}).exit_code, 0);
}

TEST_F(Settings, AnEndpointThatIsGoneIsDisabledByAnEntryAndEnabledByAnother) {
  Serve();
  KnowSecret(Subscribe()["secret"]);
  AnswerWith(410);
  scene_.BeginTraffic();
  EXPECT_TRUE(
      Eventually([&] { return Call("GET", "/v1/subscriptions/wms")["disabled"] == "gone"; }));
  scene_.gateway().Kill();
  AnswerWith(0);
  Serve();
  EXPECT_EQ(Call("GET", "/v1/subscriptions/wms")["disabled"], "gone");
  EXPECT_EQ(Call("GET", "/v1/audit?limit=1")["data"][0]["source"], "endpoint");
  EXPECT_EQ(Call("PATCH", "/v1/subscriptions/wms", {{"disabled", false}})["status"], "active");
  ExpectWhole();
}

TEST_F(Settings, AReloadTakesSubscriptions) {
  Serve();
  const std::string before = Configuration();
  Configure(before + endpoint_.Declared());
  scene_.gateway().Reload();
  ASSERT_TRUE(Eventually([&] { return Call("GET", "/v1/subscriptions/wms")["http"] == 200; }));
  scene_.BeginTraffic();
  EXPECT_TRUE(TakesMore(20));
  EXPECT_EQ(Call("DELETE", "/v1/subscriptions/wms")["code"], "managed_by_file");
  Configure(before);
  scene_.gateway().Reload();
  EXPECT_TRUE(Eventually(
      [&] { return Call("GET", "/v1/subscriptions/wms")["disabled"] == "not_declared"; }));
  Configure(before + endpoint_.Declared());
  scene_.gateway().Reload();
  ExpectWhole();
  EXPECT_THAT(scene_.gateway().Log(), Not(HasSubstr("reload_partial")));
}

TEST_F(Settings, ARestoredGatewayDeliversWhatItsCopyHadNot) {
  Serve();
  KnowSecret(Subscribe()["secret"]);
  scene_.BeginTraffic();
  EXPECT_TRUE(TakesMore(20));
  AnswerWith(503);
  ASSERT_TRUE(scene_.PlayOut());
  const std::string backup = scene_.data() + "-backup";
  const std::string restored = scene_.data() + "-restored";
  const Finished taken = RunWeir({"backup", backup, "--config", scene_.config()});
  ASSERT_EQ(taken.exit_code, 0) << taken.output;
  const std::uint64_t feed_end = FeedEnd();
  scene_.gateway().Kill();
  scene_.Quiet();
  ASSERT_EQ(RunWeir({"restore", backup, "--data", restored}).exit_code, 0);
  std::filesystem::copy_file(scene_.data() + "/encryption.key", restored + "/encryption.key");
  std::string text = Configuration();
  text.replace(text.find(scene_.data()), scene_.data().size(), restored);
  Configure(text);
  EXPECT_LT(endpoint_.counts().taken, feed_end);
  AnswerWith(0);
  Serve();
  EXPECT_EQ(FeedEnd(), feed_end);
  EXPECT_TRUE(endpoint_.WaitFor(feed_end));
  EXPECT_THAT(endpoint_.Complaints(feed_end), IsEmpty());
}

TEST_F(Settings, AConnectionTakesPushesFromItsAnswerOn) {
  Serve();
  EXPECT_EQ(StatusOfPush("mt-second"), 404);
  const json made = Call(
      "POST", "/v1/connections",
      {{"id", "mt-second"},
       {"platform", "meituan"},
       {"credentials", {{"app_id", std::string(kAppId)}, {"app_secret", std::string(kAppSecret)}}},
       {"stores", {{"shop_001", "sh-001"}}}});
  EXPECT_EQ(made["http"], 201) << made;
  EXPECT_EQ(StatusOfPush("mt-second"), 200);
  scene_.gateway().Kill();
  scene_.gateway().Start();
  EXPECT_TRUE(Eventually([&] {
    const int status = StatusOfPush("mt-second");
    EXPECT_NE(status, 404);
    return status == 200;
  }));
  ASSERT_TRUE(scene_.gateway().WaitReady());
  EXPECT_EQ(Call("PATCH", "/v1/connections/mt-second",
                 {{"credentials", {{"app_secret", "another-secret-of-the-platform"}}}})["http"],
            200);
  EXPECT_EQ(StatusOfPush("mt-second"), 401);
  EXPECT_EQ(Call("DELETE", "/v1/connections/mt-second")["http"], 204);
  EXPECT_EQ(StatusOfPush("mt-second"), 404);
  EXPECT_THAT(scene_.gateway().Log(), Not(HasSubstr("another-secret-of-the-platform")));
}

}  // namespace
}  // namespace weir::e2e
