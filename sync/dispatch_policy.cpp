// SPDX-License-Identifier: Apache-2.0
#include "sync/dispatch_policy.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace weir::sync {
namespace {

using std::chrono::minutes;

constexpr std::array<std::string_view, 4> kWords = {"preferred", "cheapest", "fastest", "weighted"};
constexpr std::chrono::hours kChina{8};

bool Covers(const DispatchRule& rule, std::string_view store, Instant now) {
  if (!rule.stores.empty() && std::ranges::find(rule.stores, store) == rule.stores.end()) {
    return false;
  }
  const auto local = now.time_since_epoch() + kChina;
  const std::int64_t minute =
      std::chrono::floor<minutes>(local - std::chrono::floor<std::chrono::days>(local)).count();
  if (rule.from < rule.to) return rule.from <= minute && minute < rule.to;
  return rule.from == rule.to || minute >= rule.from || minute < rule.to;
}

/// How long it would take; a day where nobody promises anything.
double MinutesOf(const model::CourierQuote& offer, Instant now) {
  constexpr minutes kUnknown = std::chrono::days(1);
  const auto takes =
      offer.deliver_at
          ? std::chrono::duration_cast<std::chrono::milliseconds>(*offer.deliver_at - now)
          : std::chrono::milliseconds(kUnknown);
  return std::max(std::chrono::duration<double, std::ratio<60>>(takes).count(), 1.0);
}

double PriceOf(const model::CourierQuote& offer) {
  return static_cast<double>(std::max<std::int64_t>(offer.fee.fen(), 1));
}

}  // namespace

std::string_view Name(DispatchBy by) noexcept { return kWords.at(static_cast<std::size_t>(by)); }

std::optional<DispatchBy> ParseDispatchBy(std::string_view word) noexcept {
  const auto* const found = std::ranges::find(kWords, word);
  if (found == kWords.end()) return std::nullopt;
  return static_cast<DispatchBy>(found - kWords.begin());
}

std::vector<std::string> CouriersFor(const DispatchPolicy& policy, std::string_view store,
                                     Instant now, const std::vector<std::string>& tried) {
  const auto rule = std::ranges::find_if(
      policy.rules, [&](const DispatchRule& one) { return Covers(one, store, now); });
  std::vector<std::string> couriers = rule == policy.rules.end() ? policy.couriers : rule->couriers;
  std::erase_if(couriers, [&](const std::string& courier) {
    return std::ranges::find(tried, courier) != tried.end();
  });
  return couriers;
}

std::optional<std::size_t> Pick(const DispatchPolicy& policy, Instant now,
                                std::span<const model::CourierQuote> offers) {
  double least_price = 0;
  double least_time = 0;
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    if (policy.ceiling && offers[i].fee > *policy.ceiling) continue;
    const double price = PriceOf(offers[i]);
    const double time = MinutesOf(offers[i], now);
    least_price = open.empty() ? price : std::min(least_price, price);
    least_time = open.empty() ? time : std::min(least_time, time);
    open.push_back(i);
  }
  if (open.empty()) return std::nullopt;
  // The less the better, member by member; the first among equals.
  const auto key = [&](std::size_t i) -> std::tuple<double, double> {
    const double price = PriceOf(offers[i]);
    const double time = MinutesOf(offers[i], now);
    switch (policy.by) {
      case DispatchBy::kPreferred:
        return {0, 0};
      case DispatchBy::kCheapest:
        return {price, time};
      case DispatchBy::kFastest:
        return {time, price};
      case DispatchBy::kWeighted:
        return {static_cast<double>(policy.price_weight) * price / least_price +
                    static_cast<double>(policy.time_weight) * time / least_time,
                price};
    }
    return {0, 0};
  };
  return *std::ranges::min_element(open, {}, key);
}

}  // namespace weir::sync
