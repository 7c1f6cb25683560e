// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <toml.hpp>
#include <vector>

namespace weir::app {

/// Reads one TOML table key by key and remembers which keys were asked for, so that Finish can
/// name one nobody knows. Every failure throws ConfigError with file, line, key and expectation.
class TableReader {
 public:
  /// `table` must be a table; `path` is its name in messages, e.g. "connection".
  TableReader(const toml::value& table, std::string file, std::string path);

  /// nullopt when absent.
  [[nodiscard]] std::optional<std::string> Text(const std::string& key);
  [[nodiscard]] std::string RequiredText(const std::string& key);
  [[nodiscard]] std::optional<std::int64_t> Integer(const std::string& key, std::int64_t low,
                                                    std::int64_t high);
  [[nodiscard]] std::optional<bool> Flag(const std::string& key);
  [[nodiscard]] std::vector<std::int64_t> Integers(const std::string& key, std::int64_t low,
                                                   std::int64_t high);
  [[nodiscard]] std::vector<std::string> Texts(const std::string& key);
  [[nodiscard]] std::map<std::string, std::string> TextMap(const std::string& key);

  /// The sub-table under `key`; nullopt when absent.
  [[nodiscard]] std::optional<TableReader> Table(const std::string& key);
  /// The array of tables under `key`; empty when absent.
  [[nodiscard]] std::vector<TableReader> Tables(const std::string& key);

  /// Throws unless every key of the table was asked for.
  void Finish() const;

  /// Throws "file:line: path.key: message", at the key's line (the table's when it is absent).
  [[noreturn]] void Fail(const std::string& key, std::string_view message) const;

 private:
  [[nodiscard]] const toml::value* Find(const std::string& key);

  const toml::value* table_;
  std::string file_;
  std::string path_;
  std::set<std::string> known_;
};

}  // namespace weir::app
