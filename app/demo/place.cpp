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
#include <utility>

#include "app/config/config_text.hpp"

namespace weir::app::demo {

std::vector<std::uint16_t> FindFreePorts(std::size_t count) {
  using boost::asio::ip::tcp;
  boost::asio::io_context context;
  const tcp::endpoint any(boost::asio::ip::address_v4::loopback(), 0);
  // All are held at once, so that they differ.
  std::vector<tcp::acceptor> held;
  std::vector<std::uint16_t> ports;
  ports.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    ports.push_back(held.emplace_back(context, any).local_endpoint().port());
  }
  return ports;
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

std::map<std::string, std::string> LinkStores(
    const std::array<std::string_view, kStores.size()>& shops) {
  std::map<std::string, std::string> links;
  for (std::size_t i = 0; i < shops.size(); ++i) {
    if (!shops.at(i).empty()) links.emplace(shops.at(i), kStores.at(i));
  }
  return links;
}

std::string OriginOf(std::uint16_t port) { return fmt::format("http://127.0.0.1:{}", port); }

std::string GatewayConfig(const std::string& folder, std::uint16_t port,
                          std::vector<ConnectionConfig> connections) {
  constexpr std::array kNames = {"示例路店", "样板路店", "测试路店"};
  Config config;
  config.server = {.host = "127.0.0.1", .port = port, .public_url = OriginOf(port)};
  config.storage.folder = folder;
  config.log.level = "warn";
  config.merchants = {{.id = kMerchant, .name = "Demo Kitchen"}};
  config.keys = {{.id = "erp",
                  .merchant = kMerchant,
                  .scopes = {"read", "read_personal", "write"},
                  .secret = Secret(kApiKey)}};
  for (std::size_t i = 0; i < kStores.size(); ++i) {
    config.stores.push_back(
        {.id = kStores.at(i), .merchant = kMerchant, .name = kNames.at(i), .code = ""});
  }
  config.connections = std::move(connections);
  return ConfigText(config);
}

}  // namespace weir::app::demo
