// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/push.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/meituan/support.hpp"

namespace weir::connectors::meituan {
namespace {

constexpr const char* kPath = "/hooks/mt-main/order/cancelled";

const Pushes& TestPushes() {
  static const Pushes pushes(TestCredentials());
  return pushes;
}

FieldMap Cancel() {
  return Signed({{"order_id", "10000000001"},
                 {"reason", "100% 不要+了"},
                 {"reason_code", "1103"},
                 {"caution", ""}},
                kPath);
}

std::string RefusalOf(const net::Request& request) {
  const auto push = TestPushes().Verify(request, "order/cancelled");
  if (push) {
    return "accepted";
  }
  EXPECT_EQ(push.error().kind, ErrorKind::kUnauthorized);
  return push.error().message;
}

TEST(Pushes, TakeBothEncodingsAndSayWhich) {
  for (const auto& [encoding, dialect] :
       {std::pair(Encoding::kDouble, "double"), std::pair(Encoding::kSingle, "single")}) {
    const std::string body = EncodeForm(Cancel(), encoding);
    const auto push = TestPushes().Verify(Post(kPath, body), "order/cancelled");
    ASSERT_TRUE(push) << dialect;
    EXPECT_EQ(push->dialect, dialect);
    EXPECT_EQ(push->payload, body);
    EXPECT_FALSE(push->probe);
    EXPECT_EQ(push->sent_at, Instant(std::chrono::seconds(1700000000)));
    EXPECT_EQ(push->mapped->orders.size(), 1U);
  }
}

TEST(Pushes, TakeFieldsFromTheQuery) {
  const std::string query = EncodeForm(Cancel());
  const auto push = TestPushes().Verify(Get(std::string(kPath) + "?" + query), "order/cancelled");
  ASSERT_TRUE(push);
  EXPECT_EQ(push->dialect, "double");
  EXPECT_EQ(push->payload, query);
}

TEST(Pushes, TakeFieldsFromQueryAndBodyTogether) {
  FieldMap body_fields = Cancel();
  FieldMap query_fields;
  for (const char* name : {"app_id", "timestamp", "sig"}) {
    query_fields.insert(body_fields.extract(name));
  }
  const std::string query = EncodeForm(query_fields);
  const std::string body = EncodeForm(body_fields);
  const auto push =
      TestPushes().Verify(Post(std::string(kPath) + "?" + query, body), "order/cancelled");
  ASSERT_TRUE(push);
  EXPECT_EQ(push->dialect, "double+query");
  EXPECT_EQ(push->payload, query + "\n" + body);
  EXPECT_EQ(push->content,
            TestPushes().Verify(Post(kPath, EncodeForm(Cancel())), "order/cancelled")->content);
}

TEST(Pushes, MapAgainFromWhatTheyKeep) {
  const auto push =
      TestPushes().Verify(Post(kPath, EncodeForm(Cancel(), Encoding::kSingle)), "order/cancelled");
  ASSERT_TRUE(push);
  const auto again = mapping::meituan::Map(
      {.dialect = push->dialect, .topic = "order/cancelled", .bytes = push->payload});
  ASSERT_EQ(again.orders.size(), 1U);
  EXPECT_EQ(again.orders[0].extra->members, push->mapped->orders[0].extra->members);
}

TEST(Pushes, ContentIsTheSnapshotsDigest) {
  const std::string path = "/hooks/meituan/order/paid";
  const auto push =
      TestPushes().Verify(Post(path, ReadData("push_order_paid.form.txt")), "order/paid");
  ASSERT_TRUE(push);
  EXPECT_EQ(push->content, push->mapped->orders.at(0).snapshot->key.digest);
}

TEST(Pushes, ContentIsTheSameForALaterCopy) {
  FieldMap later = Cancel();
  later.erase("sig");
  later["timestamp"] = "1700009999";
  const auto first = TestPushes().Verify(Post(kPath, EncodeForm(Cancel())), "order/cancelled");
  const auto second =
      TestPushes().Verify(Post(kPath, EncodeForm(Signed(later, kPath))), "order/cancelled");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->content, second->content);
}

TEST(Pushes, TakeAnyAge) {
  FieldMap old = Cancel();
  old.erase("sig");
  old["timestamp"] = "1000000000";
  EXPECT_EQ(RefusalOf(Post(kPath, EncodeForm(Signed(old, kPath)))), "accepted");
}

TEST(Pushes, TakeASignatureInUpperCase) {
  FieldMap fields = Cancel();
  for (char& c : fields.at("sig")) {
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  EXPECT_EQ(RefusalOf(Post(kPath, EncodeForm(fields))), "accepted");
}

TEST(Pushes, CheckTheUrlThatWasCalled) {
  EXPECT_EQ(RefusalOf(Post("/hooks/mt-main/order/paid", EncodeForm(Cancel()))), "bad_signature");
}

TEST(Pushes, RefuseWithoutSignature) {
  FieldMap fields = Cancel();
  fields.erase("sig");
  EXPECT_EQ(RefusalOf(Post(kPath, EncodeForm(fields))), "missing_signature");
  fields["sig"] = "";
  EXPECT_EQ(RefusalOf(Post(kPath, EncodeForm(fields))), "missing_signature");
}

TEST(Pushes, RefuseAnotherAppsMessage) {
  FieldMap fields = Cancel();
  fields.erase("sig");
  fields["app_id"] = "9002";
  EXPECT_EQ(RefusalOf(Post(kPath, EncodeForm(Signed(fields, kPath)))), "wrong_app_id");
  fields.erase("app_id");
  fields["sig"] = "00934d00d0aea6f12161edfb6456143d";
  EXPECT_EQ(RefusalOf(Post(kPath, EncodeForm(fields))), "wrong_app_id");
}

TEST(Pushes, RefuseAnotherSecret) {
  Credentials other = TestCredentials();
  other.app_secret = Secret("another");
  const auto push = Pushes(other).Verify(Post(kPath, EncodeForm(Cancel())), "order/cancelled");
  ASSERT_FALSE(push);
  EXPECT_EQ(push.error().message, "bad_signature");
}

TEST(Pushes, NoFieldIsAProbe) {
  for (const auto& request : {Post(kPath, ""), Get(kPath), Get(std::string(kPath) + "?")}) {
    const auto push = TestPushes().Verify(request, "order/cancelled");
    ASSERT_TRUE(push);
    EXPECT_TRUE(push->probe);
    ASSERT_NE(push->mapped, nullptr);
    EXPECT_TRUE(push->mapped->orders.empty());
  }
}

TEST(Pushes, TooManyFieldsAreMalformed) {
  std::string body;
  for (int i = 0; i < 600; ++i) {
    body += "a=1&";
  }
  const auto push = TestPushes().Verify(Post(kPath, body), "order/cancelled");
  ASSERT_FALSE(push);
  EXPECT_EQ(push.error().kind, ErrorKind::kMalformed);
}

TEST(Pushes, OneFlippedBitAnywhereIsRefused) {
  const std::string path = "/hooks/meituan/order/paid";
  const std::string body = ReadData("push_order_paid.form.txt");
  ASSERT_EQ(RefusalOf(Post(path, body)), "accepted");
  for (std::size_t i = 0; i < body.size(); ++i) {
    std::string flipped = body;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    ASSERT_NE(RefusalOf(Post(path, flipped)), "accepted") << i;
  }
}

// A name alone is a field without a value, so one byte may go: the same is said, and was signed.
TEST(Pushes, ALostByteIsRefusedUnlessNothingIsLost) {
  const std::string path = "/hooks/meituan/order/paid";
  const std::string body = ReadData("push_order_paid.form.txt") + "&";
  for (std::size_t i = 0; i + 1 < body.size(); ++i) {
    const bool nothing_lost = body[i] == '=' && body[i + 1] == '&';
    std::string shorter = body;
    shorter.erase(i, 1);
    ASSERT_EQ(RefusalOf(Post(path, shorter)) == "accepted", nothing_lost) << i;
  }
}

TEST(Pushes, AcceptAsMeituanWantsToHear) {
  const auto response = TestPushes().Accepted();
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(response.body, R"({"data":"ok"})");
  EXPECT_EQ(response.content_type, "application/json");
}

TEST(Pushes, RefuseByWhatWentWrong) {
  const auto refused = [](ErrorKind kind, std::string message) {
    return TestPushes().Refused({.kind = kind, .message = std::move(message)});
  };
  const auto unauthorized = refused(ErrorKind::kUnauthorized, "bad_signature");
  EXPECT_EQ(unauthorized.status, 401U);
  EXPECT_EQ(unauthorized.body, R"({"data":"ng","error":{"code":703,"msg":"bad_signature"}})");
  EXPECT_EQ(refused(ErrorKind::kMalformed, "x").status, 400U);
  EXPECT_EQ(refused(ErrorKind::kTransport, "x").status, 503U);
  EXPECT_EQ(refused(ErrorKind::kRateLimited, "x").status, 503U);
  EXPECT_EQ(refused(ErrorKind::kInternal, "x").status, 500U);
}

TEST(Pushes, SayWhenToComeAgain) {
  const auto response = TestPushes().Refused({.kind = ErrorKind::kRateLimited,
                                              .message = "busy",
                                              .remote_code = {},
                                              .retry_after = std::chrono::seconds(7)});
  EXPECT_EQ(response.headers.Find("Retry-After"), "7");
}

TEST(Explain, ShowsEachStepAndNeverTheSecret) {
  const std::string text =
      TestPushes().Explain(Post(kPath, EncodeForm(Cancel(), Encoding::kSingle)), true);
  for (const char* part :
       {"read as \"double\"", "read as \"single\"", "order_id = 10000000001",
        "reason = 100% 不要+了",
        "signed text: https://gw.example.com/hooks/mt-main/order/cancelled?app_id=9001&",
        "<app_secret>", "verdict: bad_signature", "verdict: the signature holds"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find(kSecret), std::string::npos);
}

TEST(Explain, HidesWhatMaySayWhoAPersonIs) {
  const auto sample = ReadSample("order_paid");
  const auto request = Post("/hooks/meituan/order/paid", EncodeForm(sample.fields));
  const std::string text = TestPushes().Explain(request, false);
  for (const char* name : {"recipient_name", "recipient_address", "recipient_phone", "detail"}) {
    EXPECT_EQ(text.find(sample.fields.at(name)), std::string::npos) << name;
  }
  EXPECT_NE(text.find("order_id = 10000000001"), std::string::npos);
  EXPECT_NE(text.find("verdict: the signature holds"), std::string::npos);
}

TEST(Explain, KnowsAProbe) {
  EXPECT_NE(TestPushes().Explain(Post(kPath, ""), false).find("a probe"), std::string::npos);
}

}  // namespace
}  // namespace weir::connectors::meituan
