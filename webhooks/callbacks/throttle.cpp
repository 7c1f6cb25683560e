// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/throttle.hpp"

#include <algorithm>

namespace weir::webhooks {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr nanoseconds kLongestProbePause = seconds(60);
// What may come at once after a rest: enough to keep the rate though the bucket is asked ten times
// a second only.
constexpr std::uint32_t kBurstsPerSecond = 5;

}  // namespace

Throttle::Throttle(std::optional<std::uint32_t> rate_per_second, seconds first_pause, Clock& clock,
                   Random& random)
    : first_pause_(std::clamp<nanoseconds>(first_pause, seconds(1), kLongestProbePause)),
      clock_(clock),
      random_(random) {
  SetRate(rate_per_second);
}

void Throttle::SetRate(std::optional<std::uint32_t> rate_per_second) {
  bucket_.reset();
  if (rate_per_second) {
    bucket_.emplace(nanoseconds(seconds(1)) / *rate_per_second,
                    std::max(1U, *rate_per_second / kBurstsPerSecond), clock_);
  }
}

void Throttle::StartOver() {
  failing_.clear();
  is_open_ = false;
  is_probing_ = false;
  paused_until_ = nanoseconds(0);
}

bool Throttle::Enter() {
  const nanoseconds now = clock_.Monotonic();
  if (now < paused_until_) return false;
  const bool has_place = is_open_ ? in_flight_ == 0 && now >= probe_at_ : in_flight_ < at_once_;
  if (!has_place) return false;
  if (bucket_ && bucket_->Take().count() > 0) return false;
  is_probing_ = is_open_;
  ++in_flight_;
  return true;
}

void Throttle::Delivered() {
  --in_flight_;
  failing_.clear();
  is_open_ = false;
  is_probing_ = false;
  at_once_ = std::min(at_once_ + 1, kMostAtOnce);
}

bool Throttle::Failed(const std::string& subject) {
  --in_flight_;
  if (is_open_) {
    if (is_probing_) PlanProbe();
    is_probing_ = false;
    return false;
  }
  failing_.insert(subject);
  if (failing_.size() < kSubjectsToOpen) return false;
  is_open_ = true;
  at_once_ = 1;
  probe_pause_ = first_pause_ / 2;
  PlanProbe();
  return true;
}

void Throttle::PlanProbe() {
  probe_pause_ = std::min(probe_pause_ * 2, kLongestProbePause);
  probe_at_ = clock_.Monotonic() + WithJitter(probe_pause_, random_);
}

void Throttle::Paused(seconds duration) {
  --in_flight_;
  is_probing_ = false;
  at_once_ = 1;
  paused_until_ = std::max(paused_until_, clock_.Monotonic() + nanoseconds(duration));
}

void Throttle::Withdrawn() {
  --in_flight_;
  is_probing_ = false;
}

bool Throttle::is_holding() const { return is_open_ || clock_.Monotonic() < paused_until_; }

}  // namespace weir::webhooks
