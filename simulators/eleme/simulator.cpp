// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/simulator.hpp"

#include <string>
#include <utility>

#include "base/json_writer.hpp"
#include "simulators/china_time.hpp"

namespace weir::simulators::eleme {

bool ElemeSimulator::End(std::string_view order, Ending ending, Instant now) {
  return Do(order, now, [&](Order& found) { return state_.life.End(found, ending, now); });
}

bool ElemeSimulator::ApplyRefund(std::string_view order, const RefundFate& kind, Instant now) {
  return Do(order, now, [&](Order& found) { return state_.life.ApplyRefund(found, kind, now); });
}

bool ElemeSimulator::Urge(std::string_view order, Instant now) {
  return Do(order, now, [&](Order& found) { return state_.life.Urge(found, now); });
}

bool ElemeSimulator::SetShopOpen(std::string_view shop, bool open, Instant now) {
  state_.life.Tick(now);
  return state_.life.SetShopOpen(shop, open, now);
}

void ElemeSimulator::Revoke(Instant now) {
  constexpr int kRevoked = 100;
  state_.tokens.Revoke();
  const std::string shop = std::to_string(options().shops.front().id);
  std::string body;
  JsonWriter json(body);
  json.BeginObject().Key("shopId").Number(shop).Member("appId", options().app_id);
  json.Member("appName", "demo").Member("relieveOAuthTime", ChinaTime(now)).EndObject();
  state_.desk.TellShop(shop, kRevoked, std::move(body), now);
}

}  // namespace weir::simulators::eleme
