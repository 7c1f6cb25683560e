// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <utility>

#include "base/utf8.hpp"

namespace weir {
namespace {

constexpr std::string_view kHexLower = "0123456789abcdef";
constexpr std::string_view kHexUpper = "0123456789ABCDEF";
constexpr std::string_view kBase32 = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// For each byte its place in `alphabet`, or -1.
constexpr std::array<std::int8_t, 256> PlacesOf(std::string_view alphabet) {
  std::array<std::int8_t, 256> places{};
  places.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    places[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return places;
}

constexpr std::array<std::int8_t, 256> kHexValue = [] {
  std::array<std::int8_t, 256> places = PlacesOf(kHexLower);
  for (std::size_t i = 10; i < 16; ++i) {
    places[static_cast<std::uint8_t>(kHexUpper[i])] = static_cast<std::int8_t>(i);
  }
  return places;
}();
constexpr std::array<std::int8_t, 256> kBase32Value = PlacesOf(kBase32);
constexpr std::array<std::int8_t, 256> kBase64Value = PlacesOf(kBase64);

constexpr std::array<bool, 256> kUnreserved = [] {
  std::array<bool, 256> unreserved{};
  for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                       "0123456789-._~")) {
    unreserved[static_cast<std::uint8_t>(c)] = true;
  }
  return unreserved;
}();

constexpr std::uint8_t Byte(char c) { return static_cast<std::uint8_t>(c); }

/// The byte two hex digits mean; negative when they are none.
int HexPair(const char* digits) {
  const int high = kHexValue[Byte(digits[0])];
  const int low = kHexValue[Byte(digits[1])];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/// How many bytes `text` begins with that are ASCII, looked at eight at a time.
std::size_t AsciiPrefix(std::string_view text) {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if (const std::uint64_t high = word & 0x8080808080808080; high != 0) {
      return at + static_cast<std::size_t>(std::countr_zero(high)) / 8;
    }
  }
  while (at < text.size() && Byte(text[at]) < 0x80) {
    ++at;
  }
  return at;
}

/// How many bytes `text` begins with that are well-formed UTF-8.
std::size_t ValidPrefix(std::string_view text) {
  std::size_t at = 0;
  while (true) {
    at += AsciiPrefix(text.substr(at));
    while (at < text.size() && Byte(text[at]) >= 0x80) {
      const Utf8Sequence sequence = FirstUtf8Sequence(text.substr(at));
      if (!sequence.valid) {
        return at;
      }
      at += sequence.size;
    }
    if (at == text.size()) {
      return at;
    }
  }
}

template <typename T>
std::optional<T> ParseWhole(std::string_view text) noexcept {
  T value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

std::string ToHex(std::span<const std::uint8_t> bytes) {
  std::string out(bytes.size() * 2, '\0');
  char* next = out.data();
  for (const std::uint8_t byte : bytes) {
    *next++ = kHexLower[byte >> 4];
    *next++ = kHexLower[byte & 0xF];
  }
  return out;
}

std::optional<std::string> FromHex(std::string_view text) {
  if (text.size() % 2 != 0) {
    return std::nullopt;
  }
  std::string out(text.size() / 2, '\0');
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int byte = HexPair(text.data() + 2 * i);
    if (byte < 0) {
      return std::nullopt;
    }
    out[i] = static_cast<char>(byte);
  }
  return out;
}

std::string ToBase64(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4, '\0');
  char* next = out.data();
  // EVP_EncodeBlock takes an int and ends with a zero byte: whole groups of three below its limit.
  constexpr std::size_t kMostAtOnce = 3 << 20;
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, kMostAtOnce);
    next += EVP_EncodeBlock(reinterpret_cast<unsigned char*>(next),
                            reinterpret_cast<const unsigned char*>(part.data()),
                            static_cast<int>(part.size()));
    bytes.remove_prefix(part.size());
  }
  return out;
}

std::optional<std::string> FromBase64(std::string_view text) {
  if (text.size() % 4 != 0) {
    return std::nullopt;
  }
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  text.remove_suffix(padding);
  std::string out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int value = kBase64Value[Byte(c)];
    if (value < 0) {
      return std::nullopt;
    }
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFFF;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.push_back(static_cast<char>(bits >> held & 0xFF));
    }
  }
  // Bits left over are zero in what an encoder made; otherwise two texts would mean the same bytes.
  const bool leftover = (bits & ((1U << held) - 1)) != 0;
  return leftover ? std::nullopt : std::optional(std::move(out));
}

std::string ToBase32(std::uint64_t value) {
  std::array<char, 13> digits{};
  std::size_t first = digits.size();
  do {
    digits[--first] = kBase32[value & 31];
    value >>= 5;
  } while (value != 0);
  return {digits.data() + first, digits.size() - first};
}

std::optional<std::uint64_t> FromBase32(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  for (const char c : text) {
    const int digit = kBase32Value[Byte(c)];
    if (digit < 0 || value >> 59 != 0) {
      return std::nullopt;
    }
    value = value << 5 | static_cast<std::uint64_t>(digit);
  }
  return value;
}

std::string PercentEncode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (kUnreserved[Byte(c)]) {
      out.push_back(c);
    } else {
      out.append({'%', kHexUpper[Byte(c) >> 4], kHexUpper[Byte(c) & 0xF]});
    }
  }
  return out;
}

bool AppendPercentDecoded(std::string& out, std::string_view text, bool plus_is_space) {
  const std::size_t before = out.size();
  bool well_formed = true;
  // Decoding never grows a text, so one buffer of its length holds the outcome.
  out.resize_and_overwrite(before + text.size(), [&](char* buffer, std::size_t) {
    const char* in = text.data();
    const char* const end = in + text.size();
    char* next = buffer + before;
    while (in != end) {
      if (*in == '%') {
        const int byte = end - in < 3 ? -1 : HexPair(in + 1);
        if (byte < 0) {
          well_formed = false;
          break;
        }
        *next++ = static_cast<char>(byte);
        in += 3;
      } else {
        *next++ = *in == '+' && plus_is_space ? ' ' : *in;
        ++in;
      }
    }
    return static_cast<std::size_t>(next - buffer);
  });
  return well_formed;
}

bool IsValidUtf8(std::string_view text) noexcept { return ValidPrefix(text) == text.size(); }

std::string RepairUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (true) {
    const std::size_t valid = ValidPrefix(text);
    out.append(text, 0, valid);
    text.remove_prefix(valid);
    if (text.empty()) {
      return out;
    }
    out += kReplacementCharacter;
    text.remove_prefix(FirstUtf8Sequence(text).size);
  }
}

std::optional<std::int64_t> ParseInt(std::string_view text) noexcept {
  return ParseWhole<std::int64_t>(text);
}

std::optional<std::uint64_t> ParseUint(std::string_view text) noexcept {
  return ParseWhole<std::uint64_t>(text);
}

bool EqualIgnoreCase(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, {}, Lower, Lower);
}

std::string ToLower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), Lower);
  return out;
}

}  // namespace weir
