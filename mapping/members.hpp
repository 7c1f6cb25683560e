// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_writer.hpp"
#include "mapping/json.hpp"

namespace weir::mapping {

/// A set of names known at compile time, found by hashing.
template <std::size_t N>
class NameTable {
 public:
  static constexpr std::size_t kCount = N;

  consteval explicit NameTable(const char* const (&names)[N]) {
    for (std::size_t i = 0; i < N; ++i) {
      names_[i] = names[i];
      std::size_t slot = Hash(names_[i]);
      while (slots_[slot] != 0) {
        if (names_[slots_[slot] - 1U] == names_[i]) {
          throw "a name stands twice in its table";
        }
        slot = (slot + 1) % kSlots;
      }
      slots_[slot] = static_cast<std::uint8_t>(i + 1);
    }
  }

  /// The place of `name` in the table; kCount when it is unknown.
  [[nodiscard]] constexpr std::size_t Find(std::string_view name) const noexcept {
    for (std::size_t slot = Hash(name); slots_[slot] != 0; slot = (slot + 1) % kSlots) {
      if (names_[slots_[slot] - 1U] == name) {
        return slots_[slot] - 1U;
      }
    }
    return N;
  }

 private:
  static_assert(N > 0 && N < 255);
  static constexpr std::size_t kSlots = std::bit_ceil(4 * N);

  static constexpr std::size_t Hash(std::string_view name) noexcept {
    if (name.empty()) {
      return 0;
    }
    const auto byte = [name](std::size_t i) { return static_cast<std::uint8_t>(name[i]); };
    return (name.size() + 31U * byte(0) + 131U * byte(name.size() - 1) +
            521U * byte(name.size() / 2)) %
           kSlots;
  }

  std::array<std::string_view, N> names_;
  std::array<std::uint8_t, kSlots> slots_{};
};

template <std::size_t N>
NameTable(const char* const (&)[N]) -> NameTable<N>;

struct Member {
  std::string_view name;
  Value value;
  bool taken = false;
};

/// The members of a JSON object, in its order.
[[nodiscard]] inline std::vector<Member> MembersOf(const simdjson::dom::object& object) {
  std::vector<Member> members;
  members.reserve(object.size());
  for (const auto& [name, element] : object) {
    members.push_back({.name = name, .value = Value(element)});
  }
  return members;
}

/// The member `name` of an object; empty when there is none, or the value is no object.
[[nodiscard]] inline Value MemberAt(const Value& object, std::string_view name) {
  simdjson::dom::element found;
  return object.is_object() && object.object().at_key(name).get(found) == simdjson::SUCCESS
             ? Value(found)
             : Value();
}

/// The fields of one event or object. The map takes what it has a place for; the rest is written to
/// the record's `extra`, so that nothing a platform says is lost and nothing is said twice.
///
/// Names in code are checked against `kNames` when it is compiled. Of a name that comes twice the
/// first counts.
template <const auto& kNames>
class Members {
 public:
  struct Name {
    std::size_t place;
    std::string_view text;
    // NOLINTNEXTLINE(google-explicit-constructor): fields.Take("total") reads as it should.
    consteval Name(const char* name) : place(kNames.Find(name)), text(name) {
      if (place == kNames.kCount) {
        throw "the table has no such name";
      }
    }
  };

  explicit Members(std::vector<Member> members) : members_(std::move(members)) {
    for (std::size_t i = members_.size(); i-- > 0;) {
      if (const std::size_t place = kNames.Find(members_[i].name); place != kNames.kCount) {
        places_[place] = static_cast<std::uint32_t>(i + 1);
      }
    }
  }

  [[nodiscard]] Value Peek(Name name) const {
    const std::uint32_t place = places_[name.place];
    return place == 0 ? Value() : members_[place - 1].value;
  }
  [[nodiscard]] bool Has(Name name) const { return !Peek(name).empty(); }
  /// The value, which from now on is no part of the rest.
  Value Take(Name name) {
    const std::uint32_t place = places_[name.place];
    if (place == 0) {
      return {};
    }
    members_[place - 1].taken = true;
    return members_[place - 1].value;
  }

  [[nodiscard]] bool empty() const { return members_.empty(); }
  [[nodiscard]] const std::vector<Member>& all() const { return members_; }

  [[nodiscard]] bool has_rest() const { return std::ranges::any_of(members_, IsRest); }
  /// Writes the members that were not taken and say something.
  void WriteRest(JsonWriter& json) const {
    for (const Member& member : members_) {
      if (IsRest(member)) {
        json.Key(member.name);
        member.value.Write(json);
      }
    }
  }

 private:
  static bool IsRest(const Member& member) { return !member.taken && !member.value.empty(); }

  std::vector<Member> members_;
  std::array<std::uint32_t, kNames.kCount> places_{};
};

}  // namespace weir::mapping
