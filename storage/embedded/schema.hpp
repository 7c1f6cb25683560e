// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "storage/batch.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/words.hpp"

/// The tables of view.db and how rows are packed into them, texts aside (blobs.hpp).
namespace weir::storage {

/// Brings the file to this program's schema, forwards only. Throws Failure(kMalformed) for a file
/// made by a newer program, SqliteError otherwise.
void Migrate(SqliteConnection& connection, const std::string& path);

/// A record's merchant and kind as one number: with it begins every key of the record table.
[[nodiscard]] constexpr std::int64_t Family(Words::Number merchant, RecordKind kind) {
  return (merchant << 8) | static_cast<std::int64_t>(kind);
}
[[nodiscard]] constexpr Words::Number MerchantOfFamily(std::int64_t family) { return family >> 8; }

/// A change's merchant and seq as its row's key: a merchant's changes lie side by side, and a new
/// one goes to the end of them.
inline constexpr int kSeqBits = 40;
[[nodiscard]] constexpr std::int64_t ChangeKey(Words::Number merchant, std::uint64_t seq) {
  return (merchant << kSeqBits) | static_cast<std::int64_t>(seq);
}
[[nodiscard]] constexpr std::uint64_t SeqOfKey(std::int64_t key) {
  return static_cast<std::uint64_t>(key) & ((1ULL << kSeqBits) - 1);
}
[[nodiscard]] constexpr Words::Number MerchantOfKey(std::int64_t key) { return key >> kSeqBits; }

/// A platform's number as it is kept: null when empty, an integer where that gives the same text
/// back, kNumberInId where the id is made of it, as of all that a platform created: such a record
/// needs no place in the index of numbers. Keeps a view of its argument.
using PackedNumber = std::variant<std::nullptr_t, std::int64_t, std::string_view>;
inline constexpr std::int64_t kNumberInId = -1;
[[nodiscard]] PackedNumber PackNumber(std::string_view number);
[[nodiscard]] PackedNumber PackNumber(const RecordRow& row);
[[nodiscard]] std::string NumberInId(std::string_view platform, std::string_view id);

[[nodiscard]] constexpr std::int64_t PackTime(Instant at) { return at.time_since_epoch().count(); }
[[nodiscard]] constexpr Instant UnpackTime(std::int64_t at) {
  return Instant(std::chrono::milliseconds(at));
}

}  // namespace weir::storage
