// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <type_traits>

#include "app/config/config.hpp"
#include "app/config/table_reader.hpp"
#include "base/secret.hpp"

/// How each block of the configuration is read.
namespace weir::app {

/// The ids of one kind of block.
class Names {
 public:
  /// Fails when it is there already.
  void Add(TableReader& table, const std::string& id) {
    if (!ids_.insert(id).second) table.Fail("id", "'" + id + "' is declared twice");
  }
  [[nodiscard]] bool Has(const std::string& id) const { return ids_.contains(id); }

 private:
  std::set<std::string> ids_;
};

/// A configuration while it is read: blocks refer to those before them.
struct Reading {
  TableReader& root;
  const ConfigSources& sources;
  Config& config;
  Names merchants{};
  Names stores{};
};

/// A text that is a URL without a slash at its end; empty when it is absent.
[[nodiscard]] std::string ReadUrl(TableReader& table, const std::string& key);

/// A text that is a literal, env:NAME or file:PATH; fails when that is not there.
[[nodiscard]] Secret ReadSecret(TableReader& table, const std::string& key,
                                const ConfigSources& sources);

/// Sets the target if there is a value.
template <typename T>
void Take(T& target, std::optional<std::int64_t> value) {
  if (value)
    target =
        T(static_cast<typename std::conditional_t<std::is_integral_v<T>, T, std::int64_t>>(*value));
}

void ReadServer(Reading& reading);
void ReadStorage(Reading& reading);
void ReadLog(Reading& reading);
void ReadMerchants(Reading& reading);
void ReadKeys(Reading& reading);
void ReadStores(Reading& reading);
void ReadConnections(Reading& reading);
void ReadSubscriptions(Reading& reading);
void ReadCallbacks(Reading& reading);

}  // namespace weir::app
