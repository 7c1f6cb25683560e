// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/lanes.hpp"

#include <algorithm>
#include <utility>

namespace weir::webhooks {

void Lanes::Put(Delivery delivery) {
  const auto [found, fresh] = lanes_.try_emplace(delivery.subject);
  Lane& lane = found->second;
  const bool was_idle = lane.queue.empty() && lane.under_way == 0;
  const auto place = std::ranges::upper_bound(lane.queue, delivery.seq, {}, &Delivery::seq);
  lane.queue.insert(place, std::move(delivery));
  ++size_;
  if (was_idle) due_.push_back(found->first);
}

bool Lanes::HasDue() {
  while (!due_.empty()) {
    const auto found = lanes_.find(due_.front());
    const bool is_due = found != lanes_.end() && found->second.under_way == 0 &&
                        !found->second.waits_until && !found->second.queue.empty();
    if (is_due) return true;
    due_.pop_front();
  }
  return false;
}

std::optional<Delivery> Lanes::Next() {
  if (!HasDue()) return std::nullopt;
  Lane& lane = lanes_.at(due_.front());
  due_.pop_front();
  Delivery delivery = std::move(lane.queue.front());
  lane.queue.pop_front();
  lane.under_way = delivery.seq;
  --size_;
  return delivery;
}

void Lanes::Free(std::unordered_map<std::string, Lane>::iterator lane) {
  if (lane->second.queue.empty()) {
    lanes_.erase(lane);
  } else {
    due_.push_back(lane->first);
  }
}

void Lanes::Done(const std::string& subject) {
  const auto found = lanes_.find(subject);
  if (found == lanes_.end()) return;
  found->second.under_way = 0;
  Free(found);
}

void Lanes::Wait(Delivery delivery, Time until) {
  Lane& lane = lanes_[delivery.subject];
  lane.under_way = 0;
  lane.waits_until = until;
  waiting_.emplace(until, delivery.subject);
  const auto place = std::ranges::lower_bound(lane.queue, delivery.seq, {}, &Delivery::seq);
  lane.queue.insert(place, std::move(delivery));
  ++size_;
}

void Lanes::HoldBack(const std::string& subject, Time until) {
  const auto found = lanes_.find(subject);
  if (found == lanes_.end()) return;
  found->second.waits_until = until;
  waiting_.emplace(until, subject);
}

void Lanes::Wake(Time now) {
  while (!waiting_.empty() && waiting_.begin()->first <= now) {
    const auto first = waiting_.begin();
    const auto found = lanes_.find(first->second);
    const bool is_meant = found != lanes_.end() && found->second.waits_until == first->first;
    waiting_.erase(first);
    if (!is_meant) continue;
    found->second.waits_until.reset();
    Free(found);
  }
}

void Lanes::Hurry(const std::string& subject) {
  const auto found = lanes_.find(subject);
  if (found == lanes_.end() || !found->second.waits_until) return;
  found->second.waits_until.reset();
  Free(found);
}

void Lanes::HurryFirst() {
  if (!waiting_.empty()) Wake(waiting_.begin()->first);
}

void Lanes::ForEach(const std::function<void(Delivery&)>& use) {
  for (auto& [subject, lane] : lanes_) {
    for (Delivery& delivery : lane.queue) use(delivery);
  }
}

void Lanes::ForEachOf(const std::string& subject, const std::function<void(Delivery&)>& use) {
  const auto found = lanes_.find(subject);
  if (found == lanes_.end()) return;
  for (Delivery& delivery : found->second.queue) use(delivery);
}

bool Lanes::IsWaiting(const std::string& subject) const {
  const auto found = lanes_.find(subject);
  return found != lanes_.end() && found->second.waits_until.has_value();
}

bool Lanes::Has(const std::string& subject, std::uint64_t seq) const {
  const auto found = lanes_.find(subject);
  if (found == lanes_.end()) return false;
  const Lane& lane = found->second;
  return lane.under_way == seq ||
         std::ranges::find(lane.queue, seq, &Delivery::seq) != lane.queue.end();
}

}  // namespace weir::webhooks
