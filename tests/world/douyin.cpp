// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "simulators/douyin/simulator.hpp"
#include "tests/world/platforms.hpp"

namespace weir::world {
namespace {

namespace douyin = simulators::douyin;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kClientSecret = "test_secret_douyin";

// All members are named, so that a new one is not forgotten.
void DrawQuirks(Draws& draws, douyin::Quirks& quirks) {
  auto& [ids_as_numbers, milliseconds, times_as_text, content_as_object, line_breaks, from_user,
         unknown_members, unknown_events, broken_amounts, bare_refunds, booked, real_phone,
         used_says_two, lone_code, seconds_of_spi, challenge_as_text, now_in_ms, score_scale] =
      quirks;
  draws.Share("ids_as_numbers", ids_as_numbers, 1);
  draws.Share("milliseconds", milliseconds, 1);
  draws.Share("times_as_text", times_as_text, 1);
  draws.Share("content_as_object", content_as_object, 1);
  draws.Share("line_breaks", line_breaks, 1);
  draws.Share("from_user", from_user, 0.5);
  draws.Share("unknown_members", unknown_members, 0.6);
  draws.Share("unknown_events", unknown_events, 0.3);
  draws.Share("broken_amounts", broken_amounts, 0.5);
  draws.Share("bare_refunds", bare_refunds, 0.6);
  draws.Share("booked", booked, 0.5);
  draws.Share("real_phone", real_phone, 1);
  draws.Share("used_says_two", used_says_two, 1);
  draws.Share("lone_code", lone_code, 1);
  draws.Share("seconds_of_spi", seconds_of_spi, 1);
  draws.Share("challenge_as_text", challenge_as_text, 1);
  draws.OneOf("now_in_ms", now_in_ms, {false, true});
  draws.OneOf("score_scale", score_scale, {10, 1, 100});
}

void DrawTokens(Draws& draws, douyin::TokenLife& tokens) {
  auto& [access, overlap, flood, flood_window] = tokens;
  draws.OneOf("access", access, {hours(2), minutes(20)});
  draws.OneOf("overlap", overlap, {minutes(5), seconds(30)});
  draws.OneOf("flood", flood, {500, 0});
  draws.OneOf("flood_window", flood_window, {minutes(5), minutes(4)});
}

std::unique_ptr<simulators::Platform> Make(Draws& draws) {
  douyin::Options options;
  FitToWorld(options, options.traffic, kDouyin, draws);
  options.app_secret = kClientSecret;
  options.shops = {"7000000000000000001", "7000000000000000002"};
  draws.OneOf("probes", options.probes, {true, false});
  draws.OneOf("order_queries_per_second", options.order_queries_per_second, {0, 20, 3});
  draws.OneOf("accept_within", options.traffic.accept_within, {minutes(15), minutes(2)});
  draws.OneOf("agreed_after", options.traffic.agreed_after, {minutes(15), minutes(1)});
  draws.Share("edited", options.traffic.edited, 0.4);
  draws.Share("coupons", options.traffic.coupons, 0.6);
  DrawQuirks(draws, options.quirks);
  DrawTokens(draws, options.tokens);
  return std::make_unique<douyin::DouyinSimulator>(std::move(options));
}

app::ConnectionConfig Connect(Draws& /*draws*/) {
  const douyin::Options known;
  auto connection = ConnectionTo(kDouyin, {{"client_key", Secret(known.client_key)},
                                           {"client_secret", Secret(kClientSecret)},
                                           {"account_id", Secret(known.account_id)}});
  connection.base_url = "http://" + std::string(kDouyin.host);
  return connection;
}

}  // namespace

constinit const WorldPlatform kDouyin = {
    .word = "douyin",
    .connection = "dy-main",
    .host = "open.douyin.example.com",
    .linked = "7000000000000000001",
    .ok = R"({"data":{"error_code":0,"description":"success"}})",
    .make = Make,
    .connect = Connect};

}  // namespace weir::world
