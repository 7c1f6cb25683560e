// SPDX-License-Identifier: Apache-2.0
#include "tests/gateway/settings_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kAll = "/v1/connections";
constexpr const char* kMain = "/v1/connections/mt-main";
constexpr const char* kNew = "/v1/connections/mt-new";
constexpr const char* kBody =
    R"({"id":"mt-new","platform":"meituan","base_url":"https://p.example/api?k=u-secret",)"
    R"("credentials":{"app_id":"9001","app_secret":"s-secret"},)"
    R"("stores":{"shop_9":"sh-001"},"accept_minutes":7})";

class ConnectionsTest : public SettingsTest {
 protected:
  ConnectionsTest() {
    Declare(sync::StoreSetting{.id = "sh-001", .name = "A", .code = {}});
    Declare(sync::ConnectionSetting{.id = "mt-main",
                                    .platform = "meituan",
                                    .stores = {{"shop_001", "sh-001"}},
                                    .accept_within = std::chrono::minutes(5)});
  }
  sync::ConnectionSetting Setting(const std::string& id) {
    const auto row =
        Run(storage_.Read(storage::RecordKind::kSetting, "demo", "connection/" + id)).value();
    return sync::DecodeConnectionSetting(row.value().state).value();
  }
};

TEST_F(ConnectionsTest, AreShownWithoutSecrets) {
  EXPECT_EQ(Get(kMain, "admin"), json({{"id", "mt-main"},
                                       {"platform", "meituan"},
                                       {"enabled", true},
                                       {"paused", false},
                                       {"state", "active"},
                                       {"token", nullptr},
                                       {"skew_ms", nullptr},
                                       {"push_delay_ms", nullptr},
                                       {"last_errors", json::array()},
                                       {"accept_minutes", 5},
                                       {"stores", {{"shop_001", "sh-001"}}},
                                       {"managed_by", "file"}}));
}

TEST_F(ConnectionsTest, SayThatThePlatformRefusesThemAndHowLongTheirTokenLasts) {
  const std::string tag = TagOf(kMain);
  sync::TokenState state{.credentials = "digest",
                         .token = connectors::Token{.access = Secret("a-secret"),
                                                    .refresh = Secret("r-secret"),
                                                    .obtained_at = {},
                                                    .expires_at = Instant(std::chrono::hours(1)),
                                                    .refresh_expires_at = {}},
                         .refused = "UNAUTHORIZED"};
  Append({.kind = storage::EntryKind::kToken, .merchant = "demo", .connection = "mt-main"},
         EncodeTokenState(state));
  Fold();
  const json shown = Get(kMain, "admin");
  EXPECT_EQ(shown["state"], "unauthorized");
  EXPECT_EQ(shown["token"],
            json({{"expires_at", "1970-01-01T01:00:00.000Z"}, {"refused", "UNAUTHORIZED"}}));
  EXPECT_NE(TagOf(kMain), tag);
}

TEST_F(ConnectionsTest, SayHowTheirCallsAndPushesFare) {
  Standing& standing = standings_["mt-main"];
  standing.pushes = sync::PushDelays::Summary{.least = std::chrono::milliseconds(-30),
                                              .p50 = std::chrono::milliseconds(40),
                                              .p99 = std::chrono::milliseconds(900)};
  standing.calls.health = sync::Health::kDegraded;
  standing.calls.last_errors = {{.at = Instant(std::chrono::hours(1)),
                                 .call = sync::CallKind::kMenus,
                                 .kind = ErrorKind::kTransport,
                                 .code = "503",
                                 .message = "Meituan answers HTTP 503.",
                                 .count = 4}};
  const json shown = Get(kMain, "admin");
  EXPECT_EQ(shown["state"], "degraded");
  EXPECT_EQ(shown["skew_ms"], -30);
  EXPECT_EQ(shown["push_delay_ms"], json({{"p50", 40}, {"p99", 900}}));
  EXPECT_EQ(shown["last_errors"], json::array({{{"at", "1970-01-01T01:00:00.000Z"},
                                                {"call", "menus"},
                                                {"kind", "transport"},
                                                {"code", "503"},
                                                {"message", "Meituan answers HTTP 503."},
                                                {"count", 4}}}));
}

TEST_F(ConnectionsTest, ThatAreFineAreActive) {
  standings_["mt-main"].calls.health = sync::Health::kOk;
  EXPECT_EQ(Get(kMain, "admin")["state"], "active");
}

