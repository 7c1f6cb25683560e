// SPDX-License-Identifier: Apache-2.0
#include "app/bench/place.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "app/config/config_text.hpp"

namespace weir::app::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kBlock = 512;  // stat(2): st_blocks counts these.

}  // namespace

WorkFolder::WorkFolder(const std::string& parent)
    : path_((fs::absolute(parent) / "weir-bench-XXXXXX").string()) {
  if (mkdtemp(path_.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), "cannot make the folder " + path_);
  }
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string DefaultParent() {
  const fs::path build = fs::current_path() / "build";
  return (fs::is_directory(build) ? build : fs::temp_directory_path()).string();
}

DiskUse UseOf(const std::string& folder) {
  DiskUse use;
  for (const auto& item : fs::recursive_directory_iterator(folder)) {
    struct stat facts{};
    if (!item.is_regular_file() || ::stat(item.path().c_str(), &facts) != 0) continue;
    const std::string name = item.path().filename().string();
    std::uint64_t& counted = item.path().parent_path().filename() == "journal" ? use.journal
                             : name == "view.db"                               ? use.view
                             : name == "view.db-wal"                           ? use.write_ahead
                                                                               : use.other;
    counted += static_cast<std::uint64_t>(facts.st_blocks) * kBlock;
  }
  return use;
}

PushSource BenchSource() {
  return {.origin = "https://gw.example.com",
          .connection = "mt-main",
          .app_id = "9001",
          .app_secret = "bench-app-secret",
          .shops = {"shop_001", "shop_002", "shop_003"}};
}

std::string BenchConfig(const PushSource& source, const std::string& folder) {
  Config config;
  config.server = {.host = "127.0.0.1", .port = 0, .public_url = source.origin};
  config.storage.folder = folder;
  config.merchants = {{.id = "bench", .name = "Bench"}};
  config.keys = {{.id = "reader",
                  .merchant = "bench",
                  .scopes = {"read", "read_personal"},
                  .secret = Secret(kBenchKey)}};
  ConnectionConfig connection{
      .id = source.connection,
      .merchant = "bench",
      .platform = "meituan",
      .base_url = "http://127.0.0.1:9/api/v1",
      .credentials = {{"app_id", Secret(source.app_id)}, {"app_secret", Secret(source.app_secret)}},
      .stores = {},
      .accept_within = {}};
  for (const std::string& shop : source.shops) {
    config.stores.push_back({.id = "st-" + shop, .merchant = "bench", .name = shop, .code = ""});
    connection.stores[shop] = "st-" + shop;
  }
  config.connections = {std::move(connection)};
  return ConfigText(config);
}

}  // namespace weir::app::bench
