// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace weir {

/// Appends little-endian and variable-length values to a string.
class BinaryWriter {
 public:
  explicit BinaryWriter(std::string& out) : out_(out) {}
  void U8(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void U32(std::uint32_t value);
  void U64(std::uint64_t value);
  void Varint(std::uint64_t value);
  void SignedVarint(std::int64_t value);  ///< zigzag
  void Text(std::string_view text);       ///< varint length, bytes

 private:
  std::string& out_;
};

/// Reads what BinaryWriter wrote. A read past the end gives zero or empty text and clears ok(), so
/// that a decoder checks once, at its end.
class BinaryReader {
 public:
  explicit BinaryReader(std::string_view bytes) : rest_(bytes) {}
  [[nodiscard]] std::uint8_t U8();
  [[nodiscard]] std::uint32_t U32();
  [[nodiscard]] std::uint64_t U64();
  [[nodiscard]] std::uint64_t Varint();
  [[nodiscard]] std::int64_t SignedVarint();
  [[nodiscard]] std::string_view Text();
  /// A varint bounded by what the rest could hold at one byte an element; clears ok() beyond.
  [[nodiscard]] std::size_t Count();
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool done() const { return ok_ && rest_.empty(); }

 private:
  std::string_view Take(std::size_t size);
  template <typename T>
  T TakeFixed();

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace weir