TEST_F(ConnectionsTest, ThatArePausedAreThatBeforeAllElse) {
  standings_["mt-main"].calls.health = sync::Health::kClockSkew;
  EXPECT_EQ(Get(kMain, "admin")["state"], "clock_skew");
  Declare(sync::PauseSetting{.connection = "mt-main", .paused = true});
  EXPECT_EQ(Get(kMain, "admin")["state"], "paused");
}

TEST_F(ConnectionsTest, AreListedByIdPageByPage) {
  for (const char* id : {"mt-b", "mt-a"}) {
    Declare(sync::ConnectionSetting{
        .id = id, .platform = "meituan", .stores = {}, .accept_within = {}});
  }
  Declare(
      sync::ConnectionSetting{
          .id = "mt-other", .platform = "meituan", .stores = {}, .accept_within = {}},
      "other");
  const json first = Get("/v1/connections?limit=2", "admin");
  EXPECT_EQ(first["data"][0]["id"], "mt-a");
  const json second =
      Get("/v1/connections?cursor=" + first["next_cursor"].get<std::string>(), "admin");
  ASSERT_THAT(second["data"], SizeIs(1));
  EXPECT_EQ(second["data"][0]["id"], "mt-main");
  EXPECT_EQ(second["next_cursor"], nullptr);
}

TEST_F(ConnectionsTest, AreForAdministratorsOnly) {
  EXPECT_EQ(Refusal("/v1/connections", "full"), "403 forbidden");
}

TEST_F(ConnectionsTest, ArePausedOnceThatIsFolded) {
  const auto pending = Begin("PATCH", kMain, R"({"paused":true})");
  EXPECT_FALSE(pending->response);
  Fold();
  ASSERT_TRUE(pending->response);
  EXPECT_EQ(Documented("PATCH", kMain, *pending->response)["paused"], true);
  EXPECT_EQ(Get(kMain, "admin")["paused"], true);
}

TEST_F(ConnectionsTest, AreNotChangedWhenTheyChangedMeanwhile) {
  const std::string tag = TagOf(kMain);
  Declare(sync::PauseSetting{.connection = "mt-main", .paused = true});
  EXPECT_NE(TagOf(kMain), tag);
  EXPECT_EQ(Refused("PATCH", kMain, R"({"paused":false})", {{"If-Match", tag}}),
            "412 precondition_failed");
  EXPECT_EQ(Do("PATCH", kMain, R"({"paused":false})", {{"If-Match", TagOf(kMain)}}).status, 200U);
}

TEST_F(ConnectionsTest, AreNotChangedWhenTheFoldSaysThatTheyDid) {
  Append({.kind = storage::EntryKind::kSetting, .merchant = "demo"},
         EncodeSetting(sync::PauseSetting{.connection = "mt-main", .paused = false}));
  EXPECT_EQ(Refused("PATCH", kMain, R"({"paused":true})", {{"If-Match", TagOf(kMain)}}),
            "412 precondition_failed");
  EXPECT_EQ(Get(kMain, "admin")["paused"], false);
}

TEST_F(ConnectionsTest, OfTheFileBelongToItOtherwise) {
  EXPECT_EQ(Refused("PATCH", kMain, R"({"platform":"eleme"})"), "409 managed_by_file");
  EXPECT_EQ(Refused("PATCH", kMain, R"({"paused":true,"stores":{}})"), "409 managed_by_file");
  EXPECT_EQ(Refused("DELETE", kMain), "409 managed_by_file");
}

TEST_F(ConnectionsTest, RefuseWhatMeansNothing) {
  for (const char* body : {"", "[]", "{}", "paused", R"({"paused":)"}) {
    EXPECT_EQ(Refused("PATCH", kMain, body), "400 bad_request") << body;
  }
  EXPECT_EQ(Refused("PATCH", kMain, R"({"paused":1})"), "400 invalid_parameter");
  EXPECT_EQ(Refused("PATCH", kMain, R"({"colour":1})"), "400 unknown_parameter");
}

TEST_F(ConnectionsTest, OfOtherMerchantsAreNotThere) {
  EXPECT_EQ(Refused("PATCH", "/v1/connections/mt-none", R"({"paused":true})"), "404 not_found");
  EXPECT_EQ(Refused("DELETE", "/v1/connections/mt-none"), "404 not_found");
  EXPECT_EQ(Refusal("/v1/connections/mt-none", "admin"), "404 not_found");
}

