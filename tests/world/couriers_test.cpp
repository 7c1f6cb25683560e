// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/world/courier_scene.hpp"
#include "tests/world/world.hpp"

namespace weir::world {
namespace {

using nlohmann::json;

/// A courier, and what marks its calls that order and call off.
struct Calls {
  const WorldCourier* courier;
  const char* create;
  const char* cancel;
};
constexpr std::array kCalls = {
    Calls{&kDada, "/addAfterQuery", "/formalCancel"},
    Calls{&kSfCity, "/createorder", "/cancelorder"},
    Calls{&kSfExpress, "EXP_RECE_CREATE_ORDER", "EXP_RECE_UPDATE_ORDER"}};

// Sanitizers make a step several times dearer; they look for other things.
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr int kStride = 17;
#else
constexpr int kStride = 1;
#endif

class CourierTest : public testing::TestWithParam<Calls> {
 protected:
  static std::string Body() { return ShipmentBody({std::string(GetParam().courier->connection)}); }
  /// Has something carried, and gives the command once it is over.
  static json Create(CourierScene& scene) { return Finish(scene, "/v1/shipments", Body(), "one"); }
  static json Cancel(CourierScene& scene, const std::string& shipment) {
    return Finish(scene, CancelOf(shipment), CancelBody(), "two");
  }
  static std::string CancelOf(const std::string& shipment) {
    return "/v1/shipments/" + shipment + "/cancel";
  }
  static std::string CancelBody() { return R"({"reason":"customer"})"; }
  /// Asks for it until it is over, as somebody does who heard nothing.
  static json Finish(CourierScene& scene, const std::string& target, const std::string& body,
                     const std::string& key) {
    for (int tries = 0; tries < 100; ++tries) {
      const net::Response response = scene.Ask("POST", target + "?wait=30", body, key);
      if (response.status == 200) return json::parse(response.body);
      if (response.status != 202) {
        ADD_FAILURE() << response.status << ' ' << response.body;
        return {};
      }
    }
    ADD_FAILURE() << "it does not end";
    return {};
  }
  static void ExpectOne(const CourierScene& scene, bool live) {
    const auto shipments = scene.Shipments();
    ASSERT_EQ(shipments.size(), 1U);
    EXPECT_EQ(shipments.front().live, live);
    EXPECT_EQ(shipments.front().ordered, 1U);
  }
  static bool IsReady(CourierScene& scene) {
    return scene.Ask("GET", "/v1/shipments").status == 200;
  }
};

class CourierTimeout : public CourierTest {};

TEST_P(CourierTimeout, OrdersOnceWhereTheRequestIsLost) {
  CourierScene scene({GetParam().courier});
  scene.way().Lose(GetParam().create, Loss::kRequest);
  EXPECT_EQ(Create(scene)["status"], "applied");
  EXPECT_TRUE(scene.way().lost());
  ExpectOne(scene, true);
}

TEST_P(CourierTimeout, OrdersOnceWhereTheAnswerIsLost) {
  CourierScene scene({GetParam().courier});
  scene.way().Lose(GetParam().create, Loss::kAnswer);
  EXPECT_EQ(Create(scene)["status"], "applied");
  EXPECT_TRUE(scene.way().lost());
  ExpectOne(scene, true);
}

TEST_P(CourierTimeout, CallsOffWhereTheRequestIsLost) {
  CourierScene scene({GetParam().courier});
  const std::string shipment = Create(scene).at("subject");
  scene.way().Lose(GetParam().cancel, Loss::kRequest);
  EXPECT_EQ(Cancel(scene, shipment)["status"], "applied");
  EXPECT_TRUE(scene.way().lost());
  ExpectOne(scene, false);
}

TEST_P(CourierTimeout, CallsOffWhereTheAnswerIsLost) {
  CourierScene scene({GetParam().courier});
  const std::string shipment = Create(scene).at("subject");
  scene.way().Lose(GetParam().cancel, Loss::kAnswer);
  EXPECT_EQ(Cancel(scene, shipment)["status"], "applied");
  EXPECT_TRUE(scene.way().lost());
  ExpectOne(scene, false);
}

/// The process dies after each number of steps once, until it is done before it dies.
class CourierCrash : public CourierTest {
 protected:
  /// `begin` begins it; whoever heard nothing asks again.
  static void KillAtEachStep(const std::function<std::string(CourierScene&)>& prepare,
                             const std::function<json(CourierScene&, const std::string&)>& finish,
                             const std::function<void(CourierScene&, const std::string&)>& begin,
                             bool live) {
    bool over = false;
    for (int steps = 1; !over && !HasFailure(); steps += kStride) {
      SCOPED_TRACE(fmt::format("dies after {} steps", steps));
      CourierScene scene({GetParam().courier});
      ASSERT_TRUE(IsReady(scene));
      const std::string shipment = prepare(scene);
      begin(scene, shipment);
      for (int i = 0; i < steps; ++i) scene.Step();
      over = scene.answer().has_value();
      scene.Crash();
      EXPECT_EQ(finish(scene, shipment)["status"], "applied");
      ExpectOne(scene, live);
    }
  }
};

TEST_P(CourierCrash, OrdersOnce) {
  KillAtEachStep([](CourierScene&) { return std::string(); },
                 [](CourierScene& scene, const std::string&) { return Create(scene); },
                 [](CourierScene& scene, const std::string&) {
                   scene.way().Lose(GetParam().create, Loss::kAnswer);
                   scene.Send("POST", "/v1/shipments?wait=30", Body(), "one");
                 },
                 true);
}

TEST_P(CourierCrash, CallsOffOnce) {
  KillAtEachStep(
      [](CourierScene& scene) { return Create(scene).at("subject").get<std::string>(); },
      [](CourierScene& scene, const std::string& shipment) { return Cancel(scene, shipment); },
      [](CourierScene& scene, const std::string& shipment) {
        scene.way().Lose(GetParam().cancel, Loss::kAnswer);
        scene.Send("POST", CancelOf(shipment) + "?wait=30", CancelBody(), "two");
      },
      false);
}

std::string NameOf(const testing::TestParamInfo<Calls>& info) {
  return std::string(info.param.courier->word);
}
INSTANTIATE_TEST_SUITE_P(Of, CourierTimeout, testing::ValuesIn(kCalls), NameOf);
INSTANTIATE_TEST_SUITE_P(Of, CourierCrash, testing::ValuesIn(kCalls), NameOf);

TEST(CourierQuotes, AreAnsweredByTheDeadlineWithoutWhoHangs) {
  CourierScene scene({&kDada, &kSfCity, &kSfExpress});
  ASSERT_EQ(scene.Ask("GET", "/v1/shipments").status, 200U);
  scene.way(1).Lose("/precreateorder", Loss::kHang);
  const Instant before = scene.clock().Now();
  const auto response = scene.Ask("POST", "/v1/shipments/quotes?within_ms=2000",
                                  ShipmentBody({"da-main", "sc-main", "sf-main"}));
  ASSERT_EQ(response.status, 200U) << response.body;
  EXPECT_LE(scene.clock().Now() - before, std::chrono::milliseconds(2100));
  std::map<std::string, bool> late;
  for (const json& offer : json::parse(response.body).at("data")) {
    late[offer.at("connection")] = offer.at("late");
    EXPECT_EQ(offer.at("error").is_null(), !offer.at("late").get<bool>());
  }
  EXPECT_THAT(late, testing::UnorderedElementsAre(testing::Pair("da-main", false),
                                                  testing::Pair("sc-main", true),
                                                  testing::Pair("sf-main", false)));
}

TEST(WorldOfCouriers, IsBusy) {
  Deeds all;
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    World world(
        {.seed = seed, .couriers = std::vector<std::string>{"dada", "sf_city", "sf_express"}});
    EXPECT_THAT(world.Run(), testing::IsEmpty()) << seed;
    all.shipments += world.deeds().shipments;
    all.replaced += world.deeds().replaced;
    all.called_off += world.deeds().called_off;
    all.tipped += world.deeds().tipped;
    all.asked += world.deeds().asked;
    all.died += world.deeds().died;
  }
  for (const std::size_t deeds :
       {all.shipments, all.replaced, all.called_off, all.tipped, all.asked, all.died}) {
    EXPECT_GT(deeds, 0U);
  }
}

// A courier that says of what it has that it knows nothing of it has it ordered again.
TEST(WorldOfCouriers, CatchesACreateThatIsSentAgain) {
  WorldOptions options{.platforms = {"meituan"},
                       .couriers = std::vector<std::string>{"dada"},
                       .bugs = {.couriers_forget = true}};
  int caught = 0;
  for (options.seed = 1; options.seed <= 10; ++options.seed) {
    for (const std::string& line : World(options).Run()) {
      caught += line.find("was ordered") == std::string::npos ? 0 : 1;
    }
  }
  EXPECT_GT(caught, 0);
}

}  // namespace
}  // namespace weir::world
