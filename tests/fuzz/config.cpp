// SPDX-License-Identifier: Apache-2.0
#include "app/config/config.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

// A configuration is taken whole or refused by a ConfigError that names the file; nothing else.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const weir::app::ConfigSources sources{
      .platform = [](const std::string& platform) -> std::optional<weir::app::PlatformKeys> {
        if (platform != "meituan") return std::nullopt;
        return weir::app::PlatformKeys{.credentials = {"app_id", "app_secret"},
                                       .options = {"envelope"}};
      },
      .environment = [](const std::string&) { return std::optional<std::string>("a secret text"); },
      .file = [](const std::string&) { return std::optional<std::string>(); }};
  try {
    const weir::app::Config config = weir::app::ParseConfig(text, "weir.toml", sources);
    if (config.storage.folder.empty()) std::abort();
  } catch (const weir::app::ConfigError& error) {
    if (!std::string(error.what()).starts_with("weir.toml:")) std::abort();
  }
  return 0;
}
