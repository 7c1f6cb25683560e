// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/api.hpp"

#include <gtest/gtest.h>

#include "tests/simulators/sf_express/scene.hpp"

namespace weir::simulators::sf_express {
namespace {

constexpr const char* kSearch = "EXP_RECE_SEARCH_ORDER_RESP";
constexpr const char* kCreateOrder = "EXP_RECE_CREATE_ORDER";
constexpr const char* kUpdate = "EXP_RECE_UPDATE_ORDER";

std::string GateCodeWith(Scene& scene, const std::string& field, const std::string& value) {
  Fields fields = Scene::FieldsOf(kSearch, {{"orderId", "shp-1"}});
  for (auto& [name, old] : fields) {
    if (name == field) old = value;
  }
  return Scene::GateCode(scene.Post("/std/service", fields));
}

TEST(Gate, RefusesByItsCodes) {
  Scene scene;
  EXPECT_EQ(GateCodeWith(scene, "", ""), "A1000");
  EXPECT_EQ(GateCodeWith(scene, "msgDigest", "x"), "A1006");
  EXPECT_EQ(GateCodeWith(scene, "timestamp", "1700000000001"), "A1006");
  EXPECT_EQ(GateCodeWith(scene, "partnerID", "OTHER"), "A1004");
  EXPECT_EQ(GateCodeWith(scene, "requestID", ""), "A1001");
  EXPECT_EQ(Scene::GateCode(scene.Send("EXP_OTHER", json::object())), "A1004");
  EXPECT_EQ(Scene::GateCode(scene.Send(kSearch, json::array())), "A1001");
  EXPECT_EQ(scene.Post("/elsewhere", {}).status, 404U);
}

TEST(Gate, TakesASimpleDigestWhereItIsTold) {
  Fields fields = Scene::FieldsOf(kSearch, {{"orderId", "shp-1"}});
  for (auto& [name, value] : fields) {
    if (name == "msgDigest") {
      value = DigestOf(R"({"orderId":"shp-1"})"
                       "1700000000000" +
                           std::string(kCheckWord),
                       DigestForm::kWithoutEncoding);
    }
  }
  Scene strict;
  EXPECT_EQ(Scene::GateCode(strict.Post("/std/service", fields)), "A1006");
  Scene lenient(With([](Options& options) { options.quirks.lenient_digest = true; }));
  EXPECT_EQ(Scene::GateCode(lenient.Post("/std/service", fields)), "A1000");
}

TEST(Gate, LimitsEachService) {
  Scene scene(With([](Options& options) { options.calls_per_second = 2; }));
  for (const char* code : {"A1000", "A1000", "A1005"}) {
    EXPECT_EQ(Scene::GateCode(scene.Send(kSearch, {{"orderId", "shp-1"}})), code);
  }
  scene.now += std::chrono::seconds(1);
  EXPECT_EQ(Scene::GateCode(scene.Send(kSearch, {{"orderId", "shp-1"}})), "A1000");
}

TEST(Tokens, AreOneForTwoHours) {
  Scene scene;
  const Fields form{{"partnerID", "DEMO_PARTNER"},
                    {"secret", std::string(kCheckWord)},
                    {"grantType", "password"}};
  const json first = json::parse(scene.Post("/oauth2/accessToken", form).body);
  EXPECT_EQ(first["apiResultCode"], "A1000");
  EXPECT_EQ(first["expiresIn"], 7200);
  scene.now += std::chrono::hours(1);
  const json again = json::parse(scene.Post("/oauth2/accessToken", form).body);
  EXPECT_EQ(again["accessToken"], first["accessToken"]);
  EXPECT_EQ(again["expiresIn"], 3600);
  scene.now += std::chrono::hours(1);
  EXPECT_NE(json::parse(scene.Post("/oauth2/accessToken", form).body)["accessToken"],
            first["accessToken"]);
  EXPECT_EQ(scene.sf.tokens().issued(), 2U);
}

TEST(Tokens, StandForADigest) {
  Scene scene;
  const json token =
      json::parse(scene
                      .Post("/oauth2/accessToken", {{"partnerID", "DEMO_PARTNER"},
                                                    {"secret", std::string(kCheckWord)},
                                                    {"grantType", "password"}})
                      .body);
  Fields fields = Scene::FieldsOf(kSearch, {{"orderId", "shp-1"}});
  fields.back() = {"accessToken", token["accessToken"]};
  EXPECT_EQ(Scene::GateCode(scene.Post("/std/service", fields)), "A1000");
  scene.sf.tokens().Revoke();
  EXPECT_EQ(Scene::GateCode(scene.Post("/std/service", fields)), "A1011");
  EXPECT_EQ(Scene::GateCode(scene.Post("/oauth2/accessToken", {{"partnerID", "x"}})), "A1011");
}

TEST(Orders, HaveAWaybillAndAreFound) {
  Scene scene;
  const std::string waybill = scene.Order();
  EXPECT_TRUE(waybill.starts_with("SF"));
  const json found = scene.Ask(kSearch, {{"orderId", "shp-1"}});
  EXPECT_EQ(found["msgData"]["waybillNoInfoList"][0]["waybillNo"], waybill);
  EXPECT_EQ(scene.CodeOf(kSearch, {{"orderId", "shp-2"}}), "6150");
  EXPECT_EQ(scene.Truth().platform_no, waybill);
  EXPECT_EQ(scene.Truth().status, "created");
}

TEST(Orders, ThatAreRepeatedHaveEffectOnce) {
  Scene scene;
  const std::string waybill = scene.Order();
  EXPECT_EQ(scene.CodeOf(kCreateOrder, OrderMessage()), "8016");
  EXPECT_EQ(scene.Truth().ordered, 2U);
  EXPECT_EQ(scene.sf.Shipments().size(), 1U);
  Scene answered(With([](Options& options) { options.quirks.repeated_is_answered = true; }));
  EXPECT_EQ(answered.Order(), answered.Order());
}

TEST(Orders, ThatAreWrongSayWhy) {
  Scene scene;
  json message = OrderMessage();
  message["monthlyCard"] = "1";
  EXPECT_EQ(scene.CodeOf(kCreateOrder, message), "8114");
  message = OrderMessage();
  message["parcelQty"] = 308;
  EXPECT_EQ(scene.CodeOf(kCreateOrder, message), "8117");
  message = OrderMessage();
  message["contactInfoList"].erase(1);
  EXPECT_EQ(scene.CodeOf(kCreateOrder, message), "1014");
  message = OrderMessage();
  message.erase("cargoDetails");
  EXPECT_EQ(scene.CodeOf(kCreateOrder, message), "1023");
  EXPECT_TRUE(scene.sf.Shipments().empty());
}

TEST(Orders, OfSeveralParcelsHaveChildren) {
  Scene scene;
  scene.Order("shp-1", 3);
  const json list = scene.Ask(kSearch, {{"orderId", "shp-1"}})["msgData"]["waybillNoInfoList"];
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[1]["waybillType"], 2);
  EXPECT_EQ(scene.CodeOf("EXP_RECE_GET_SUB_MAILNO", {{"orderId", "shp-1"}, {"parcelQty", 21}}),
            "8067");
  EXPECT_EQ(scene
                .Ask("EXP_RECE_GET_SUB_MAILNO",
                     {{"orderId", "shp-1"}, {"parcelQty", 20}})["msgData"]["waybillNoInfoList"]
                .size(),
            20U);
}

TEST(Orders, AreCancelledBeforeTheyAreCollected) {
  Scene scene;
  scene.Order();
  const json cancel{{"orderId", "shp-1"}, {"dealType", 2}};
  EXPECT_EQ(scene.Ask(kUpdate, cancel)["msgData"]["resStatus"], 2);
  EXPECT_EQ(scene.CodeOf(kUpdate, cancel), "8037");
  EXPECT_EQ(scene.Truth().status, "cancelled");
  EXPECT_FALSE(scene.Truth().live);
  EXPECT_EQ(scene.CodeOf(kUpdate, {{"orderId", "shp-9"}, {"dealType", 2}}), "8024");
  scene.Run();
  EXPECT_TRUE(scene.pushes.empty());
}

TEST(Orders, AreConfirmedByTheirWaybill) {
  Scene scene;
  const std::string waybill = scene.Order();
  const auto confirm = [&](const std::string& with) {
    return scene.CodeOf(
        kUpdate, {{"orderId", "shp-1"},
                  {"dealType", 1},
                  {"waybillNoInfoList", json::array({{{"waybillType", 1}, {"waybillNo", with}}})}});
  };
  EXPECT_EQ(confirm(waybill), "S0000");
  EXPECT_EQ(confirm("SF1"), "8017");
}

TEST(Quotes, AreTheFee) {
  Scene scene;
  const json offer =
      scene.Ask("EXP_RECE_QUERY_DELIVERTM",
                {{"businessType", "1"},
                 {"searchPrice", "1"},
                 {"weight", 2.5},
                 {"srcAddress", {{"city", "深圳市"}}},
                 {"destAddress", {{"city", "北京市"}}}})["msgData"]["deliverTmDto"][0];
  scene.Order();
  scene.Run();
  EXPECT_EQ(offer["fee"], 28.0);
  EXPECT_EQ(scene.Truth().fee, 2800);
}

TEST(Labels, AreOpenedByTheirToken) {
  Scene scene;
  const std::string waybill = scene.Order();
  const json file = scene
                        .Ask("COM_RECE_CLOUD_PRINT_WAYBILLS",
                             {{"templateCode", "fm_76130_standard_DEMO_PARTNER"},
                              {"documents", json::array({{{"masterWaybillNo", waybill}}})}})
                        .at("obj")
                        .at("files")
                        .at(0);
  const std::string url = file["url"];
  EXPECT_EQ(url, std::string(kOrigin) + "/print/" + waybill + ".pdf");
  const HttpAnswer closed = scene.sf.Handle({.target = url, .body = {}, .headers = {}}, scene.now);
  EXPECT_EQ(closed.status, 401U);
  const HttpAnswer open = scene.sf.Handle(
      {.target = url, .body = {}, .headers = {{"x-auth-token", file["token"]}}}, scene.now);
  EXPECT_TRUE(open.body.starts_with("%PDF-"));
  EXPECT_NE(open.body.find(waybill), std::string::npos);
  EXPECT_EQ(scene.CodeOf("EXP_RECE_SEARCH_ORDER_RESP", {{"orderId", "shp-1"}}), "S0000");
}

TEST(Mishaps, LoseRequestsOrAnswers) {
  Scene request(With([](Options& options) { options.call_faults.lost_request = 1; }));
  EXPECT_TRUE(request.Send(kCreateOrder, OrderMessage()).cut);
  EXPECT_TRUE(request.sf.Shipments().empty());
  Scene answer(With([](Options& options) { options.call_faults.lost_answer = 1; }));
  EXPECT_TRUE(answer.Send(kCreateOrder, OrderMessage()).cut);
  EXPECT_EQ(answer.sf.Shipments().size(), 1U);
}

TEST(Mishaps, RefuseOrders) {
  Scene busy(With([](Options& options) { options.call_faults.busy = 1; }));
  EXPECT_EQ(Scene::GateCode(busy.Send(kCreateOrder, OrderMessage())), "A1005");
  Scene refused(With([](Options& options) { options.call_faults.refused = 1; }));
  EXPECT_EQ(refused.CodeOf(kCreateOrder, OrderMessage()), "8114");
  EXPECT_TRUE(refused.sf.Shipments().empty());
}

TEST(Answers, AreObjectsAndTextsByChance) {
  Scene scene(With([](Options& options) {
    options.quirks.object_answers = 1;
    options.quirks.text_success = 1;
  }));
  scene.Order();
  const json answered = json::parse(scene.Send(kSearch, {{"orderId", "shp-1"}}).body);
  ASSERT_TRUE(answered["apiResultData"].is_object());
  EXPECT_EQ(answered["apiResultData"]["success"], "true");
}

}  // namespace
}  // namespace weir::simulators::sf_express
