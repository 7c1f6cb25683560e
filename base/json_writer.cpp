// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

#include "base/utf8.hpp"

namespace weir {
namespace {

constexpr std::uint64_t Repeat(std::uint8_t byte) {
  return std::uint64_t{0x0101010101010101} * byte;
}

/// The high bit of each byte of `word` that is zero; exact up to the lowest such byte.
constexpr std::uint64_t ZeroBytes(std::uint64_t word) {
  return (word - Repeat(0x01)) & ~word & Repeat(0x80);
}

/// Where the first byte from `at` on stands that is not plain ASCII text: a quote, a backslash, a
/// control character or a byte of a longer character.
std::size_t SkipPlain(std::string_view text, std::size_t at) {
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    const std::uint64_t control = (word - Repeat(0x20)) & ~word & Repeat(0x80);
    const std::uint64_t stops = control | ZeroBytes(word ^ Repeat('"')) |
                                ZeroBytes(word ^ Repeat('\\')) | (word & Repeat(0x80));
    if (stops != 0) {
      return at + static_cast<std::size_t>(std::countr_zero(stops)) / 8;
    }
  }
  while (at < text.size() && static_cast<std::uint8_t>(text[at]) - 0x20U < 0x60 &&
         text[at] != '"' && text[at] != '\\') {
    ++at;
  }
  return at;
}

void AppendEscaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      constexpr std::string_view kDigits = "0123456789abcdef";
      out += "\\u00";
      out += kDigits[static_cast<std::uint8_t>(c) >> 4];
      out += kDigits[c & 0xF];
  }
}

void AppendQuoted(std::string& out, std::string_view text) {
  out += '"';
  std::size_t copied = 0;
  std::size_t at = 0;
  while ((at = SkipPlain(text, at)) < text.size()) {
    const bool ascii = static_cast<std::uint8_t>(text[at]) < 0x80;
    const Utf8Sequence sequence = FirstUtf8Sequence(text.substr(at));
    if (ascii || !sequence.valid) {
      out.append(text, copied, at - copied);
      copied = at + sequence.size;
    }
    if (ascii) {
      AppendEscaped(out, text[at]);
    } else if (!sequence.valid) {
      out += kReplacementCharacter;
    }
    at += sequence.size;
  }
  out.append(text, copied);
  out += '"';
}

template <typename T>
void AppendInteger(std::string& out, T value) {
  char digits[20];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

/// -?(0|[1-9][0-9]*)(\.[0-9]+)?, of a length that any reader's number holds.
bool IsPlainNumber(std::string_view text) {
  if (text.size() > 64) {
    return false;
  }
  if (text.starts_with('-')) {
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  };
  return digits(whole) && (whole.size() == 1 || whole.front() != '0') &&
         (point == std::string_view::npos || digits(text.substr(point + 1)));
}

}  // namespace

void JsonWriter::Separate() {
  if (needs_comma_) {
    out_ += ',';
  }
  needs_comma_ = true;
}

JsonWriter& JsonWriter::BeginObject() {
  Separate();
  out_ += '{';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::EndObject() {
  out_ += '}';
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::BeginArray() {
  Separate();
  out_ += '[';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::EndArray() {
  out_ += ']';
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::Key(std::string_view name) {
  Separate();
  AppendQuoted(out_, name);
  out_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::String(std::string_view text) {
  Separate();
  AppendQuoted(out_, text);
  return *this;
}

JsonWriter& JsonWriter::Int(std::int64_t value) {
  Separate();
  AppendInteger(out_, value);
  return *this;
}

JsonWriter& JsonWriter::Uint(std::uint64_t value) {
  Separate();
  AppendInteger(out_, value);
  return *this;
}

JsonWriter& JsonWriter::Bool(bool value) { return Raw(value ? "true" : "false"); }

JsonWriter& JsonWriter::Null() { return Raw("null"); }

JsonWriter& JsonWriter::Number(std::string_view decimal_text) {
  return IsPlainNumber(decimal_text) ? Raw(decimal_text) : String(decimal_text);
}

JsonWriter& JsonWriter::Raw(std::string_view json) {
  Separate();
  out_ += json;
  return *this;
}

JsonWriter& JsonWriter::Member(std::string_view name, Instant value) {
  Key(name).Separate();
  out_ += '"';
  AppendRfc3339(out_, value);
  out_ += '"';
  return *this;
}

}  // namespace weir
