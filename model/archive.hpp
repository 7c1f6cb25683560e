// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/binary.hpp"
#include "model/contributing_set.hpp"
#include "model/order_facts.hpp"

/// Merge states as bytes; private to this module. Each struct names its fields once, in Describe,
/// for writing and for reading. The bytes are canonical: equal values, equal bytes.
namespace weir::model {

template <typename Self, typename T>
concept Same = std::same_as<std::remove_const_t<Self>, T>;

void Describe(auto& archive, Same<ContentDigest> auto& d) { archive.Digest(d); }

void Describe(auto& archive, Same<Issue> auto& i) { archive(i.code, i.detail); }

/// The values of an enum that may be read: each enum that is written brings `BoundsOf(Enum)` in
/// this namespace.
template <typename Enum>
struct Bounds {
  Enum first;
  Enum last;
};

/// Writes described values.
class Encoder {
 public:
  explicit Encoder(std::string& out) : writer_(out) {}

  template <typename... Ts>
  void operator()(const Ts&... values) {
    (Put(values), ...);
  }
  void Digest(const ContentDigest& digest) {
    writer_.U64(digest.high);
    writer_.U64(digest.low);
  }

 private:
  void Put(const std::string& text) { writer_.Text(text); }
  void Put(Money money) { writer_.SignedVarint(money.fen()); }
  void Put(Instant at) { writer_.SignedVarint(at.time_since_epoch().count()); }
  template <std::integral T>
  void Put(T value) {
    if constexpr (std::signed_integral<T>) {
      writer_.SignedVarint(value);
    } else {
      writer_.Varint(value);
    }
  }
  template <typename T>
    requires std::is_enum_v<T>
  void Put(T value) {
    writer_.U8(std::to_underlying(value));
  }
  template <typename T>
  void Put(const std::optional<T>& value) {
    writer_.U8(value ? 1 : 0);
    if (value) {
      Put(*value);
    }
  }
  template <typename T>
  void Put(const std::vector<T>& values) {
    writer_.Varint(values.size());
    for (const T& value : values) {
      Put(value);
    }
  }
  template <typename T>
  void Put(const ContributingSet<T>& set) {
    Put(set.elements());
  }
  template <typename T>
    requires std::is_class_v<T>
  void Put(const T& value) {
    Describe(*this, value);
  }

  BinaryWriter writer_;
};

/// Reads described values. After the first damage all that follows is empty and ok() is false.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : reader_(bytes) {}

  template <typename... Ts>
  void operator()(Ts&... values) {
    (Get(values), ...);
  }
  void Digest(ContentDigest& digest) {
    digest.high = reader_.U64();
    digest.low = reader_.U64();
  }
  [[nodiscard]] bool ok() const { return ok_ && reader_.ok(); }
  [[nodiscard]] bool done() const { return ok_ && reader_.done(); }

 private:
  void Get(std::string& text) { text = reader_.Text(); }
  void Get(Money& money) { money = Money::FromFen(reader_.SignedVarint()); }
  void Get(Instant& at) { at = Instant(std::chrono::milliseconds(reader_.SignedVarint())); }
  void Get(std::int64_t& value) { value = reader_.SignedVarint(); }
  template <std::unsigned_integral T>
  void Get(T& value) {
    const std::uint64_t read = reader_.Varint();
    ok_ = ok_ && read <= std::numeric_limits<T>::max();
    value = static_cast<T>(read);
  }
  template <typename T>
    requires std::is_enum_v<T>
  void Get(T& value) {
    const auto read = static_cast<T>(reader_.U8());
    ok_ = ok_ && read >= BoundsOf(T{}).first && read <= BoundsOf(T{}).last;
    value = ok_ ? read : BoundsOf(T{}).first;
  }
  template <typename T>
  void Get(std::optional<T>& value) {
    bool given = false;
    Get(given);
    value.reset();
    if (given && ok()) {
      Get(value.emplace());
    }
  }
  template <typename T>
  void Get(std::vector<T>& values) {
    // No room is made ahead: a count may lie, and elements are far larger than their bytes.
    for (std::size_t left = reader_.Count(); left > 0 && ok(); --left) {
      Get(values.emplace_back());
    }
  }
  template <typename T>
  void Get(ContributingSet<T>& set) {
    std::vector<T> elements;
    Get(elements);
    ok_ = ok() && set.Restore(std::move(elements));
  }
  template <typename T>
    requires std::is_class_v<T>
  void Get(T& value) {
    Describe(*this, value);
  }

  BinaryReader reader_;
  bool ok_ = true;
};

/// True for exactly one of (a, b) and (b, a) when they differ: the order of their bytes.
template <typename T>
[[nodiscard]] bool EncodesAbove(const T& a, const T& b) {
  const auto encoded = [](const T& value) {
    std::string bytes;
    Encoder encode(bytes);
    encode(value);
    return bytes;
  };
  return encoded(a) > encoded(b);
}

}  // namespace weir::model
