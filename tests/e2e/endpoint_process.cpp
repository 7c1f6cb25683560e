// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/endpoint_process.hpp"

#include <fmt/format.h>

#include <chrono>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>

namespace weir::e2e {
namespace {

namespace merchant = simulators::merchant;

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr auto kPatience = std::chrono::minutes(3);
constexpr auto kGlance = std::chrono::milliseconds(50);

}  // namespace

EndpointProcess::EndpointProcess(std::string name, std::uint64_t seed, merchant::Faults faults)
    : name_(std::move(name)), endpoint_({.secret = kSecret, .seed = seed, .faults = faults}) {
  ComeUp();
  port_ = shell_->port();
}

void EndpointProcess::ComeUp() {
  shell_ = std::make_unique<simulators::HttpShell>(
      endpoint_, clock_, simulators::ShellOptions{.port = port_, .senders = 1});
  if (!shell_->Start()) throw std::runtime_error("the endpoint does not come up");
}

void EndpointProcess::With(const std::function<void(merchant::MerchantSimulator&)>& use) {
  shell_->With([&] { use(endpoint_); });
}

std::string EndpointProcess::url() const { return fmt::format("http://127.0.0.1:{}/weir", port_); }

std::string EndpointProcess::Declared() const {
  return fmt::format(R"([[subscription]]
id = "{}"
merchant = "demo"
url = "{}"
secret = "{}"
types = ["*"]
allow_private = true
)",
                     name_, url(), kSecret);
}

std::vector<std::string> EndpointProcess::Complaints(std::uint64_t feed_end) {
  std::vector<std::string> complaints;
  shell_->With([&] {
    complaints = endpoint_.complaints();
    std::set<std::uint64_t> seen;
    for (const merchant::Taken& taken : endpoint_.taken()) seen.insert(taken.seq);
    for (std::uint64_t seq = 1; seq <= feed_end; ++seq) {
      if (!seen.contains(seq)) complaints.push_back(fmt::format("change {} never came", seq));
    }
    if (endpoint_.counts().forged > 0) complaints.emplace_back("a signature did not hold");
  });
  if (complaints.size() > 5) complaints.resize(5);
  for (std::string& complaint : complaints) complaint = name_ + ": " + complaint;
  return complaints;
}

merchant::Counts EndpointProcess::counts() {
  merchant::Counts counts;
  shell_->With([&] { counts = endpoint_.counts(); });
  return counts;
}

bool EndpointProcess::WaitFor(std::uint64_t callbacks) {
  const auto end = clock_.Monotonic() + kPatience;
  while (clock_.Monotonic() < end) {
    if (counts().taken >= callbacks) return true;
    std::this_thread::sleep_for(kGlance);
  }
  return false;
}

}  // namespace weir::e2e
