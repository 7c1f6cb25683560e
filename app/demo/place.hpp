// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace weir::app::demo {

/// Two ports of 127.0.0.1 that nobody listened on a moment ago. Another process may take one before
/// they are used: try again with others then.
struct Ports {
  std::uint16_t gateway = 0;
  std::uint16_t platform = 0;
};

/// Throws boost::system::system_error when the system has none.
[[nodiscard]] Ports FindFreePorts();

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

inline constexpr const char* kConnection = "mt-main";
inline constexpr const char* kApiKey = "demo-erp-key";

[[nodiscard]] std::string OriginOf(std::uint16_t port);  ///< "http://127.0.0.1:40001"

/// The gateway's configuration file: one merchant with three shops on one Meituan connection.
[[nodiscard]] std::string GatewayConfig(const std::string& folder, Ports ports,
                                        const std::string& app_id, const std::string& app_secret);

}  // namespace weir::app::demo
