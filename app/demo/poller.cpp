// SPDX-License-Identifier: Apache-2.0
#include "app/demo/poller.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "app/demo/gateway_client.hpp"

namespace weir::app::demo {
namespace {

constexpr auto kPause = std::chrono::milliseconds(100);

}  // namespace

Poller::Poller(std::string origin, std::string key, const Clock& clock, OnChange on_change)
    : origin_(std::move(origin)),
      key_(std::move(key)),
      clock_(clock),
      on_change_(std::move(on_change)) {}

Poller::~Poller() { Stop(); }

void Poller::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Poller::Stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void Poller::Run() {
  GatewayClient client(origin_, key_);
  std::uint64_t after = 0;
  while (!stopping_) {
    const auto page = client.Get(fmt::format("/v1/changes?after={}&limit=500&wait=1", after));
    if (!Take(page)) std::this_thread::sleep_for(kPause);
    const std::lock_guard lock(mutex_);
    after = log_.last_seq();
  }
}

bool Poller::Take(const Result<std::string>& page) {
  const Instant now = clock_.Now();
  std::vector<Change> changes;
  {
    const std::lock_guard lock(mutex_);
    if (!page) {
      // A gateway that starts or hesitates is asked again; anything else is its fault.
      if (!IsTransient(page.error().kind)) log_.Complain(page.error().message);
      return false;
    }
    auto taken = log_.Take(*page);
    if (!taken) {
      log_.Complain(taken.error().message);
      return false;
    }
    changes = std::move(*taken);
    for (const Change& change : changes) lag_ = std::max(lag_, now - change.at);
  }
  for (const Change& change : changes) on_change_(change);
  return true;
}

Poller::Progress Poller::TakeProgress() {
  const std::lock_guard lock(mutex_);
  return {.changes_of = log_.changes_of(),
          .lag = std::exchange(lag_, std::chrono::milliseconds(0))};
}

FeedLog Poller::log() const {
  const std::lock_guard lock(mutex_);
  return log_;
}

}  // namespace weir::app::demo
