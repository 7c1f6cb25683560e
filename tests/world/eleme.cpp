// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "simulators/eleme/simulator.hpp"
#include "tests/world/platforms.hpp"

namespace weir::world {
namespace {

namespace eleme = simulators::eleme;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kAppSecret = "test_secret_eleme";

// All members are named, so that a new one is not forgotten.
void DrawQuirks(Draws& draws, eleme::Quirks& quirks) {
  auto& [type_as_text, user_as_text, several_baskets, booked, negative_zero, unknown_members,
         long_id, misnamed_state, bare_cancel, refunding_word, lean, lean_state, degraded_for] =
      quirks;
  draws.Share("type_as_text", type_as_text, 1);
  draws.Share("user_as_text", user_as_text, 1);
  draws.Share("several_baskets", several_baskets, 0.5);
  draws.Share("booked", booked, 0.5);
  draws.Share("negative_zero", negative_zero, 1);
  draws.Share("unknown_members", unknown_members, 0.6);
  draws.Share("long_id", long_id, 0.4);
  draws.Share("misnamed_state", misnamed_state, 0.6);
  draws.Share("bare_cancel", bare_cancel, 0.6);
  draws.Share("refunding_word", refunding_word, 0.6);
  draws.Share("lean", lean, 0.8);
  draws.Share("lean_state", lean_state, 0.8);
  draws.OneOf("degraded_for", degraded_for, {seconds(0), seconds(60), minutes(8)});
}

void DrawTokens(Draws& draws, eleme::TokenLife& tokens) {
  auto& [access, refresh, grace, refresh_ends_access] = tokens;
  seconds beyond{};
  draws.OneOf("access", access, {days(30), hours(10), minutes(5)});
  draws.OneOf("refresh", beyond, {days(5), hours(1), minutes(1)});
  refresh = access + beyond;
  draws.OneOf("grace", grace, {minutes(30), seconds(0)});
  draws.OneOf("refresh_ends_access", refresh_ends_access, {true, false});
}

std::unique_ptr<simulators::Platform> Make(Draws& draws) {
  eleme::Options options;
  FitToWorld(options, options.traffic, kEleme, draws);
  options.app_secret = kAppSecret;
  options.shops = {{10001, "shop_001"}, {10002, "shop_002"}};
  // A clock that is more than ten minutes wrong is another test's.
  draws.OneOf("clock_tolerance", options.clock_tolerance, {minutes(10), minutes(0), minutes(11)});
  draws.OneOf("agreed_after", options.traffic.agreed_after, {minutes(15), minutes(1)});
  draws.Share("shop_changes", options.traffic.shop_changes, 0.3);
  draws.Share("service_orders", options.traffic.service_orders, 0.3);
  draws.Share("applications", options.traffic.applications, 0.3);
  DrawQuirks(draws, options.quirks);
  DrawTokens(draws, options.tokens);
  return std::make_unique<eleme::ElemeSimulator>(std::move(options));
}

app::ConnectionConfig Connect(Draws& /*draws*/) {
  const eleme::Options known;
  return ConnectionTo(kEleme, {{"app_id", Secret(std::to_string(known.app_id))},
                               {"app_key", Secret(known.app_key)},
                               {"app_secret", Secret(kAppSecret)}});
}

}  // namespace

constinit const WorldPlatform kEleme = {.word = "eleme",
                                        .connection = "el-main",
                                        .host = "open-api.example.com",
                                        .linked = "10001",
                                        .ok = R"({"message":"ok"})",
                                        .make = Make,
                                        .connect = Connect};

}  // namespace weir::world
