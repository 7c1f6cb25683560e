// SPDX-License-Identifier: Apache-2.0
#include "base/binary.hpp"

#include <bit>
#include <cstring>

namespace weir {
namespace {

static_assert(std::endian::native == std::endian::little,
              "values are copied as they lie in memory");

template <typename T>
void AppendFixed(std::string& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

}  // namespace

void BinaryWriter::U32(std::uint32_t value) { AppendFixed(out_, value); }

void BinaryWriter::U64(std::uint64_t value) { AppendFixed(out_, value); }

void BinaryWriter::Varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) {
    U8(static_cast<std::uint8_t>(value | 0x80));
  }
  U8(static_cast<std::uint8_t>(value));
}

void BinaryWriter::SignedVarint(std::int64_t value) {
  Varint((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

void BinaryWriter::Text(std::string_view text) {
  Varint(text.size());
  out_.append(text);
}

std::string_view BinaryReader::Take(std::size_t size) {
  if (size > rest_.size()) {
    ok_ = false;
    rest_ = {};
    return {};
  }
  const std::string_view taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

template <typename T>
T BinaryReader::TakeFixed() {
  T value = 0;
  if (const std::string_view bytes = Take(sizeof value); !bytes.empty()) {
    std::memcpy(&value, bytes.data(), sizeof value);
  }
  return value;
}

std::uint8_t BinaryReader::U8() { return TakeFixed<std::uint8_t>(); }

std::uint32_t BinaryReader::U32() { return TakeFixed<std::uint32_t>(); }

std::uint64_t BinaryReader::U64() { return TakeFixed<std::uint64_t>(); }

std::uint64_t BinaryReader::Varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint8_t byte = U8();
    if (shift == 63 && byte > 1) {
      break;  // more than 64 bits
    }
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) {
      return ok_ ? value : 0;
    }
  }
  ok_ = false;
  rest_ = {};
  return 0;
}

std::int64_t BinaryReader::SignedVarint() {
  const std::uint64_t value = Varint();
  return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
}

std::string_view BinaryReader::Text() { return Take(Varint()); }

std::size_t BinaryReader::Count() {
  const std::uint64_t count = Varint();
  if (count > rest_.size()) {
    ok_ = false;
    rest_ = {};
    return 0;
  }
  return count;
}

}  // namespace weir
