// SPDX-License-Identifier: Apache-2.0
#include "app/config/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include "app/config/blocks.hpp"
#include "base/text.hpp"

namespace weir::app {
namespace {

/// A part of the configuration: reading and reloading go through the same list, so that neither
/// knows one that the other forgets.
struct Part {
  std::string_view name;
  void (*read)(Reading&);
  /// Of what only a restart takes; null: a reload takes it.
  bool (*differs)(const Config&, const Config&) = nullptr;
};

template <auto Member>
bool Differs(const Config& a, const Config& b) {
  return a.*Member != b.*Member;
}

/// In the order they are read: blocks refer to those before them.
constexpr std::array kParts = {
    Part{"[server]", ReadServer, Differs<&Config::server>},
    Part{"[storage]", ReadStorage, Differs<&Config::storage>},
    Part{"[log]", ReadLog},
    Part{"[[merchant]]", ReadMerchants},
    Part{"[[key]]", ReadKeys},
    Part{"[[store]]", ReadStores},
    Part{"[[connection]]", ReadConnections},
    Part{"[[subscription]]", ReadSubscriptions},
    Part{"[callbacks]", ReadCallbacks},
};

// The TOML reader calls itself for each level; no configuration needs more than a few.
void CheckNesting(const std::string& text, const std::string& name) {
  constexpr int kDeepest = 32;
  int depth = 0;
  std::size_t line = 1;
  for (const char c : text) {
    line += static_cast<std::size_t>(c == '\n');
    depth += static_cast<int>(c == '[' || c == '{') - static_cast<int>(c == ']' || c == '}');
    depth = std::max(depth, 0);
    if (depth > kDeepest) throw ConfigError(fmt::format("{}:{}: nested too deeply", name, line));
  }
}

// The TOML reader reads out of bounds where a quoted key is no UTF-8.
void CheckUtf8(std::string_view text, const std::string& name) {
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    if (!IsValidUtf8(text.substr(0, end))) {
      throw ConfigError(fmt::format("{}:{}: not UTF-8", name, line));
    }
    text.remove_prefix(end);
  }
}

toml::value ParseToml(const std::string& text, const std::string& name) {
  CheckUtf8(text, name);
  CheckNesting(text, name);
  try {
    std::istringstream stream(text);
    return toml::parse(stream, name);
  } catch (const toml::exception& error) {
    // The first line of the library's message says what; its picture of the line could show a
    // secret.
    std::string what = error.what();
    what = what.substr(0, what.find('\n'));
    throw ConfigError(fmt::format("{}:{}: not TOML: {}", name, error.location().line(), what));
  } catch (const std::exception&) {
    throw ConfigError(fmt::format("{}:1: not TOML", name));
  }
}

}  // namespace

Config ParseConfig(const std::string& text, const std::string& name, const ConfigSources& sources) {
  const toml::value document = ParseToml(text, name);
  TableReader root(document, name, "");
  Config config;
  Reading reading{.root = root, .sources = sources, .config = config};
  for (const Part& part : kParts) part.read(reading);
  root.Finish();
  return config;
}

std::vector<std::string_view> NeedRestart(const Config& running, const Config& wanted) {
  std::vector<std::string_view> parts;
  for (const Part& part : kParts) {
    if (part.differs != nullptr && part.differs(running, wanted)) parts.push_back(part.name);
  }
  return parts;
}

ConfigSources SystemSources(
    std::function<std::optional<PlatformKeys>(const std::string&)> platform) {
  return {.platform = std::move(platform),
          .environment = [](const std::string& name) -> std::optional<std::string> {
            // Nothing in this process sets one.
            const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
            return value == nullptr ? std::nullopt : std::optional<std::string>(value);
          },
          .file = [](const std::string& path) -> std::optional<std::string> {
            std::ifstream in(path, std::ios::binary);
            if (!in) return std::nullopt;
            std::string text{std::istreambuf_iterator<char>(in), {}};
            while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
            return text;
          }};
}

Config LoadConfig(const std::string& path, const ConfigSources& sources) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw ConfigError(path + ": cannot be read");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return ParseConfig(text, path, sources);
}

}  // namespace weir::app
