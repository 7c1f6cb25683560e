// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "app/bench/child.hpp"
#include "app/bench/feed.hpp"
#include "app/bench/place.hpp"

namespace weir::app::bench {

/// `weir serve` in a process and a folder of its own, ready.
class Gateway {
 public:
  /// `weir` is the program, `parent` where its folder is made; `more` is added to the
  /// configuration. Throws std::runtime_error when it does not start.
  Gateway(std::string weir, const std::string& parent, const PushSource& source,
          const std::string& more = "");

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] ApiClient& client() { return *client_; }
  [[nodiscard]] Child& child() { return *child_; }
  [[nodiscard]] std::string data_folder() const { return folder_.path() + "/data"; }

  /// Ends it by SIGKILL and starts it on the folder it leaves. Returns how long the start took,
  /// from making the process until it is ready.
  std::chrono::nanoseconds KillAndStart();

 private:
  void Start();

  WorkFolder folder_;
  std::string weir_;
  std::unique_ptr<Child> child_;
  std::uint16_t port_ = 0;
  std::unique_ptr<ApiClient> client_;
};

}  // namespace weir::app::bench
