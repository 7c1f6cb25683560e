// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/retail/push.hpp"

#include <gtest/gtest.h>

#include "connectors/answers.hpp"
#include "connectors/eleme/retail/signer.hpp"
#include "connectors/eleme/signer.hpp"
#include "tests/connectors/eleme/support.hpp"
#include "tests/mapping/eleme/retail_samples.hpp"

namespace weir::connectors::eleme::retail {
namespace {

using mapping::eleme::retail::FormOf;
using mapping::eleme::retail::Pairs;
using mapping::eleme::retail::Push;
using mapping::eleme::retail::VectorFields;

Pushes PushesOf(const ConnectionOptions& options) { return Pushes(*ParseCredentials(options)); }

const Pushes& TestPushes() {
  static const Pushes pushes = PushesOf(RetailOptions());
  return pushes;
}

net::Request Post(std::string body) {
  net::Request request;
  request.method = "POST";
  request.target = "/hooks/er-main";
  request.body = std::move(body);
  return request;
}

std::string OutcomeOf(const std::string& body, const Pushes& pushes = TestPushes()) {
  const auto push = pushes.Verify(Post(body), "");
  if (push) return "accepted";
  return push.error().kind == ErrorKind::kUnauthorized ? push.error().message : "malformed";
}

/// The fields with the signature that the page's words give: names sorted, the secret among them.
Pairs Signed(Pairs fields, bool with_token = true) {
  std::erase_if(fields, [](const auto& field) { return field.first == "sign"; });
  Pairs all = fields;
  if (!with_token) {
    std::erase_if(all, [](const auto& field) { return field.first == "access_token"; });
  }
  all.emplace_back("secret", std::string(kRetailSecret));
  std::ranges::sort(all);
  std::string text;
  for (const auto& [name, value] : all) text += (text.empty() ? "" : "&") + name + "=" + value;
  fields.emplace_back("sign", ToUpperHex(Md5(text)));
  return fields;
}

Pairs PushFields(const std::string& cmd, const std::string& body) {
  return Signed({{"body", body},
                 {"cmd", cmd},
                 {"encrypt", ""},
                 {"source", "10001"},
                 {"ticket", "6A1F0C3E-3C0B-4C44-9A0E-000000000001"},
                 {"timestamp", "1700000000"},
                 {"version", "3"}});
}

constexpr const char* kOrderBody = R"({"order_id":"3000000000001"})";

TEST(RetailVector, IsSignedAsAsked) {
  const auto push = Push::Decode(FormOf(VectorFields()));
  const auto fields = SignedFields(*push, TokenUse::kNone);
  const json sample = json::parse(ReadData("retail_request_order_get.json"));
  EXPECT_EQ(SignedText(fields, kRetailSecret), sample.at("signed_string").get<std::string>());
  EXPECT_EQ(ToUpperHex(Sign(fields, Secret(std::string(kRetailSecret)))),
            "80DC1575571585E374DE711ED39F31C7");
}

TEST(RetailVector, IsTakenAsAPush) { EXPECT_EQ(OutcomeOf(FormOf(VectorFields())), "accepted"); }

TEST(RetailVector, OneFlippedBitAnywhereIsRefused) {
  const std::string form = FormOf(VectorFields());
  ASSERT_EQ(OutcomeOf(form), "accepted");
  const std::size_t sign = form.find("sign=");
  for (std::size_t i = 0; i < form.size(); ++i) {
    for (const char bit : {1, 2, 4, 8, 16, 32, 64}) {
      std::string flipped = form;
      flipped[i] = static_cast<char>(flipped[i] ^ bit);
      // The case of a signature's digits says nothing, nor does that of an escape's.
      const bool same_digit =
          std::tolower(flipped[i]) == std::tolower(form[i]) && std::isxdigit(form[i]) != 0;
      const bool in_escape = (i >= 1 && form[i - 1] == '%') || (i >= 2 && form[i - 2] == '%');
      if (same_digit && (in_escape || i > sign)) continue;
      ASSERT_NE(OutcomeOf(flipped), "accepted") << i << " " << flipped;
    }
  }
}

TEST(RetailPushes, CompareASignatureWithoutCase) {
  Pairs fields = VectorFields();
  for (auto& [name, value] : fields) {
    if (name == "sign") value = ToLower(value);
  }
  EXPECT_EQ(OutcomeOf(FormOf(fields)), "accepted");
}

TEST(RetailPushes, RefuseWhatProvesNothing) {
  Pairs fields = VectorFields();
  std::erase_if(fields, [](const auto& field) { return field.first == "sign"; });
  EXPECT_EQ(OutcomeOf(FormOf(fields)), "missing_signature");
  fields = VectorFields();
  for (auto& [name, value] : fields) {
    if (name == "source") value = "10002";
  }
  EXPECT_EQ(OutcomeOf(FormOf(Signed(fields))), "wrong_app_id");
  EXPECT_EQ(OutcomeOf("body=%zz"), "malformed");
  EXPECT_EQ(OutcomeOf("body=1"), "malformed");
}

TEST(RetailPushes, SignATokenUnlessToldOtherwise) {
  Pairs fields = VectorFields();
  fields.emplace_back("access_token", "t1");
  EXPECT_EQ(OutcomeOf(FormOf(Signed(fields))), "accepted");
  EXPECT_EQ(OutcomeOf(FormOf(Signed(fields, false))), "bad_signature");
  const Pushes unsigned_token = PushesOf(RetailOptionsWithToken("unsigned"));
  EXPECT_EQ(OutcomeOf(FormOf(Signed(fields, false)), unsigned_token), "accepted");
  EXPECT_EQ(OutcomeOf(FormOf(Signed(fields)), unsigned_token), "bad_signature");
}

TEST(RetailPushes, HaveTheirCommandAsTopic) {
  const std::string form =
      FormOf(PushFields("order.status.push", R"({"order_id":"1","status":5})"));
  const auto push = TestPushes().Verify(Post(form), "some/path");
  ASSERT_TRUE(push);
  EXPECT_FALSE(push->probe);
  EXPECT_EQ(push->topic, "order.status.push");
  EXPECT_EQ(push->dialect, "retail");
  EXPECT_EQ(push->payload, form);
  EXPECT_EQ(push->sent_at, mapping::eleme::At(1700000000));
  EXPECT_EQ(push->mapped->orders.at(0).statuses.at(0).status, model::OrderStatus::kAccepted);
}

TEST(RetailPushes, NoFieldIsAProbe) {
  net::Request get;
  get.target = "/hooks/er-main";
  for (const auto& request : {get, Post("")}) {
    const auto push = TestPushes().Verify(request, "");
    ASSERT_TRUE(push);
    EXPECT_TRUE(push->probe);
    ASSERT_NE(push->mapped, nullptr);
  }
}

/// Checks the signature of an answer, which covers its body as it stands there.
void ExpectSigned(const std::string& answer, const std::string& body_text) {
  const json told = json::parse(answer);
  const std::string text = "body=" + body_text + "&cmd=" + told.at("cmd").get<std::string>() +
                           "&encrypt=&secret=" + std::string(kRetailSecret) +
                           "&source=10001&ticket=6A1F0C3E-3C0B-4C44-9A0E-000000000001" +
                           "&timestamp=1700000000&version=3";
  EXPECT_EQ(told.at("sign").get<std::string>(), ToUpperHex(Md5(text)));
  EXPECT_NE(answer.find(body_text), std::string::npos);
}

TEST(RetailReply, OfANewOrderNamesItAsWeirDoes) {
  const auto push = TestPushes().Verify(Post(FormOf(PushFields("order.create", kOrderBody))), "");
  ASSERT_TRUE(push && push->reply);
  EXPECT_EQ(push->reply->status, 200U);
  json expected = json::parse(ReadData("retail_reply_order_create.json"));
  json told = json::parse(push->reply->body);
  ExpectSigned(push->reply->body,
               R"({"errno":0,"error":"success","data":{"source_order_id":"eleme-3000000000001"}})");
  EXPECT_EQ(told["body"]["data"]["source_order_id"], "eleme-3000000000001");
  expected["body"]["data"] = told["body"]["data"];
  expected["sign"] = told["sign"];
  EXPECT_EQ(told, expected);
}

TEST(RetailReply, OfAnyOtherPushSaysThatItCame) {
  const auto push =
      TestPushes().Verify(Post(FormOf(PushFields("order.remind.push", kOrderBody))), "");
  ASSERT_TRUE(push && push->reply);
  ExpectSigned(push->reply->body, R"({"errno":0,"error":"success"})");
  EXPECT_EQ(json::parse(push->reply->body)["cmd"], "resp.order.remind.push");
}

TEST(RetailReply, ComesAlsoWhereNothingCouldBeMapped) {
  const auto push = TestPushes().Verify(Post(FormOf(PushFields("order.create", "{}"))), "");
  ASSERT_TRUE(push && push->reply);
  EXPECT_TRUE(push->mapped->unmappable);
  EXPECT_FALSE(json::parse(push->reply->body)["body"].contains("data"));
}

TEST(RetailReply, OfAProbeAndOfARefusal) {
  EXPECT_EQ(TestPushes().Accepted().body, R"({"body":{"errno":0,"error":"success"}})");
  const auto refused =
      TestPushes().Refused({.kind = ErrorKind::kUnauthorized, .message = "bad_signature"});
  EXPECT_EQ(refused.status, 401U);
  EXPECT_EQ(refused.body, R"({"body":{"errno":-1,"error":"bad_signature"}})");
}

TEST(RetailExplain, ShowsEachStepAndNeverASecret) {
  Pairs fields = VectorFields();
  fields.emplace_back("access_token", "token-of-a-shop");
  const std::string form = FormOf(Signed(fields));
  const std::string text = TestPushes().Explain(Post(form), false);
  for (const char* part :
       {"cmd = order.get", "body = <28 bytes>", "access_token = <token>", "secret=<app_secret>",
        "md5 computed: ", "verdict: the signature holds"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find(kRetailSecret), std::string::npos);
  EXPECT_EQ(text.find("token-of-a-shop"), std::string::npos);
  EXPECT_NE(TestPushes().Explain(Post(form), true).find("3000000000001"), std::string::npos);
}

TEST(RetailExplain, NamesTheReasonOfARefusal) {
  Pairs fields = VectorFields();
  fields.front().second += " ";
  EXPECT_NE(TestPushes().Explain(Post(FormOf(fields)), false).find("verdict: bad_signature"),
            std::string::npos);
  EXPECT_NE(TestPushes().Explain(Post(""), false).find("a probe"), std::string::npos);
  EXPECT_NE(TestPushes().Explain(Post("body=1"), false).find("no field"), std::string::npos);
}

}  // namespace
}  // namespace weir::connectors::eleme::retail
