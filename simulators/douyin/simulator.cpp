// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/simulator.hpp"

#include "simulators/douyin/messages.hpp"

namespace weir::simulators::douyin {

void DouyinSimulator::OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) {
  const auto parcel = state_.desk.OnAnswer(push, answer, now);
  const SpiResult result = SpiResultOf(answer);
  if (!parcel || parcel->content.refund.empty() || result == SpiResult::kAtWork) {
    return;
  }
  if (Order* order = state_.book.Find(parcel->order)) {
    state_.life.DecideRefund(*order, parcel->content.refund, result == SpiResult::kAgreed, now);
  }
}

bool DouyinSimulator::End(std::string_view order, Ending ending, Instant now) {
  return Do(order, now, [&](Order& found) { return state_.life.End(found, ending, now); });
}

bool DouyinSimulator::ApplyRefund(std::string_view order, const RefundFate& kind, Instant now) {
  return Do(order, now, [&](Order& found) { return state_.life.ApplyRefund(found, kind, now); });
}

bool DouyinSimulator::Edit(std::string_view order, Instant now) {
  return Do(order, now, [&](Order& found) { return state_.life.Edit(found, now); });
}

bool DouyinSimulator::Urge(std::string_view order, Instant now) {
  return Do(order, now, [&](Order& found) { return state_.life.Urge(found, now); });
}

bool DouyinSimulator::SetShopOpen(std::string_view shop, bool open, Instant now) {
  state_.life.Tick(now);
  return state_.life.SetShopOpen(shop, open, now);
}

void DouyinSimulator::AuditProduct(std::string_view product, bool passed, Instant now) {
  state_.desk.Tell(kProductAudit, ObjectText([&](JsonWriter& json) {
                     json.Member("product_id", product);
                     json.Member("reason", passed ? "" : "图片不清晰");
                     json.Member("status", passed ? "PASS" : "REJECT");
                   }),
                   now);
}

}  // namespace weir::simulators::douyin
