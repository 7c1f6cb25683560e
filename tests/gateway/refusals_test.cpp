// SPDX-License-Identifier: Apache-2.0
#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RefusalsTest : public ApiTest {
 protected:
  void Keep(std::uint64_t number, std::string connection = "mt-main", std::string body = "sig=x",
            std::string merchant = "demo") {
    refusals_.kept.push_back({.number = number,
                              .merchant = std::move(merchant),
                              .connection = std::move(connection),
                              .topic = "order/paid",
                              .at = clock_.Now(),
                              .reason = "bad_signature",
                              .method = "POST",
                              .target = "/hooks/mt-main/order/paid?phone=13800000000",
                              .body = std::move(body),
                              .remote = "203.0.113.9"});
  }

  static std::vector<std::string> Ids(const json& page) {
    std::vector<std::string> ids;
    for (const json& refusal : page["data"]) ids.push_back(refusal["id"]);
    return ids;
  }
};

TEST_F(RefusalsTest, ListsNewestFirst) {
  for (std::uint64_t i = 1; i <= 3; ++i) Keep(i);
  const json page = Get("/v1/refusals");
  EXPECT_THAT(Ids(page), ElementsAre("3", "2", "1"));
  EXPECT_EQ(page["data"][0]["reason"], "bad_signature");
  EXPECT_TRUE(page["next_cursor"].is_null());
}

TEST_F(RefusalsTest, PagesThroughAllOfThem) {
  for (std::uint64_t i = 1; i <= 4; ++i) Keep(i);
  const json first = Get("/v1/refusals?limit=2");
  EXPECT_THAT(Ids(first), ElementsAre("4", "3"));
  const std::string cursor = first["next_cursor"];
  const json second = Get("/v1/refusals?limit=2&cursor=" + cursor);
  EXPECT_THAT(Ids(second), ElementsAre("2", "1"));
  EXPECT_TRUE(second["next_cursor"].is_null());
}

TEST_F(RefusalsTest, FiltersByConnection) {
  Keep(1, "a");
  Keep(2, "b");
  refusals_.counts = {{"demo", "a", "bad_signature", 7},
                      {"demo", "b", "bad_signature", 1},
                      {"other", "a", "bad_signature", 9}};
  const json page = Get("/v1/refusals?connection=a");
  EXPECT_THAT(Ids(page), ElementsAre("1"));
  EXPECT_EQ(page["counts"],
            json::array({{{"connection", "a"}, {"reason", "bad_signature"}, {"count", 7}}}));
}

TEST_F(RefusalsTest, ShowsOnlyTheMerchantsOwn) {
  Keep(1, "mt-main", "x", "other");
  EXPECT_THAT(Ids(Get("/v1/refusals")), IsEmpty());
  EXPECT_EQ(Outcome(Ask("POST", "/v1/refusals/1/redrive")), "404 not_found");
}

TEST_F(RefusalsTest, ShowsWhatWasSentWithPersonalDataOnly) {
  Keep(1);
  const json full = Get("/v1/refusals")["data"][0];
  EXPECT_EQ(full["body"], "sig=x");
  EXPECT_EQ(full["target"], "/hooks/mt-main/order/paid?phone=13800000000");
  const json masked = Get("/v1/refusals", "read")["data"][0];
  EXPECT_FALSE(masked.contains("body") || masked.contains("target"));
  EXPECT_EQ(masked["bytes"], 5);
}

TEST_F(RefusalsTest, ShowsWhateverWasSent) {
  Keep(1, "mt-main", "\xff\xfe");
  refusals_.kept[0].topic = "\xff";
  refusals_.kept[0].target = "/hooks/\xff";
  const json refusal = Get("/v1/refusals")["data"][0];
  EXPECT_EQ(refusal["encoding"], "base64");
  EXPECT_EQ(refusal["body"], "//4=");
  EXPECT_EQ(refusal["topic"], "\xEF\xBF\xBD");
}

TEST_F(RefusalsTest, DrivesOneAgain) {
  Keep(4);
  redriven_ = "stored";
  EXPECT_EQ(Post("/v1/refusals/4/redrive"), json({{"id", "4"}, {"outcome", "stored"}}));
  EXPECT_THAT(redriven_refusals_, ElementsAre(4U));
}

TEST_F(RefusalsTest, TellsWhyOneStillFails) {
  Keep(4);
  redriven_ = Fail(ErrorKind::kConflict, "still refused: bad_signature");
  EXPECT_EQ(Outcome(Ask("POST", "/v1/refusals/4/redrive")), "409 conflict");
}

TEST_F(RefusalsTest, TellsWhenToComeAgain) {
  Keep(4);
  redriven_ = std::unexpected(Error{.kind = ErrorKind::kRateLimited,
                                    .message = "too far behind",
                                    .retry_after = std::chrono::seconds(7)});
  const net::Response response = Ask("POST", "/v1/refusals/4/redrive");
  EXPECT_EQ(Outcome(response), "503 busy");
  EXPECT_EQ(response.headers.Find("Retry-After"), "7");
}

TEST_F(RefusalsTest, FindsNothingUnderWhatIsNoId) {
  Keep(4);
  for (const char* id : {"5", "x", "-4", "4x", "99999999999999999999"}) {
    EXPECT_EQ(Outcome(Ask("POST", std::string("/v1/refusals/") + id + "/redrive")), "404 not_found")
        << id;
  }
}

TEST_F(RefusalsTest, RefusesValuesThatMeanNothing) {
  for (const char* query : {"cursor=x", "cursor=-1", "limit=0"}) {
    EXPECT_EQ(Refusal(std::string("/v1/refusals?") + query), "400 invalid_parameter") << query;
  }
}

}  // namespace
}  // namespace weir::gateway::testing
