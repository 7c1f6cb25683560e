// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "app/bench/signed_orders.hpp"

namespace weir::app::bench {

/// A new folder for one server's data, removed with all that is in it.
class WorkFolder {
 public:
  /// Makes it inside `parent`; throws std::system_error when it cannot.
  explicit WorkFolder(const std::string& parent);
  ~WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Where to work when nobody says: ./build where there is one, else the system's temporary folder.
[[nodiscard]] std::string DefaultParent();

/// What a data folder takes on the disk, in bytes.
struct DiskUse {
  std::uint64_t journal = 0;  ///< With what is allocated ahead.
  std::uint64_t view = 0;
  std::uint64_t write_ahead = 0;  ///< The view's log, which a checkpoint empties.
  std::uint64_t other = 0;

  [[nodiscard]] std::uint64_t total() const { return journal + view + write_ahead + other; }
};
[[nodiscard]] DiskUse UseOf(const std::string& folder);

inline constexpr const char* kBenchKey = "bench-key";

/// The platform connection under load.
[[nodiscard]] PushSource BenchSource();

/// The configuration of a gateway with this connection, its data in `folder`, on any free port.
[[nodiscard]] std::string BenchConfig(const PushSource& source, const std::string& folder);

}  // namespace weir::app::bench
