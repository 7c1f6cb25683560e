// SPDX-License-Identifier: Apache-2.0
#include "app/demo/place.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "app/config/config_text.hpp"

namespace weir::app::demo {
Ports FindFreePorts() {
  using boost::asio::ip::tcp;
  boost::asio::io_context context;
  const tcp::endpoint any(boost::asio::ip::address_v4::loopback(), 0);
  // Both are held at once, so that they differ.
  const tcp::acceptor gateway(context, any);
  const tcp::acceptor platform(context, any);
  return {.gateway = gateway.local_endpoint().port(), .platform = platform.local_endpoint().port()};
}

DataFolder::DataFolder(const std::string& path) : path_(path), kept_(!path.empty()) {
  namespace fs = std::filesystem;
  if (kept_) {
    fs::create_directories(path_);
    if (!fs::is_empty(path_)) {
      throw std::runtime_error("--data: " + path_ +
                               " is not empty; expected a new or empty folder");
    }
    path_ = fs::absolute(path_).string();
    return;
  }
  path_ = (fs::temp_directory_path() / "weir-demo-XXXXXX").string();
  if (mkdtemp(path_.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), "cannot make the folder " + path_);
  }
}

DataFolder::~DataFolder() {
  if (kept_) return;
  // What cannot be removed lies in the system's folder for temporary things.
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string OriginOf(std::uint16_t port) { return fmt::format("http://127.0.0.1:{}", port); }

std::string GatewayConfig(const std::string& folder, Ports ports, const std::string& app_id,
                          const std::string& app_secret) {
  Config config;
  config.server = {
      .host = "127.0.0.1", .port = ports.gateway, .public_url = OriginOf(ports.gateway)};
  config.storage.folder = folder;
  config.log.level = "warn";
  config.merchants = {{.id = "demo", .name = "Demo Kitchen"}};
  config.keys = {{.id = "erp",
                  .merchant = "demo",
                  .scopes = {"read", "read_personal"},
                  .secret = Secret(kApiKey)}};
  config.stores = {{.id = "sh-001", .merchant = "demo", .name = "示例路店", .code = ""},
                   {.id = "sh-002", .merchant = "demo", .name = "样板路店", .code = ""},
                   {.id = "sh-003", .merchant = "demo", .name = "测试路店", .code = ""}};
  config.connections = {
      {.id = kConnection,
       .merchant = "demo",
       .platform = "meituan",
       .base_url = OriginOf(ports.platform) + "/api/v1",
       .credentials = {{"app_id", Secret(app_id)}, {"app_secret", Secret(app_secret)}},
       .stores = {{"shop_001", "sh-001"}, {"shop_002", "sh-002"}, {"shop_003", "sh-003"}},
       .accept_within = {}}};
  return ConfigText(config);
}

}  // namespace weir::app::demo
