// SPDX-License-Identifier: Apache-2.0
#include "tests/gateway/settings_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr const char* kAll = "/v1/subscriptions";
constexpr const char* kErp = "/v1/subscriptions/erp";
constexpr const char* kWms = "/v1/subscriptions/wms";
constexpr const char* kRotate = "/v1/subscriptions/wms/rotate-secret";
constexpr const char* kBody =
    R"({"id":"wms","url":"https://wms.example/weir?token=t","types":["order.*"],)"
    R"("stores":["sh-001"],"platforms":["meituan"],"rate_per_second":50})";

/// "erp" is the file's; "wms" is made by Make.
class SubscriptionsTest : public SettingsTest {
 protected:
  SubscriptionsTest() {
    Declare(sync::StoreSetting{.id = "sh-001", .name = "A", .code = {}});
    Declare(sync::SubscriptionSetting{.id = "erp",
                                      .url = "https://erp.example/weir",
                                      .types = {"*"},
                                      .stores = {},
                                      .platforms = {},
                                      .rate_per_second = {},
                                      .secrets = {}});
  }
  json Make() { return Done("POST", kAll, kBody); }
  sync::SubscriptionSetting Setting(const std::string& id = "wms") {
    const auto row =
        Run(storage_.Read(storage::RecordKind::kSetting, "demo", "subscription/" + id)).value();
    return sync::DecodeSubscriptionSetting(row.value().state).value();
  }
};

TEST_F(SubscriptionsTest, AreShownAsDeclaredAndAsTheyDo) {
  callbacks_.states["erp"] = {.holding = true, .cursor = 7, .lag = 2, .pending = 1, .delivered = 5};
  EXPECT_EQ(Get(kErp, "admin"), json({{"id", "erp"},
                                      {"url", "https://erp.example/weir"},
                                      {"types", {"*"}},
                                      {"stores", json::array()},
                                      {"platforms", json::array()},
                                      {"personal", false},
                                      {"allow_private", false},
                                      {"rate_per_second", nullptr},
                                      {"status", "holding"},
                                      {"disabled", nullptr},
                                      {"cursor", 7},
                                      {"lag", 2},
                                      {"pending", 1},
                                      {"delivered", 5},
                                      {"managed_by", "file"},
                                      {"previous_secret_until", nullptr}}));
  EXPECT_EQ(Refusal(kErp, "full"), "403 forbidden");
}

TEST_F(SubscriptionsTest, AreListedById) {
  Make();
  const json page = Get("/v1/subscriptions?limit=1", "admin");
  EXPECT_EQ(page["data"][0]["id"], "erp");
  EXPECT_EQ(page["next_cursor"], "erp");
  EXPECT_EQ(Get("/v1/subscriptions?cursor=erp", "admin")["data"][0]["id"], "wms");
}

TEST_F(SubscriptionsTest, AreMadeAndInUseWhenTheAnswerComes) {
  const net::Response made = Do("POST", kAll, kBody);
  EXPECT_EQ(made.status, 201U) << made.body;
  const json shown = Documented("POST", kAll, made);
  EXPECT_EQ(shown["managed_by"], "api");
  EXPECT_EQ(shown["url"], "https://wms.example/weir");
  EXPECT_THAT(shown["secret"].get<std::string>(), StartsWith("whsec_"));
  EXPECT_EQ(Setting().url, "https://wms.example/weir?token=t");
  EXPECT_EQ(Setting().rate_per_second, 50U);
  EXPECT_EQ(settings_used_, 1);
}

TEST_F(SubscriptionsTest, ShowTheirSecretOnceOnly) {
  const std::string secret = Make()["secret"];
  EXPECT_EQ(Setting().secrets.at(0).secret.Reveal(), secret);
  const std::string position = storage_.journal_end().ToText();
  for (const char* target : {kAll, kWms, "/v1/audit"}) {
    EXPECT_THAT(Ask("GET", target, "admin").body, Not(HasSubstr("whsec_"))) << target;
  }
  EXPECT_THAT(Ask("GET", "/v1/journal/" + position, "full").body, Not(HasSubstr("whsec_")));
  EXPECT_THAT(Do("PATCH", kWms, R"({"types":["*"]})").body, Not(HasSubstr("whsec_")));
}

TEST_F(SubscriptionsTest, AreMadeOncePerKey) {
  const auto first = Do("POST", kAll, kBody, {{"Idempotency-Key", "k"}});
  const auto second = Do("POST", kAll, kBody, {{"Idempotency-Key", "k"}});
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(second.status, 201U);
  EXPECT_EQ(Refused("POST", kAll, R"({"id":"x","url":"https://x","types":["*"]})",
                    {{"Idempotency-Key", "k"}}),
            "422 idempotency_key_reused");
  Do("PATCH", kWms, R"({"types":["*"]})");
  EXPECT_THAT(Do("POST", kAll, kBody, {{"Idempotency-Key", "k"}}).body, Not(HasSubstr("whsec_")));
}

