// SPDX-License-Identifier: Apache-2.0
#include "sync/requests.hpp"
#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class AuditTest : public ApiTest {
 protected:
  void Declare(const std::string& id, const std::string& request = {}) {
    Append({.kind = storage::EntryKind::kSetting, .merchant = "demo", .request = request},
           json{{"kind", "connection"}, {"id", id}, {"app_secret", "hidden"}}.dump());
  }
  json Acts(const std::string& query = {}) { return Get("/v1/audit" + query, "admin"); }
};

TEST_F(AuditTest, ShowsWhatTheFileDeclared) {
  Declare("mt-main");
  const json act = Acts()["data"].at(0);
  EXPECT_EQ(act["source"], "file");
  EXPECT_EQ(act["setting"], "connection/mt-main");
  EXPECT_EQ(act["key_id"], nullptr);
}

TEST_F(AuditTest, ShowsWhoAskedThroughTheApi) {
  AppendPush();
  net::Request request{.method = "POST", .target = "/v1/journal/0-1/redrive"};
  request.headers.Add("Authorization", "Bearer full");
  request.headers.Add("Idempotency-Key", "k-1");
  Start(std::move(request));
  const json act = Acts()["data"].at(0);
  EXPECT_EQ(act, json({{"position", "0-2"},
                       {"at", act["at"]},
                       {"kind", "redrive"},
                       {"source", "api"},
                       {"key_id", "full"},
                       {"request_id", "r-1"},
                       {"call", "POST /v1/journal/0-1/redrive"},
                       {"idempotency_key", "k-1"},
                       {"setting", nullptr}}));
}

TEST_F(AuditTest, PassesOverWhatNobodyDid) {
  for (int i = 0; i < 5; ++i) AppendPush();
  EXPECT_THAT(Acts()["data"], IsEmpty());
}

TEST_F(AuditTest, ShowsNoMoreOfASettingThanItsName) {
  Declare("mt-main");
  EXPECT_THAT(Ask("GET", "/v1/audit", "admin").body, Not(HasSubstr("hidden")));
}

TEST_F(AuditTest, GoesOnBehindAPage) {
  for (const char* id : {"a", "b", "c"}) Declare(id);
  const json first = Acts("?limit=2");
  ASSERT_THAT(first["data"], SizeIs(2));
  const json second = Acts("?limit=2&cursor=" + first["next_cursor"].get<std::string>());
  ASSERT_THAT(second["data"], SizeIs(1));
  EXPECT_EQ(second["data"][0]["setting"], "connection/a");
}

TEST_F(AuditTest, IsForAdministratorsOnly) {
  EXPECT_EQ(Refusal("/v1/audit", "full"), "403 forbidden");
}

TEST_F(AuditTest, RefusesACursorOfAnotherList) {
  EXPECT_EQ(Refusal("/v1/audit?cursor=x", "admin"), "400 invalid_parameter");
}

}  // namespace
}  // namespace weir::gateway::testing
