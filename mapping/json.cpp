// SPDX-License-Identifier: Apache-2.0
#include "mapping/json.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace weir::mapping {
namespace {

/// Parsers kept by a thread: as many as documents of one payload are open at once.
constexpr std::size_t kIdleParsers = 4;
/// A parser that has grown beyond this is not kept.
constexpr std::size_t kMaxIdleBytes = 256 * 1024;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

const char* SkipDigits(const char* at, const char* end) {
  return std::find_if_not(at, end, IsDigit);
}

/// Where the number that begins at `at` ends by RFC 8259 §6; `at` itself when none does.
const char* NumberEnd(const char* const at, const char* const end) {
  const char* const whole = at + (*at == '-' ? 1 : 0);
  const char* next = SkipDigits(whole, end);
  if (next == whole || (*whole == '0' && next != whole + 1)) {
    return at;
  }
  if (next != end && *next == '.') {
    const char* const fraction = next + 1;
    next = SkipDigits(fraction, end);
    if (next == fraction) {
      return at;
    }
  }
  if (next != end && (*next == 'e' || *next == 'E')) {
    const char* exponent = next + 1;
    if (exponent != end && (*exponent == '+' || *exponent == '-')) {
      ++exponent;
    }
    next = SkipDigits(exponent, end);
    if (next == exponent) {
      return at;
    }
  }
  return next;
}

/// Where the string that begins with the quote at `at` ends, behind its closing quote.
const char* StringEnd(const char* at, const char* end) {
  for (++at; at != end; ++at) {
    if (*at == '"') {
      return at + 1;
    }
    if (*at == '\\' && ++at == end) {
      break;
    }
  }
  return end;
}

char* Copy(const char* from, const char* to, char* out) {
  const auto size = static_cast<std::size_t>(to - from);
  std::memcpy(out, from, size);
  return out + size;
}

/// Copies JSON with each number in quotes, at most two bytes for one, and returns the copy's end.
/// What is no JSON stays none: only a whole number where a value may stand is quoted.
char* QuoteNumbers(std::string_view text, char* out) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const char c = *at;
    if (c == '"') {
      const char* const next = StringEnd(at, end);
      out = Copy(at, next, out);
      at = next;
      continue;
    }
    if (c != '-' && !IsDigit(c)) {
      *out++ = c;
      ++at;
      continue;
    }
    const char* const next = NumberEnd(at, end);
    const char* const behind = std::find_if_not(next, end, IsBlank);
    if (next == at || (behind != end && *behind == ':')) {
      *out++ = c;
      ++at;
      continue;
    }
    *out++ = '"';
    out = Copy(at, next, out);
    *out++ = '"';
    at = next;
  }
  return out;
}

}  // namespace

struct JsonDocument::Workspace {
  /// `text` with its numbers quoted, parsed; what the root points into lives until the next call.
  simdjson::simdjson_result<simdjson::dom::element> Parse(std::string_view text) {
    const std::size_t needed = 2 * text.size() + 1 + simdjson::SIMDJSON_PADDING;
    if (capacity < needed) {
      capacity = std::max(needed, 2 * capacity);
      buffer = std::make_unique_for_overwrite<char[]>(capacity);
    }
    char* const end = QuoteNumbers(text, buffer.get());
    std::memset(end, 0, simdjson::SIMDJSON_PADDING);
    if (parser.max_depth() != kMaxJsonDepth) {
      if (const auto error = parser.allocate(4096, kMaxJsonDepth)) {
        return error;
      }
    }
    return parser.parse(buffer.get(), static_cast<std::size_t>(end - buffer.get()), false);
  }

  std::unique_ptr<char[]> buffer;
  std::size_t capacity = 0;
  simdjson::dom::parser parser;
};

namespace {

template <typename T>
std::vector<std::unique_ptr<T>>& Idle() {
  thread_local std::vector<std::unique_ptr<T>> idle;
  return idle;
}

}  // namespace

void JsonDocument::GiveBack::operator()(Workspace* workspace) const noexcept {
  std::unique_ptr<Workspace> owned(workspace);
  auto& idle = Idle<Workspace>();
  // Borrow() made room, so that nothing is allocated here.
  if (owned->capacity <= kMaxIdleBytes && idle.size() < idle.capacity()) {
    idle.push_back(std::move(owned));
  }
}

JsonDocument::Lease JsonDocument::Borrow() {
  auto& idle = Idle<Workspace>();
  idle.reserve(kIdleParsers);
  if (idle.empty()) {
    return Lease(new Workspace);
  }
  Lease lease(idle.back().release());
  idle.pop_back();
  return lease;
}

JsonDocument::JsonDocument(Lease workspace, simdjson::dom::element root)
    : workspace_(std::move(workspace)), root_(root) {}

Result<JsonDocument> JsonDocument::Parse(std::string_view text) {
  if (text.size() > kMaxJsonBytes) {
    return Fail(ErrorKind::kMalformed, "A JSON text is larger than 1 MiB.");
  }
  Lease workspace = Borrow();
  auto parsed = workspace->Parse(text);
  if (parsed.error() == simdjson::UTF8_ERROR) {
    parsed = workspace->Parse(RepairUtf8(text));
  }
  if (parsed.error() != simdjson::SUCCESS) {
    return Fail(ErrorKind::kMalformed, simdjson::error_message(parsed.error()));
  }
  return JsonDocument(std::move(workspace), parsed.value_unsafe());
}

Value::Value(simdjson::dom::element element) : element_(element) {
  switch (element.type()) {
    case simdjson::dom::element_type::STRING:
      text_ = element.get_string().value_unsafe();
      break;
    case simdjson::dom::element_type::BOOL:
      text_ = element.get_bool().value_unsafe() ? "true" : "false";
      break;
    case simdjson::dom::element_type::ARRAY:
      kind_ = Kind::kArray;
      break;
    case simdjson::dom::element_type::OBJECT:
      kind_ = Kind::kObject;
      break;
    default:  // null; numbers were made text
      break;
  }
}

void Value::Write(JsonWriter& json) const {
  if (is_array()) {
    json.BeginArray();
    for (const simdjson::dom::element element : array()) {
      Value(element).Write(json);
    }
    json.EndArray();
  } else if (is_object()) {
    json.BeginObject();
    for (const auto& [name, element] : object()) {
      json.Key(name);
      Value(element).Write(json);
    }
    json.EndObject();
  } else {
    json.String(text_);
  }
}

Result<Structure> Structure::Open(const Value& value) {
  Structure structure;
  if (value.empty() || value.is_array() || value.is_object()) {
    structure.root_ = value;
    return structure;
  }
  auto document = JsonDocument::Parse(value.text());
  if (!document) {
    return std::unexpected(document.error());
  }
  structure.root_ = Value(document->root());
  structure.document_ = std::move(*document);
  return structure;
}

}  // namespace weir::mapping
