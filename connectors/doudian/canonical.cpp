// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/canonical.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "base/json_writer.hpp"

namespace weir::connectors::doudian {
namespace {

using nlohmann::json;

constexpr std::size_t kDeepest = 64;

std::string Quoted(std::string_view text) {
  std::string quoted;
  JsonWriter(quoted).String(text);
  return quoted;
}

/// Writes what a parser reads. It takes events, since a parsed number would not keep its digits.
class Sorter final : public json::json_sax_t {
 public:
  [[nodiscard]] std::string Take() { return std::move(whole_); }

  bool null() override { return Add("null"); }
  bool boolean(bool value) override { return Add(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return Add(fmt::format("{}", value)); }
  bool number_unsigned(number_unsigned_t value) override { return Add(fmt::format("{}", value)); }
  bool number_float(number_float_t /*value*/, const string_t& digits) override {
    return Add(digits);
  }
  bool string(string_t& text) override { return Add(Quoted(text)); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return Open(true); }
  bool start_array(std::size_t /*size*/) override { return Open(false); }
  bool key(string_t& name) override {
    open_.back().key = name;
    return true;
  }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                   const json::exception& /*error*/) override {
    return false;
  }

 private:
  struct Frame {
    bool is_object = false;
    std::string key;                             ///< Of the member that comes next.
    std::map<std::string, std::string> members;  ///< By name.
    std::vector<std::string> elements;
  };

  bool Open(bool is_object) {
    open_.push_back({.is_object = is_object, .key = {}, .members = {}, .elements = {}});
    return open_.size() <= kDeepest;
  }

  bool Close() {
    const Frame frame = std::move(open_.back());
    open_.pop_back();
    std::string text;
    const auto separate = [&text] {
      if (!text.empty()) text += ',';
    };
    for (const auto& [name, value] : frame.members) {
      separate();
      text.append(Quoted(name)).append(":").append(value);
    }
    for (const std::string& element : frame.elements) {
      separate();
      text += element;
    }
    return Add(frame.is_object ? "{" + text + "}" : "[" + text + "]");
  }

  bool Add(std::string text) {
    if (open_.empty()) {
      whole_ = std::move(text);
    } else if (Frame& frame = open_.back(); frame.is_object) {
      frame.members[frame.key] = std::move(text);
    } else {
      frame.elements.push_back(std::move(text));
    }
    return true;
  }

  std::vector<Frame> open_;
  std::string whole_;
};

}  // namespace

Result<std::string> Canonical(std::string_view json_text) {
  Sorter sorter;
  if (!json::sax_parse(json_text, &sorter)) {
    return Fail(ErrorKind::kMalformed, "What is to be signed is no JSON.");
  }
  std::string canonical = sorter.Take();
  if (!canonical.starts_with('{')) {
    return Fail(ErrorKind::kMalformed, "What is to be signed is no JSON object.");
  }
  return canonical;
}

std::string HtmlEscaped(std::string_view json_text) {
  std::string escaped;
  escaped.reserve(json_text.size());
  for (const char c : json_text) {
    if (c == '<' || c == '>' || c == '&') {
      escaped += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace weir::connectors::doudian
