// SPDX-License-Identifier: Apache-2.0
#include "simulators/merchant/simulator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::simulators::merchant {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const std::string kKey(24, 'k');
const Instant kNow{std::chrono::seconds(1'764'000'000)};

HttpCall Callback(std::uint64_t seq, const std::string& subject = "o-1") {
  const std::string id = "chg-" + std::to_string(seq);
  const std::string body = R"({"id":")" + id + R"(","type":"order.placed","sequence":)" +
                           std::to_string(seq) + R"(,"data":{"id":")" + subject + "\"}}";
  const auto digest = HmacSha256(kKey, id + ".1764000000." + body);
  return {.method = "POST",
          .body = body,
          .headers = {
              {"webhook-id", id},
              {"webhook-timestamp", "1764000000"},
              {"webhook-signature", "v1," + ToBase64(std::string(digest.begin(), digest.end()))}}};
}

class MerchantTest : public testing::Test {
 protected:
  unsigned Status(const HttpCall& call) { return merchant_.Handle(call, kNow).status; }
  MerchantSimulator merchant_{{.secret = "whsec_" + ToBase64(kKey)}};
};

TEST_F(MerchantTest, TakesWhatIsSigned) {
  EXPECT_EQ(Status(Callback(7)), 200U);
  ASSERT_THAT(merchant_.taken(), SizeIs(1));
  EXPECT_EQ(merchant_.taken()[0].seq, 7U);
  EXPECT_EQ(merchant_.taken()[0].subject, "o-1");
  EXPECT_EQ(merchant_.records().at("o-1"), R"({"id":"o-1"})");
}

TEST_F(MerchantTest, RefusesWhatIsNot) {
  HttpCall call = Callback(7);
  call.body += " ";
  EXPECT_EQ(Status(call), 401U);
  EXPECT_EQ(merchant_.counts().forged, 1U);
  EXPECT_THAT(merchant_.taken(), IsEmpty());
}

TEST_F(MerchantTest, KnowsARepeatedOneByItsId) {
  EXPECT_EQ(Status(Callback(7)), 200U);
  EXPECT_EQ(Status(Callback(7)), 200U);
  EXPECT_EQ(merchant_.counts().again, 1U);
  EXPECT_THAT(merchant_.taken(), SizeIs(1));
  EXPECT_THAT(merchant_.complaints(), IsEmpty());
}

TEST_F(MerchantTest, ComplainsAboutASubjectOutOfOrder) {
  Status(Callback(7));
  Status(Callback(6, "o-2"));
  EXPECT_THAT(merchant_.complaints(), IsEmpty());
  Status(Callback(5));
  EXPECT_THAT(merchant_.complaints(), SizeIs(1));
}

TEST_F(MerchantTest, AnswersAsItIsTold) {
  merchant_.AnswerWith(410);
  EXPECT_EQ(Status(Callback(1)), 410U);
  EXPECT_THAT(merchant_.taken(), IsEmpty());
  merchant_.AnswerWith(0);
  EXPECT_EQ(Status(Callback(1)), 200U);
}

TEST_F(MerchantTest, AFailureTakesNothing) {
  merchant_.SetFaults({.failed = 1});
  EXPECT_EQ(Status(Callback(1)), 500U);
  EXPECT_THAT(merchant_.taken(), IsEmpty());
}

TEST_F(MerchantTest, AsksForAPause) {
  merchant_.SetFaults({.limited = 1, .retry_after = std::chrono::seconds(7)});
  const HttpAnswer answer = merchant_.Handle(Callback(1), kNow);
  EXPECT_EQ(answer.status, 429U);
  EXPECT_EQ(answer.headers, (HeaderFields{{"Retry-After", "7"}}));
}

TEST_F(MerchantTest, AnAnswerThatBreaksOffOrStallsIsOfSomethingTaken) {
  merchant_.SetFaults({.cut = 1});
  EXPECT_TRUE(merchant_.Handle(Callback(1), kNow).cut);
  merchant_.SetFaults({.stalled = 1, .stall = std::chrono::milliseconds(9)});
  EXPECT_EQ(merchant_.Handle(Callback(2), kNow).stall, std::chrono::milliseconds(9));
  EXPECT_THAT(merchant_.taken(), SizeIs(2));
  EXPECT_EQ(merchant_.counts().failed, 2U);
}

}  // namespace
}  // namespace weir::simulators::merchant
