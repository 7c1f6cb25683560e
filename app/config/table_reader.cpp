// SPDX-License-Identifier: Apache-2.0
#include "app/config/table_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "app/config/config.hpp"

namespace weir::app {

TableReader::TableReader(const toml::value& table, std::string file, std::string path)
    : table_(&table), file_(std::move(file)), path_(std::move(path)) {
  if (!table.is_table()) Fail("", "expected a table");
}

const toml::value* TableReader::Find(const std::string& key) {
  known_.insert(key);
  const auto& table = table_->as_table();
  const auto found = table.find(key);
  return found == table.end() ? nullptr : &found->second;
}

std::optional<std::string> TableReader::Text(const std::string& key) {
  const toml::value* value = Find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) Fail(key, "expected a text in quotes");
  return value->as_string().str;
}

std::string TableReader::RequiredText(const std::string& key) {
  auto text = Text(key);
  if (!text) Fail(key, "is missing; expected a text");
  if (text->empty()) Fail(key, "expected a text that is not empty");
  return *text;
}

std::optional<std::int64_t> TableReader::Integer(const std::string& key, std::int64_t low,
                                                 std::int64_t high) {
  const toml::value* value = Find(key);
  if (value == nullptr) return std::nullopt;
  const auto expectation = fmt::format("expected an integer from {} to {}", low, high);
  if (!value->is_integer()) Fail(key, expectation);
  const std::int64_t number = value->as_integer();
  if (number < low || number > high) Fail(key, expectation);
  return number;
}

std::optional<bool> TableReader::Flag(const std::string& key) {
  const toml::value* value = Find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_boolean()) Fail(key, "expected true or false");
  return value->as_boolean();
}

std::vector<std::int64_t> TableReader::Integers(const std::string& key, std::int64_t low,
                                                std::int64_t high) {
  std::vector<std::int64_t> numbers;
  const toml::value* value = Find(key);
  if (value == nullptr) return numbers;
  const auto expectation = fmt::format("expected a list of integers from {} to {}", low, high);
  if (!value->is_array()) Fail(key, expectation);
  for (const toml::value& item : value->as_array()) {
    if (!item.is_integer()) Fail(key, expectation);
    const std::int64_t number = item.as_integer();
    if (number < low || number > high) Fail(key, expectation);
    numbers.push_back(number);
  }
  return numbers;
}

std::vector<std::string> TableReader::Texts(const std::string& key) {
  std::vector<std::string> texts;
  const toml::value* value = Find(key);
  if (value == nullptr) return texts;
  if (!value->is_array()) Fail(key, "expected a list of texts");
  for (const toml::value& item : value->as_array()) {
    if (!item.is_string()) Fail(key, "expected a list of texts");
    texts.push_back(item.as_string().str);
  }
  return texts;
}

std::map<std::string, std::string> TableReader::TextMap(const std::string& key) {
  std::map<std::string, std::string> texts;
  const toml::value* value = Find(key);
  if (value == nullptr) return texts;
  if (!value->is_table())
    Fail(key, "expected a table of texts, e.g. { \"shop_001\" = \"sh-001\" }");
  for (const auto& [name, item] : value->as_table()) {
    if (!item.is_string()) Fail(key, "expected a text for '" + name + "'");
    texts.emplace(name, item.as_string().str);
  }
  return texts;
}

std::optional<TableReader> TableReader::Table(const std::string& key) {
  const toml::value* value = Find(key);
  if (value == nullptr) return std::nullopt;
  return TableReader(*value, file_, path_.empty() ? key : path_ + "." + key);
}

std::vector<TableReader> TableReader::Tables(const std::string& key) {
  std::vector<TableReader> tables;
  const toml::value* value = Find(key);
  if (value == nullptr) return tables;
  if (!value->is_array()) Fail(key, fmt::format("expected blocks that begin with [[{}]]", key));
  for (const toml::value& item : value->as_array()) tables.emplace_back(item, file_, key);
  return tables;
}

void TableReader::Finish() const {
  for (const auto& [key, value] : table_->as_table()) {
    if (!known_.contains(key)) {
      Fail(key, fmt::format("is not known here; known are {}", fmt::join(known_, ", ")));
    }
  }
}

void TableReader::Fail(const std::string& key, std::string_view message) const {
  const toml::value* at = table_;
  if (table_->is_table()) {
    const auto found = table_->as_table().find(key);
    if (found != table_->as_table().end()) at = &found->second;
  }
  const std::string name = path_.empty() ? key : key.empty() ? path_ : path_ + "." + key;
  throw ConfigError(fmt::format("{}:{}: {}: {}", file_, at->location().line(), name, message));
}

}  // namespace weir::app
