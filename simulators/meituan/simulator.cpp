// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/simulator.hpp"

namespace weir::simulators::meituan {

void MeituanSimulator::OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) {
  const auto stored = state_.desk.OnAnswer(push, answer, now);
  if (!stored || stored->content.topic != topic::kPaid) {
    return;
  }
  if (Order* order = state_.book.Find(stored->order)) state_.life.Receive(*order, now);
}

bool MeituanSimulator::Cancel(std::string_view order, const Cancellation& why, Instant now) {
  return Do(order, now, [&](Order& found) { return state_.life.CancelFor(found, why, now); });
}

bool MeituanSimulator::ApplyRefund(std::string_view order, const RefundFate& kind, Instant now) {
  return Do(order, now, [&](Order& found) { return state_.life.ApplyRefund(found, kind, now); });
}

bool MeituanSimulator::Urge(std::string_view order, Instant now) {
  return Do(order, now, [&](Order& found) { return state_.life.Urge(found, now); });
}

bool MeituanSimulator::SetShopStatus(std::string_view shop, int poi_status, Instant now) {
  state_.life.Tick(now);
  return state_.life.SetShopStatus(shop, poi_status, now);
}

std::vector<ShopTruth> MeituanSimulator::Shops() {
  std::vector<ShopTruth> truths;
  for (const auto& [code, status] : state_.book.shops()) truths.push_back({code, status});
  return truths;
}

}  // namespace weir::simulators::meituan
