// SPDX-License-Identifier: Apache-2.0
#include "app/bench/gateway.hpp"

#include <fstream>
#include <utility>

namespace weir::app::bench {
namespace {

constexpr std::chrono::seconds kReadyWithin{30};

}  // namespace

Gateway::Gateway(std::string weir, const std::string& parent, const PushSource& source,
                 const std::string& more)
    : folder_(parent), weir_(std::move(weir)) {
  std::ofstream(folder_.path() + "/weir.toml") << BenchConfig(source, data_folder()) << more;
  Start();
}

void Gateway::Start() {
  child_ = std::make_unique<Child>(
      std::vector<std::string>{weir_, "serve", "--config", folder_.path() + "/weir.toml"},
      folder_.path() + "/log");
  port_ = child_->WaitForPort();
  client_ = std::make_unique<ApiClient>(port_, kBenchKey);
  client_->AwaitReady(kReadyWithin);
}

std::chrono::nanoseconds Gateway::KillAndStart() {
  client_.reset();
  child_.reset();
  const auto began = std::chrono::steady_clock::now();
  Start();
  return std::chrono::steady_clock::now() - began;
}

}  // namespace weir::app::bench
