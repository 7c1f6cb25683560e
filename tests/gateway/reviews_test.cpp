// SPDX-License-Identifier: Apache-2.0
#include "tests/gateway/records_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using ::testing::ElementsAre;

Instant Day(int day) { return Instant(std::chrono::days(20'000 + day)); }

class ReviewsTest : public RecordsTest {
 protected:
  void Write(int number, const std::string& text = "好吃", const std::string& store = "sh-001",
             const std::string& status = "unreplied", const std::string& rating = "40") {
    json review = Example("Review");
    review["id"] = "meituan-" + std::to_string(number);
    review["text"] = text;
    Put(storage::RecordKind::kReview, review["id"],
        {.store = store,
         .platform = "meituan",
         .status = status,
         .display = rating,
         .sorted_at = Day(number)},
        review);
  }
  std::vector<std::string> Ids(const std::string& target) {
    std::vector<std::string> ids;
    for (const json& review : Get(target)["data"]) ids.push_back(review["id"]);
    return ids;
  }
};

TEST_F(ReviewsTest, AreListedNewestFirstPageByPage) {
  for (const int number : {2, 3, 1}) Write(number);
  const json page = Get("/v1/reviews?limit=2");
  EXPECT_EQ(page["data"][0]["id"], "meituan-3");
  EXPECT_THAT(Ids("/v1/reviews?limit=2&cursor=" + page["next_cursor"].get<std::string>()),
              ElementsAre("meituan-1"));
}

TEST_F(ReviewsTest, AreFiltered) {
  Write(1);
  Write(2, "好吃", "sh-002");
  Write(3, "好吃", "sh-001", "replied");
  EXPECT_THAT(Ids("/v1/reviews?store=sh-002"), ElementsAre("meituan-2"));
  EXPECT_THAT(Ids("/v1/reviews?replied=true"), ElementsAre("meituan-3"));
  EXPECT_THAT(Ids("/v1/reviews?replied=false&store=sh-001"), ElementsAre("meituan-1"));
  EXPECT_THAT(Ids("/v1/reviews?platform=eleme"), ElementsAre());
  EXPECT_THAT(
      Ids("/v1/reviews?posted_from=" + ToRfc3339(Day(2)) + "&posted_to=" + ToRfc3339(Day(3))),
      ElementsAre("meituan-2"));
  EXPECT_EQ(Refusal("/v1/reviews?replied=perhaps"), "400 invalid_parameter");
}

TEST_F(ReviewsTest, AreFilteredByTheirRating) {
  for (const int rating : {10, 25, 50}) {
    Write(rating, "好吃", "sh-001", "unreplied", std::to_string(rating));
  }
  Write(99, "好吃", "sh-001", "unreplied", "");
  EXPECT_THAT(Ids("/v1/reviews?rating_to=25"), ElementsAre("meituan-25", "meituan-10"));
  EXPECT_THAT(Ids("/v1/reviews?rating_from=25"), ElementsAre("meituan-50", "meituan-25"));
  EXPECT_THAT(Ids("/v1/reviews?rating_from=11&rating_to=49&store=sh-001"),
              ElementsAre("meituan-25"));
  const json page = Get("/v1/reviews?rating_from=10&limit=2");
  EXPECT_THAT(
      Ids("/v1/reviews?rating_from=10&limit=2&cursor=" + page["next_cursor"].get<std::string>()),
      ElementsAre("meituan-10"));
  for (const char* wrong : {"rating_from=9", "rating_to=51", "rating_to=good"}) {
    EXPECT_EQ(Refusal(std::string("/v1/reviews?") + wrong), "400 invalid_parameter");
  }
}

TEST_F(ReviewsTest, OneIsShownWithItsTag) {
  Write(1);
  EXPECT_EQ(Get("/v1/reviews/meituan-1")["rating"], 40);
  net::Request request;
  request.method = "GET";
  request.target = "/v1/reviews/meituan-1";
  request.headers.Add("Authorization", "Bearer full");
  request.headers.Add("If-None-Match", "\"1\"");
  EXPECT_EQ(Ask(request).status, 304U);
  EXPECT_EQ(Refusal("/v1/reviews/meituan-9"), "404 not_found");
}

TEST_F(ReviewsTest, HideNumbersFromKeysWithoutPersonalData) {
  Write(1, "打13812341234找我");
  EXPECT_EQ(Get("/v1/reviews/meituan-1", "read")["text"], "打*******找我");
  EXPECT_EQ(Get("/v1/reviews/meituan-1", "read")["reply"]["text"], "谢谢");
  EXPECT_EQ(Get("/v1/reviews/meituan-1", "read")["extra"], json::object());
  EXPECT_EQ(Get("/v1/reviews/meituan-1")["text"], "打13812341234找我");
}

}  // namespace
}  // namespace weir::gateway::testing
