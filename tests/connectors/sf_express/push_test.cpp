// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/push.hpp"

#include <gtest/gtest.h>

#include "connectors/sf_express/signer.hpp"
#include "mapping/sf_express/map.hpp"
#include "tests/connectors/sf_express/support.hpp"

namespace weir::connectors::sf_express {
namespace {

const std::string kRoutes = "routes/" + std::string(kToken);

net::Request RequestOf(std::string body) {
  net::Request request;
  request.method = "POST";
  request.target = "/hooks/sf-main/" + kRoutes;
  request.body = std::move(body);
  return request;
}

Result<VerifiedPush> Verify(std::string body, const std::string& topic = kRoutes) {
  return Pushes(TestCredentials()).Verify(RequestOf(std::move(body)), topic);
}

json FormVariant() { return json::parse(ReadData("route_push_form_variant.json")); }

TEST(Push, InJsonIsTaken) {
  const std::string body = ReadData("route_push.json");
  const auto push = Verify(body);
  ASSERT_TRUE(push);
  EXPECT_FALSE(push->probe);
  EXPECT_EQ(push->topic, "routes");
  EXPECT_EQ(push->dialect, "json");
  EXPECT_EQ(push->payload, body);
  EXPECT_EQ(push->mapped->shipments.at(0).nodes.size(), 2U);
  ASSERT_TRUE(push->reply);
  EXPECT_EQ(json::parse(push->reply->body), json::parse(ReadData("route_push_reply_ok.json")));
}

TEST(Push, InAFormAndInXmlIsTaken) {
  for (const auto& [member, dialect] :
       {std::pair("raw_body", "form"), std::pair("content_decoded_xml", "xml")}) {
    const auto push = Verify(FormVariant().at(member));
    ASSERT_TRUE(push) << member;
    EXPECT_EQ(push->dialect, dialect);
    EXPECT_EQ(push->mapped->shipments.at(0).nodes.size(), 1U);
    EXPECT_EQ(FormVariant().at("reply_ok"), push->reply->body);
    EXPECT_EQ(push->reply->content_type, "text/xml;charset=UTF-8");
  }
}

TEST(Push, IsMappedAsAReplayMapsIt) {
  const auto push = Verify(ReadData("route_push.json"));
  const auto again = mapping::sf_express::Map({.dialect = push->dialect,
                                               .topic = push->topic,
                                               .bytes = push->payload,
                                               .received_at = Instant(std::chrono::hours(1))});
  ASSERT_EQ(again.shipments.size(), push->mapped->shipments.size());
  EXPECT_EQ(again.shipments[0].nodes, push->mapped->shipments[0].nodes);
  EXPECT_EQ(again.shipments[0].look, push->mapped->shipments[0].look);
}

TEST(Push, WithoutTheTokenIsNotFound) {
  for (const std::string topic :
       {"", "routes", "routes/", "routes/token-of-16-sign", "routes/token-of-16-signsx",
        "routes/token-of-16-signs/", "token-of-16-signs", "pictures/token-of-16-signs",
        "/token-of-16-signs"}) {
    const auto push = Verify(ReadData("route_push.json"), topic);
    ASSERT_FALSE(push) << topic;
    EXPECT_EQ(push.error().kind, ErrorKind::kNotFound);
    EXPECT_EQ(push.error().message, "wrong_token");
  }
}

TEST(Push, OfAConnectionWithoutATokenIsNotFound) {
  ConnectionOptions options = TestOptions();
  options.options.clear();
  const Pushes pushes(*ParseCredentials(options));
  for (const char* topic : {"routes", "routes/"}) {
    const auto push = pushes.Verify(RequestOf(ReadData("route_push.json")), topic);
    ASSERT_FALSE(push);
    EXPECT_EQ(push.error().kind, ErrorKind::kNotFound);
  }
}

TEST(Push, WithoutABodyIsAProbe) {
  const auto push = Verify("");
  ASSERT_TRUE(push);
  EXPECT_TRUE(push->probe);
}

TEST(Push, ThatCannotBeReadIsMalformed) {
  for (const char* body : {"{", "{}", "<a>", "<!DOCTYPE a><a/>", "content=%3Ca%3E", "x=1"}) {
    const auto push = Verify(body);
    ASSERT_FALSE(push) << body;
    EXPECT_EQ(push.error().kind, ErrorKind::kMalformed) << body;
  }
}

TEST(Push, OfTheOtherKindsHaveTheirReplies) {
  const auto state = Verify(R"({"orderState":[{"orderNo":"1","orderStateCode":"04-40001"}]})",
                            "orders/" + std::string(kToken));
  ASSERT_TRUE(state);
  EXPECT_EQ(state->topic, "orders");
  EXPECT_EQ(state->reply->body, R"({"success":"true","code":"0","msg":""})");
  const auto xml =
      Verify("<Request><orderNo>1</orderNo></Request>", "orders/" + std::string(kToken));
  ASSERT_TRUE(xml);
  EXPECT_EQ(xml->reply->body, "<Response><success>true</success></Response>");
  const auto fee = Verify(R"({"waybillNo":"SF1"})", "fees/" + std::string(kToken));
  ASSERT_TRUE(fee);
  EXPECT_EQ(json::parse(fee->reply->body).at("code"), 200);
}

TEST(Push, ThatFailsIsToComeAgain) {
  const Pushes pushes(TestCredentials());
  const net::Response refused =
      pushes.Refused({.kind = ErrorKind::kRateLimited, .message = "busy"});
  EXPECT_EQ(refused.status, 503U);
  EXPECT_EQ(json::parse(refused.body), (json{{"return_code", "1000"}, {"return_msg", "busy"}}));
  EXPECT_EQ(pushes.Refused({.kind = ErrorKind::kNotFound, .message = "wrong_token"}).status, 404U);
  EXPECT_EQ(json::parse(pushes.Accepted().body).at("return_code"), "0000");
}

TEST(Push, OfTheSameContentHasTheSameDigest) {
  json other = json::parse(ReadData("route_push.json"));
  other["sent"] = 1;
  EXPECT_EQ(Verify(ReadData("route_push.json"))->content, Verify(other.dump())->content);
  other["Body"]["WaybillRoute"][0]["opCode"] = "80";
  EXPECT_NE(Verify(ReadData("route_push.json"))->content, Verify(other.dump())->content);
}

TEST(Explain, OfAPushHidesTheTokenAndWhatPeopleWrite) {
  const Pushes pushes(TestCredentials());
  const std::string text = pushes.Explain(RequestOf(ReadData("route_push.json")), false);
  EXPECT_EQ(text.find(kToken), std::string::npos);
  EXPECT_EQ(text.find("已收取快件"), std::string::npos);
  EXPECT_NE(text.find("mailno = SF1234567890123"), std::string::npos);
  EXPECT_NE(text.find("the URL's token is options.callback_token"), std::string::npos);
  EXPECT_NE(pushes.Explain(RequestOf(ReadData("route_push.json")), true).find("已收取快件"),
            std::string::npos);
}

TEST(Explain, OfACallChecksItsDigest) {
  const Pushes pushes(TestCredentials());
  const json form = json::parse(ReadData("search_order_form.json"));
  std::string body;
  for (const auto& [name, value] : form.items()) {
    body += name + "=" + JavaUrlEncode(value.get<std::string>()) + "&";
  }
  const std::string text = pushes.Explain(RequestOf(body), false);
  EXPECT_NE(text.find("the signature holds"), std::string::npos) << text;
  EXPECT_EQ(text.find(kCheckWord), std::string::npos);
  EXPECT_EQ(text.find("GW20261122001"), std::string::npos);
  body.replace(body.find("GW2026"), 6, "GW2027");
  EXPECT_NE(pushes.Explain(RequestOf(body), true).find("bad_signature"), std::string::npos);
}

TEST(Explain, SaysWhatItCannotRead) {
  const Pushes pushes(TestCredentials());
  EXPECT_NE(pushes.Explain(RequestOf("{"), false).find("POST"), std::string::npos);
  net::Request request;
  request.target = "/hooks/sf-main";
  EXPECT_NE(pushes.Explain(request, false).find("no kind"), std::string::npos);
}

}  // namespace
}  // namespace weir::connectors::sf_express
