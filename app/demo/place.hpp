// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/config/config.hpp"

namespace weir::app::demo {

/// Ports of 127.0.0.1 that nobody listened on a moment ago, all different. Another process may take
/// one before it is used: try again with others then. Throws boost::system::system_error when the
/// system has none.
[[nodiscard]] std::vector<std::uint16_t> FindFreePorts(std::size_t count);

/// The folder a demo keeps its data in.
class DataFolder {
 public:
  /// Takes `path`, made if need be; with an empty path a folder of its own, which the destructor
  /// removes with all that is in it. Throws std::runtime_error when `path` holds something already,
  /// std::filesystem::filesystem_error when it cannot be made.
  explicit DataFolder(const std::string& path);
  ~DataFolder();
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool kept() const { return kept_; }

 private:
  std::string path_;
  bool kept_ = false;
};

inline constexpr const char* kMerchant = "demo";
inline constexpr const char* kApiKey = "demo-erp-key";
inline constexpr std::array<const char*, 3> kStores = {"sh-001", "sh-002", "sh-003"};

/// A platform's or courier's numbers for these stores, as its connection links them; those that are
/// empty are left out.
[[nodiscard]] std::map<std::string, std::string> LinkStores(
    const std::array<std::string_view, kStores.size()>& shops);

[[nodiscard]] std::string OriginOf(std::uint16_t port);  ///< "http://127.0.0.1:40001"

/// The gateway's configuration file: one merchant with three stores on these connections.
[[nodiscard]] std::string GatewayConfig(const std::string& folder, std::uint16_t port,
                                        std::vector<ConnectionConfig> connections);

}  // namespace weir::app::demo
