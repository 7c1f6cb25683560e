// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/simulator.hpp"
#include "tests/world/platforms.hpp"

namespace weir::world {
namespace {

namespace meituan = simulators::meituan;

constexpr const char* kAppSecret = "test_secret_0123456789abcdef0123";

// All members are named, so that a new one is not forgotten.
void DrawQuirks(Draws& draws, meituan::Quirks& quirks) {
  using enum meituan::Encoding;
  auto& [encoding, by_get, send_empties, charge_split, subscribed_fields, empty_extra,
         legacy_status, scaled_coordinates, phone_extension, long_id, distinct_view_id,
         empty_receive_detail, net_prices] = quirks;
  draws.OneOf("encoding", encoding, {kDouble, kSingle, kMixed});
  draws.OneOf("get_for_cancel_and_refund", by_get, {false, true});
  draws.OneOf("send_empties", send_empties, {true, false});
  draws.OneOf("charge_split", charge_split, {true, false});
  draws.OneOf("subscribed_fields", subscribed_fields, {false, true});
  draws.Share("empty_extra", empty_extra, 0.6);
  draws.Share("legacy_status", legacy_status, 0.6);
  draws.Share("scaled_coordinates", scaled_coordinates, 0.6);
  draws.Share("phone_extension", phone_extension, 1);
  draws.Share("long_id", long_id, 0.4);
  draws.Share("distinct_view_id", distinct_view_id, 0.6);
  draws.Share("empty_receive_detail", empty_receive_detail, 0.2);
  draws.Share("net_prices", net_prices, 0.6);
}

std::unique_ptr<simulators::Platform> Make(Draws& draws) {
  meituan::Options options;
  FitToWorld(options, options.traffic, kMeituan, draws);
  options.app_secret = kAppSecret;
  options.shops = {"shop_001", "shop_002"};
  draws.OneOf("api_origin", options.api_origin, {"", "http://waimaiopen.example.com"});
  draws.Share("return_goods", options.traffic.return_goods, 0.8);
  draws.Share("pickup", options.traffic.pickup, 0.3);
  DrawQuirks(draws, options.quirks);
  return std::make_unique<meituan::MeituanSimulator>(std::move(options));
}

app::ConnectionConfig Connect(Draws& /*draws*/) {
  return ConnectionTo(kMeituan, {{"app_id", Secret(meituan::Options().app_id)},
                                 {"app_secret", Secret(kAppSecret)}});
}

}  // namespace

constinit const WorldPlatform kMeituan = {.word = "meituan",
                                          .connection = "mt-main",
                                          .host = "waimaiopen.example.com",
                                          .linked = "shop_001",
                                          .ok = R"({"data":"ok"})",
                                          .make = Make,
                                          .connect = Connect};

}  // namespace weir::world
