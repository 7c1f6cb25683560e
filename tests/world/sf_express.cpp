// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/simulator.hpp"

#include <chrono>

#include "tests/world/couriers.hpp"

namespace weir::world {
namespace {

namespace sf_express = simulators::sf_express;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* kCheckWord = "test_check_word";

// All members are named, so that a new one is not forgotten. A lenient digest tells nothing here:
// the gateway's is exact.
void DrawQuirks(Draws& draws, sf_express::Quirks& quirks) {
  auto& [lenient_digest, repeated_is_answered, form_pushes, object_answers, text_success, to_locker,
         shuffled, batch_within] = quirks;
  draws.OneOf("lenient_digest", lenient_digest, {false, true});
  draws.OneOf("repeated_is_answered", repeated_is_answered, {false, true});
  draws.OneOf("form_pushes", form_pushes, {false, true});
  draws.Share("object_answers", object_answers, 1);
  draws.Share("text_success", text_success, 1);
  draws.Share("to_locker", to_locker, 0.6);
  draws.Share("shuffled", shuffled, 1);
  draws.OneOf("batch_within", batch_within, {seconds(2), milliseconds(100), seconds(90)});
}

std::unique_ptr<simulators::Courier> Make(Draws& draws) {
  sf_express::Options options;
  options.seed = draws.seed();
  options.check_word = kCheckWord;
  options.push_url = HookOf(kSfExpress) + "/routes/" + std::string(kCallbackToken);
  draws.OneOf("calls_per_second", options.calls_per_second, {0, 20, 3});
  DrawRetry(draws, options.retry);
  DrawTraffic(draws, options.traffic);
  DrawCallFaults(draws, options.call_faults);
  DrawPushFaults(draws, options.faults);
  DrawQuirks(draws, options.quirks);
  return std::make_unique<sf_express::SfExpressSimulator>(std::move(options));
}

app::ConnectionConfig Connect(Draws& draws) {
  const sf_express::Options known;
  auto connection = ConnectionTo(
      kSfExpress, {{"partner_id", Secret(known.partner_id)}, {"check_word", Secret(kCheckWord)}});
  connection.options = {{"callback_token", std::string(kCallbackToken)},
                        {"monthly_card", known.monthly_card}};
  draws.OneOf("auth", connection.options["auth"], {"digest", "oauth2"});
  return connection;
}

}  // namespace

constinit const WorldCourier kSfExpress = {.word = "sf_express",
                                           .connection = "sf-main",
                                           .host = "sfapi.sf-express.example.com",
                                           .api_path = "/std/service",
                                           .ok = R"({"return_code":"0000"})",
                                           .make = Make,
                                           .connect = Connect};

}  // namespace weir::world
