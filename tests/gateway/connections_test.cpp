// SPDX-License-Identifier: Apache-2.0
#include "sync/settings.hpp"
#include "sync/trail.hpp"
#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::SizeIs;

class ConnectionsTest : public ApiTest {
 protected:
  ConnectionsTest() {
    Declare(sync::ConnectionSetting{.id = "mt-main",
                                    .platform = "meituan",
                                    .stores = {{"shop_001", "sh-001"}},
                                    .accept_within = std::chrono::minutes(5)});
  }

  /// A setting as the fold leaves it.
  template <typename Setting>
  void Declare(const Setting& setting, const std::string& merchant = "demo") {
    PutSetting(merchant, SettingId(setting), EncodeSetting(setting));
  }
  void PutSetting(const std::string& merchant, const std::string& id, std::string state) {
    auto known = *Run(storage_.Read(storage::RecordKind::kSetting, merchant, id));
    storage::RecordRow row;
    row.kind = storage::RecordKind::kSetting;
    row.merchant = merchant;
    row.id = id;
    row.version = known ? known->version + 1 : 1;
    row.state = std::move(state);
    auto trail = known ? sync::DecodeTrail(known->trail) : std::vector<sync::TrailItem>();
    trail.push_back({.offset = storage_.journal_end().offset});
    row.trail = sync::EncodeTrail(trail);
    storage::Batch batch;
    batch.puts.push_back(std::move(row));
    Apply(std::move(batch));
  }

  std::shared_ptr<Pending> Patch(const std::string& id, const std::string& body,
                                 const std::string& if_match = {}) {
    net::Request request{.method = "PATCH", .target = "/v1/connections/" + id};
    request.headers.Add("Authorization", "Bearer admin");
    if (!if_match.empty()) request.headers.Add("If-Match", if_match);
    request.body = body;
    return Start(std::move(request));
  }
  std::string Refused(const std::string& id, const std::string& body,
                      const std::string& if_match = {}) {
    const auto pending = Patch(id, body, if_match);
    return pending->response ? Outcome(*pending->response) : "none yet";
  }
  std::string Tag() { return std::string(Shown().headers.Find("ETag")); }
  net::Response Shown() { return Ask("GET", "/v1/connections/mt-main", "admin"); }

  /// Folds the newest entry, a setting.
  void FoldSetting() {
    const auto entry = Run(storage_.Scan(storage_.journal_end(), 1, 1))->at(0);
    const json payload = json::parse(entry.payload);
    PutSetting(entry.envelope.merchant,
               payload["kind"].get<std::string>() + "/" + payload["id"].get<std::string>(),
               entry.payload);
    timer_.RunFor(io_, 10ms);
  }
};

TEST_F(ConnectionsTest, AreShownWithoutSecrets) {
  EXPECT_EQ(Get("/v1/connections/mt-main", "admin"), json({{"id", "mt-main"},
                                                           {"platform", "meituan"},
                                                           {"enabled", true},
                                                           {"paused", false},
                                                           {"accept_minutes", 5},
                                                           {"stores", {{"shop_001", "sh-001"}}},
                                                           {"managed_by", "file"}}));
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
  const auto pending = Patch("mt-main", R"({"paused":true})");
  EXPECT_FALSE(pending->response);
  FoldSetting();
  ASSERT_TRUE(pending->response);
  EXPECT_EQ(pending->response->status, 200U) << pending->response->body;
  EXPECT_EQ(json::parse(pending->response->body)["paused"], true);
  EXPECT_EQ(Get("/v1/connections/mt-main", "admin")["paused"], true);
}

TEST_F(ConnectionsTest, AreNotChangedWhenTheyChangedMeanwhile) {
  const std::string tag = Tag();
  Declare(sync::PauseSetting{.connection = "mt-main", .paused = true});
  EXPECT_NE(Tag(), tag);
  EXPECT_EQ(Refused("mt-main", R"({"paused":false})", tag), "412 precondition_failed");
  EXPECT_EQ(Refused("mt-main", R"({"paused":false})", Tag()), "none yet");
}

TEST_F(ConnectionsTest, AreNotChangedWhenTheFoldSaysThatTheyDid) {
  const auto pending = Patch("mt-main", R"({"paused":true})", Tag());
  const auto entry = Run(storage_.Scan(storage_.journal_end(), 1, 1))->at(0);
  EXPECT_EQ(json::parse(entry.payload)["if_versions"],
            json({{"connection/mt-main", 1}, {"pause/mt-main", 0}}));
  Apply({});
  timer_.RunFor(io_, 10ms);
  ASSERT_TRUE(pending->response);
  EXPECT_EQ(Outcome(*pending->response), "412 precondition_failed");
}

TEST_F(ConnectionsTest, BelongToTheFileOtherwise) {
  EXPECT_EQ(Refused("mt-main", R"({"platform":"eleme"})"), "409 managed_by_file");
  EXPECT_EQ(Refused("mt-main", R"({"paused":true,"stores":{}})"), "409 managed_by_file");
  EXPECT_EQ(Outcome(Ask("DELETE", "/v1/connections/mt-main", "admin")), "409 managed_by_file");
  EXPECT_EQ(Outcome(Ask("POST", "/v1/connections", "admin")), "409 managed_by_file");
}

TEST_F(ConnectionsTest, RefuseWhatMeansNothing) {
  for (const char* body : {"", "[]", "{}", "paused", R"({"paused":)"}) {
    EXPECT_EQ(Refused("mt-main", body), "400 bad_request") << body;
  }
  EXPECT_EQ(Refused("mt-main", R"({"paused":1})"), "400 invalid_parameter");
}

TEST_F(ConnectionsTest, OfOtherMerchantsAreNotThere) {
  EXPECT_EQ(Refused("mt-none", R"({"paused":true})"), "404 not_found");
  EXPECT_EQ(Outcome(Ask("DELETE", "/v1/connections/mt-none", "admin")), "404 not_found");
  EXPECT_EQ(Refusal("/v1/connections/mt-none", "admin"), "404 not_found");
}

}  // namespace
}  // namespace weir::gateway::testing
