// SPDX-License-Identifier: Apache-2.0
#include "app/bench/place.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

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
  std::string stores;
  std::string links;
  for (const std::string& shop : source.shops) {
    stores +=
        fmt::format("[[store]]\nid = \"st-{0}\"\nmerchant = \"bench\"\nname = \"{0}\"\n", shop);
    links += fmt::format("{}\"{}\" = \"st-{}\"", links.empty() ? "" : ", ", shop, shop);
  }
  return fmt::format(
      R"([server]
listen = "127.0.0.1:0"
public_url = "{origin}"
[storage]
url = "file:{folder}"
[log]
level = "info"
[[merchant]]
id = "bench"
name = "Bench"
[[key]]
id = "reader"
merchant = "bench"
scopes = ["read", "read_personal"]
secret = "{key}"
{stores}[[connection]]
id = "{connection}"
merchant = "bench"
platform = "meituan"
base_url = "http://127.0.0.1:9/api/v1"
app_id = "{app_id}"
app_secret = "{app_secret}"
stores = {{ {links} }}
)",
      fmt::arg("origin", source.origin), fmt::arg("folder", folder), fmt::arg("key", kBenchKey),
      fmt::arg("stores", stores), fmt::arg("connection", source.connection),
      fmt::arg("app_id", source.app_id), fmt::arg("app_secret", source.app_secret),
      fmt::arg("links", links));
}

}  // namespace weir::app::bench
