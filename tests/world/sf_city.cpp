// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_city/simulator.hpp"
#include "tests/world/couriers.hpp"

namespace weir::world {
namespace {

namespace sf_city = simulators::sf_city;

constexpr const char* kDevKey = "test_key_sf_city";

// All members are named, so that a new one is not forgotten.
void DrawQuirks(Draws& draws, sf_city::Quirks& quirks) {
  auto& [number_ids, trailing_blank, own_cancels] = quirks;
  draws.Share("number_ids", number_ids, 1);
  draws.Share("trailing_blank", trailing_blank, 1);
  draws.Share("own_cancels", own_cancels, 1);
}

std::unique_ptr<simulators::Courier> Make(Draws& draws) {
  sf_city::Options options;
  FitToWorld(options, draws);
  options.dev_key = kDevKey;
  options.push_url = HookOf(kSfCity) + "/status";
  DrawQuirks(draws, options.quirks);
  return std::make_unique<sf_city::SfCitySimulator>(std::move(options));
}

app::ConnectionConfig Connect(Draws& /*draws*/) {
  const sf_city::Options known;
  const std::string& shop = known.shops.front().no;
  auto connection = ConnectionTo(kSfCity, {{"dev_id", Secret(std::to_string(known.dev_id))},
                                           {"dev_key", Secret(kDevKey)},
                                           {"shop_id", Secret(shop)}});
  connection.stores = {{shop, "sh-001"}};
  return connection;
}

}  // namespace

constinit const WorldCourier kSfCity = {.word = "sf_city",
                                        .connection = "sc-main",
                                        .host = "openic.sf-express.example.com",
                                        .api_path = "",
                                        .ok = R"({"error_code":0,"error_msg":"success"})",
                                        .reads_tell_cancel_fee = false,
                                        .make = Make,
                                        .connect = Connect};

}  // namespace weir::world