TEST_F(SubscriptionsTest, AreNotMadeTwice) {
  Make();
  EXPECT_EQ(Refused("POST", kAll, kBody), "409 conflict");
  const auto one = Begin("POST", kAll, R"({"id":"x","url":"https://x","types":["*"]})");
  const auto other = Begin("POST", kAll, R"({"id":"x","url":"https://y","types":["*"]})");
  Fold();
  EXPECT_EQ(one->response->status, 201U);
  EXPECT_EQ(Outcome(*other->response), "409 conflict");
}

TEST_F(SubscriptionsTest, AreNotMadeOfWhatIsWrong) {
  for (const char* body :
       {R"({"url":"https://x","types":["*"]})", R"({"id":"a","types":["*"]})",
        R"({"id":"a","url":"https://x"})", R"({"id":"a/b","url":"https://x","types":["*"]})",
        R"({"id":"a","url":"ftp://x","types":["*"]})", R"({"id":"a","url":"https://x","types":[]})",
        R"({"id":"a","url":"https://x","types":["order.eaten"]})",
        R"({"id":"a","url":"https://x","types":["*"],"stores":["none"]})",
        R"({"id":"a","url":"https://x","types":["*"],"platforms":["a b"]})",
        R"({"id":"a","url":"https://x","types":["*"],"personal":1})",
        R"({"id":"a","url":"https://x","types":["*"],"rate_per_second":0})",
        R"({"id":"a","url":"https://x","types":"*"})"}) {
    EXPECT_EQ(Refused("POST", kAll, body), "400 invalid_parameter") << body;
  }
  EXPECT_EQ(Refused("POST", kAll, R"({"id":"a","secret":"whsec_x"})"), "400 unknown_parameter");
  EXPECT_EQ(Refused("POST", kAll, "[1"), "400 bad_request");
  EXPECT_EQ(Refused("POST", kAll, kBody, {}, "full"), "403 forbidden");
}

TEST_F(SubscriptionsTest, SeePersonalDataOnlyIfTheirMakerMay) {
  const char* body = R"({"id":"a","url":"https://x","types":["*"],"personal":true})";
  EXPECT_EQ(Refused("POST", kAll, body), "403 forbidden");
  EXPECT_EQ(Do("POST", kAll, body, {}, "all").status, 201U);
  EXPECT_EQ(Refused("PATCH", "/v1/subscriptions/a", R"({"url":"https://y"})"), "403 forbidden");
}

TEST_F(SubscriptionsTest, AreChangedMemberByMember) {
  Make();
  const json changed = Done("PATCH", kWms, R"({"url":"https://new.example","stores":[]})",
                            {{"If-Match", TagOf(kWms)}});
  EXPECT_EQ(changed["url"], "https://new.example");
  EXPECT_EQ(changed["stores"], json::array());
  EXPECT_EQ(changed["types"], json({"order.*"}));
  EXPECT_EQ(Setting().secrets.size(), 1U);
  EXPECT_EQ(settings_used_, 2);
}

TEST_F(SubscriptionsTest, AreNotChangedWhenTheyChangedMeanwhile) {
  Make();
  const std::string tag = TagOf(kWms);
  Do("PATCH", kWms, R"({"disabled":true})");
  EXPECT_EQ(Refused("PATCH", kWms, R"({"types":["*"]})", {{"If-Match", tag}}),
            "412 precondition_failed");
  EXPECT_EQ(Refused("DELETE", kWms, {}, {{"If-Match", tag}}), "412 precondition_failed");
  const auto one = Begin("PATCH", kWms, R"({"types":["*"]})");
  const auto other = Begin("PATCH", kWms, R"({"stores":[]})");
  Fold();
  EXPECT_EQ(one->response->status, 200U);
  EXPECT_EQ(Outcome(*other->response), "409 conflict");
}

TEST_F(SubscriptionsTest, AreNotChangedByWhatMeansNothing) {
  Make();
  EXPECT_EQ(Refused("PATCH", kWms, "{}"), "400 bad_request");
  EXPECT_EQ(Refused("PATCH", kWms, R"({"id":"x"})"), "400 unknown_parameter");
  EXPECT_EQ(Refused("PATCH", kWms, R"({"types":[]})"), "400 invalid_parameter");
  EXPECT_EQ(Refused("PATCH", kWms, R"({"disabled":true,"types":["*"]})"), "400 invalid_parameter");
  EXPECT_EQ(Refused("PATCH", "/v1/subscriptions/none", R"({"types":["*"]})"), "404 not_found");
}

TEST_F(SubscriptionsTest, OfTheFileAreDisabledAndEnabledOnly) {
  EXPECT_EQ(Refused("PATCH", kErp, R"({"types":["*"]})"), "409 managed_by_file");
  EXPECT_EQ(Refused("DELETE", kErp), "409 managed_by_file");
  EXPECT_EQ(Refused("POST", "/v1/subscriptions/erp/rotate-secret"), "409 managed_by_file");
  const json disabled = Done("PATCH", kErp, R"({"disabled":true})");
  EXPECT_EQ(disabled["status"], "disabled");
  EXPECT_EQ(disabled["disabled"], "asked");
  EXPECT_EQ(Done("PATCH", kErp, R"({"disabled":false})")["status"], "active");
}

TEST_F(SubscriptionsTest, OfAnEndpointThatAnsweredGoneSaySo) {
  Declare(sync::DeliverySetting{.subscription = "erp",
                                .disabled = "gone",
                                .endpoint = sync::EndpointMark("https://erp.example/weir")});
  EXPECT_EQ(Get(kErp, "admin")["disabled"], "gone");
  EXPECT_EQ(Get("/v1/audit", "admin")["data"][0]["source"], "endpoint");
}

TEST_F(SubscriptionsTest, OfABlockThatIsGoneSaySo) {
  auto erp = Setting("erp");
  erp.enabled = false;
  Declare(erp);
  EXPECT_EQ(Get(kErp, "admin")["disabled"], "not_declared");
}

TEST_F(SubscriptionsTest, AreDeletedWithTheirSecretsForGood) {
  Make();
  EXPECT_EQ(Do("DELETE", kWms).status, 204U);
  EXPECT_EQ(Refusal(kWms, "admin"), "404 not_found");
  EXPECT_THAT(Get(kAll, "admin")["data"], SizeIs(1));
  EXPECT_THAT(Setting().secrets, IsEmpty());
  EXPECT_EQ(Refused("DELETE", kWms), "404 not_found");
  EXPECT_EQ(Refused("POST", "/v1/subscriptions/wms/test"), "404 not_found");
  EXPECT_EQ(Refused("POST", kAll, kBody), "409 conflict");
}

TEST_F(SubscriptionsTest, ADeletionAsTheSameRequestIsAnsweredTheSame) {
  Make();
  EXPECT_EQ(Do("DELETE", kWms, {}, {{"Idempotency-Key", "k"}}).status, 204U);
  EXPECT_EQ(Do("DELETE", kWms, {}, {{"Idempotency-Key", "k"}}).status, 204U);
}

TEST_F(SubscriptionsTest, ARotatedSecretIsShownAndTheFormerOneSignsForADay) {
  const std::string first = Make()["secret"];
  const Instant asked = clock_.Now();
  const json rotated = Done("POST", kRotate);
  const std::string second = rotated["secret"];
  EXPECT_NE(second, first);
  EXPECT_EQ(rotated["previous_secret_until"], ToRfc3339(asked + 24h));
  const auto secrets = Setting().secrets;
  ASSERT_THAT(secrets, SizeIs(2));
  EXPECT_EQ(secrets[0].secret.Reveal(), second);
  EXPECT_FALSE(secrets[0].until);
  EXPECT_EQ(secrets[1].secret.Reveal(), first);
  EXPECT_EQ(secrets[1].until, asked + 24h);
}

TEST_F(SubscriptionsTest, TheOverlapOfSecretsIsAParameter) {
  Make();
  const Instant asked = clock_.Now();
  Do("POST", std::string(kRotate) + "?overlap_seconds=60");
  EXPECT_EQ(Setting().secrets.at(1).until, asked + 60s);
  Do("POST", std::string(kRotate) + "?overlap_seconds=0");
  EXPECT_THAT(Setting().secrets, SizeIs(1));
  EXPECT_EQ(Refused("POST", std::string(kRotate) + "?overlap_seconds=x"), "400 invalid_parameter");
}

TEST_F(SubscriptionsTest, SignWithFewSecretsHoweverOftenTheyAreRotated) {
  Make();
  for (int i = 0; i < 9; ++i) Do("POST", kRotate);
  EXPECT_THAT(Setting().secrets, SizeIs(4));
}

TEST_F(SubscriptionsTest, ASecretIsRotatedOncePerKey) {
  Make();
  const auto first = Do("POST", kRotate, {}, {{"Idempotency-Key", "k"}});
  EXPECT_EQ(Do("POST", kRotate, {}, {{"Idempotency-Key", "k"}}).body, first.body);
  EXPECT_THAT(Setting().secrets, SizeIs(2));
}

TEST_F(SubscriptionsTest, TheAuditSaysWhoAskedForWhat) {
  Make();
  Do("POST", "/v1/subscriptions/wms/test");
  const json acts = Get("/v1/audit", "admin")["data"];
  EXPECT_EQ(acts[0]["kind"], "request");
  EXPECT_EQ(acts[0]["call"], "POST /v1/subscriptions/wms/test");
  EXPECT_EQ(acts[0]["key_id"], "admin");
  EXPECT_EQ(acts[1]["setting"], "subscription/wms");
  EXPECT_EQ(acts[1]["source"], "api");
  EXPECT_EQ(acts[2]["source"], "file");
}

}  // namespace
}  // namespace weir::gateway::testing
