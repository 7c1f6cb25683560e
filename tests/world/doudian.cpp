// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <string>

#include "simulators/doudian/simulator.hpp"
#include "tests/world/platforms.hpp"

namespace weir::world {
namespace {

namespace doudian = simulators::doudian;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kAppSecret = "test_secret_doudian";

// All members are named, so that a new one is not forgotten.
void DrawQuirks(Draws& draws, doudian::Quirks& quirks) {
  auto& [tag_as_number, camel_msg_id, data_as_object, ids_as_text, numbers_as_text, legacy,
         code_as_text, unknown_members, unknown_tags, broken_amounts, virtual_number,
         double_underscore, no_coordinate, booked, risk_checked, probed] = quirks;
  draws.Share("tag_as_number", tag_as_number, 1);
  draws.Share("camel_msg_id", camel_msg_id, 1);
  draws.Share("data_as_object", data_as_object, 1);
  draws.Share("ids_as_text", ids_as_text, 1);
  draws.Share("numbers_as_text", numbers_as_text, 1);
  draws.Share("legacy", legacy, 1);
  draws.Share("code_as_text", code_as_text, 1);
  draws.Share("unknown_members", unknown_members, 0.6);
  draws.Share("unknown_tags", unknown_tags, 0.4);
  draws.Share("broken_amounts", broken_amounts, 0.4);
  draws.Share("virtual_number", virtual_number, 1);
  draws.Share("double_underscore", double_underscore, 1);
  draws.Share("no_coordinate", no_coordinate, 0.4);
  draws.Share("booked", booked, 0.5);
  draws.Share("risk_checked", risk_checked, 1);
  draws.Share("probed", probed, 0.4);
}

void DrawAsides(Draws& draws, doudian::Asides& asides) {
  auto& [amount_changed, memo, appointment, address, deadline, partly_shipped, logistics_changed] =
      asides;
  draws.Share("amount_changed", amount_changed, 0.4);
  draws.Share("memo", memo, 0.4);
  draws.Share("appointment", appointment, 0.4);
  draws.Share("address", address, 0.4);
  draws.Share("deadline", deadline, 0.4);
  draws.Share("partly_shipped", partly_shipped, 0.6);
  draws.Share("logistics_changed", logistics_changed, 0.4);
}

void DrawBatches(Draws& draws, doudian::Batches& batches) {
  auto& [most, gathered, doubled, shuffled] = batches;
  draws.OneOf("most", most, {50, 3, 1});
  draws.OneOf("gathered", gathered, {seconds(0), seconds(5), seconds(40)});
  draws.Share("doubled", doubled, 0.6);
  draws.Share("shuffled", shuffled, 1);
}

void DrawTokens(Draws& draws, doudian::TokenLife& tokens) {
  auto& [access, refresh, overlap] = tokens;
  seconds beyond{};
  draws.OneOf("access", access, {days(7), hours(10), minutes(5)});
  draws.OneOf("refresh", beyond, {days(7), hours(1), minutes(1)});
  refresh = access + beyond;
  draws.OneOf("overlap", overlap, {hours(1), minutes(1)});
}

std::unique_ptr<simulators::Platform> Make(Draws& draws) {
  doudian::Options options;
  FitToWorld(options, options.traffic, kDoudian, draws);
  options.app_secret = kAppSecret;
  options.shops = {{153406001, "shop_001"}, {153406002, "shop_002"}};
  // A clock that is more than ten minutes wrong is another test's.
  draws.OneOf("clock_tolerance", options.clock_tolerance, {minutes(10), minutes(0), minutes(11)});
  DrawBatches(draws, options.batches);
  DrawAsides(draws, options.asides);
  DrawQuirks(draws, options.quirks);
  DrawTokens(draws, options.tokens);
  return std::make_unique<doudian::DoudianSimulator>(std::move(options));
}

app::ConnectionConfig Connect(Draws& draws) {
  const doudian::Options known;
  auto connection = ConnectionTo(kDoudian, {{"app_key", Secret(known.app_key)},
                                            {"app_secret", Secret(kAppSecret)},
                                            {"shop_id", Secret(std::to_string(known.shop_id))}});
  // Methods stand at the root.
  connection.base_url = "http://" + std::string(kDoudian.host);
  auto& options = connection.options;
  draws.OneOf("transport", options["transport"], {"body", "form", "query"});
  draws.OneOf("sign_method", options["sign_method"], {"hmac-sha256", "md5"});
  draws.OneOf("timestamp", options["timestamp"], {"seconds", "text"});
  return connection;
}

}  // namespace

constinit const WorldPlatform kDoudian = {.word = "doudian",
                                          .connection = "dd-main",
                                          .host = "openapi-fxg.example.com",
                                          .linked = "153406001",
                                          .ok = R"({"code":0,"msg":"success"})",
                                          .make = Make,
                                          .connect = Connect};

}  // namespace weir::world
