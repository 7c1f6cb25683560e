// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "simulators/dada/simulator.hpp"
#include "tests/world/couriers.hpp"

namespace weir::world {
namespace {

namespace dada = simulators::dada;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kAppSecret = "test_secret_dada";

// All members are named, so that a new one is not forgotten.
void DrawQuirks(Draws& draws, dada::Quirks& quirks) {
  auto& [text_time, upper_signature] = quirks;
  draws.Share("text_time", text_time, 1);
  draws.Share("upper_signature", upper_signature, 1);
}

std::unique_ptr<simulators::Courier> Make(Draws& draws) {
  dada::Options options;
  FitToWorld(options, draws);
  options.app_secret = kAppSecret;
  draws.OneOf("message_url", options.message_url,
              {HookOf(kDada) + "/" + std::string(kCallbackToken), ""});
  draws.OneOf("quote_life", options.quote_life, {seconds(180), seconds(1)});
  draws.OneOf("requote_after", options.requote_after, {seconds(0), seconds(5)});
  // A clock that is more than ten minutes wrong is another test's.
  draws.OneOf("clock_tolerance", options.clock_tolerance, {minutes(0), minutes(11)});
  DrawQuirks(draws, options.quirks);
  return std::make_unique<dada::DadaSimulator>(std::move(options));
}

app::ConnectionConfig Connect(Draws& draws) {
  const dada::Options known;
  auto connection = ConnectionTo(kDada, {{"app_key", Secret(known.app_key)},
                                         {"app_secret", Secret(kAppSecret)},
                                         {"source_id", Secret(known.source_id)}});
  connection.stores = {{known.shops.front().no, "sh-001"}};
  connection.options = {{"callback_token", std::string(kCallbackToken)}, {"cargo_type", "1"}};
  std::string city;
  draws.OneOf("city_code", city, {"", "021"});
  if (!city.empty()) connection.options.emplace("city_code", city);
  return connection;
}

}  // namespace

constinit const WorldCourier kDada = {.word = "dada",
                                      .connection = "da-main",
                                      .host = "newopen.imdada.example.com",
                                      .api_path = "",
                                      .ok = R"({"status":"ok"})",
                                      .make = Make,
                                      .connect = Connect};

}  // namespace weir::world