TEST_F(ConnectionsTest, AreMadeAndInUseWhenTheAnswerComes) {
  const net::Response made = Do("POST", kAll, kBody);
  EXPECT_EQ(made.status, 201U) << made.body;
  EXPECT_EQ(Documented("POST", kAll, made), json({{"id", "mt-new"},
                                                  {"state", "active"},
                                                  {"token", nullptr},
                                                  {"skew_ms", nullptr},
                                                  {"push_delay_ms", nullptr},
                                                  {"last_errors", json::array()},
                                                  {"platform", "meituan"},
                                                  {"enabled", true},
                                                  {"paused", false},
                                                  {"accept_minutes", 7},
                                                  {"stores", {{"shop_9", "sh-001"}}},
                                                  {"managed_by", "api"}}));
  EXPECT_EQ(settings_used_, 1);
  EXPECT_EQ(Setting("mt-new").credentials.at("app_secret").Reveal(), "s-secret");
}

TEST_F(ConnectionsTest, NeverShowTheirSecretsAgain) {
  const net::Response made = Do("POST", kAll, kBody);
  const std::string position = storage_.journal_end().ToText();
  for (const std::string& shown :
       {made.body, Ask("GET", kNew, "admin").body, Ask("GET", "/v1/audit", "admin").body,
        Ask("GET", "/v1/journal/" + position, "full").body}) {
    EXPECT_THAT(shown, Not(HasSubstr("secret")));
  }
}

TEST_F(ConnectionsTest, AreChangedMemberByMember) {
  Do("POST", kAll, kBody);
  const json changed =
      Done("PATCH", kNew, R"({"accept_minutes":null,"credentials":{"app_secret":"other"}})");
  EXPECT_EQ(changed["accept_minutes"], nullptr);
  EXPECT_EQ(changed["stores"], json({{"shop_9", "sh-001"}}));
  EXPECT_EQ(Setting("mt-new").credentials.at("app_secret").Reveal(), "other");
  EXPECT_EQ(Setting("mt-new").credentials.at("app_id").Reveal(), "9001");
}

TEST_F(ConnectionsTest, KeepTheirOptionsUntilTheyAreReplaced) {
  Do("POST", kAll, kBody);
  Done("PATCH", kNew, R"({"options":{"envelope":"retail"}})");
  Done("PATCH", kNew, R"({"accept_minutes":5})");
  EXPECT_EQ(Setting("mt-new").options,
            (std::map<std::string, std::string>{{"envelope", "retail"}}));
  Done("PATCH", kNew, R"({"options":{}})");
  EXPECT_TRUE(Setting("mt-new").options.empty());
}

TEST_F(ConnectionsTest, AreDeletedWithTheirSecretsForGood) {
  Do("POST", kAll, kBody);
  EXPECT_EQ(Do("DELETE", kNew).status, 204U);
  EXPECT_EQ(Refusal(kNew, "admin"), "404 not_found");
  EXPECT_THAT(Get(kAll, "admin")["data"], SizeIs(1));
  EXPECT_FALSE(Setting("mt-new").enabled);
  EXPECT_TRUE(Setting("mt-new").credentials.empty());
  EXPECT_EQ(Refused("DELETE", kNew), "404 not_found");
  EXPECT_EQ(Refused("POST", kAll, kBody), "409 conflict");
}

TEST_F(ConnectionsTest, ShareNoIdWithAnotherMerchants) {
  Declare(
      sync::ConnectionSetting{
          .id = "mt-new", .platform = "meituan", .stores = {}, .accept_within = {}},
      "other");
  EXPECT_EQ(Refused("POST", kAll, kBody), "409 conflict");
}

TEST_F(ConnectionsTest, AreMadeOncePerKey) {
  const auto first = Do("POST", kAll, kBody, {{"Idempotency-Key", "k"}});
  const auto second = Do("POST", kAll, kBody, {{"Idempotency-Key", "k"}});
  EXPECT_EQ(second.status, 201U);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(Refused("POST", kAll, R"({"id":"x","platform":"meituan"})", {{"Idempotency-Key", "k"}}),
            "422 idempotency_key_reused");
}

TEST_F(ConnectionsTest, AreNotMadeOfWhatIsWrong) {
  for (const char* body :
       {R"({"platform":"meituan"})", R"({"id":"a b","platform":"meituan"})", R"({"id":"a"})",
        R"({"id":"a","platform":"meituan","stores":{"x":"none"}})",
        R"({"id":"a","platform":"meituan","base_url":"ftp://x"})",
        R"({"id":"a","platform":"meituan","credentials":{"app_id":1}})",
        R"({"id":"a","platform":"meituan","accept_minutes":0})"}) {
    EXPECT_EQ(Refused("POST", kAll, body), "400 invalid_parameter") << body;
  }
  connection_refused_ = InvalidParameter("credentials", "app_id, app_secret").error();
  EXPECT_EQ(Refused("POST", kAll, kBody), "400 invalid_parameter");
}

}  // namespace
}  // namespace weir::gateway::testing
