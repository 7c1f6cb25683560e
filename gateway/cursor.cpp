// SPDX-License-Identifier: Apache-2.0
#include "gateway/cursor.hpp"

#include "base/binary.hpp"
#include "base/text.hpp"

namespace weir::gateway {
namespace {

constexpr std::uint8_t kVersion = 1;

}  // namespace

std::string EncodeCursor(const ListCursor& cursor, std::uint64_t list) {
  std::string bytes;
  BinaryWriter writer(bytes);
  writer.U8(kVersion);
  writer.U64(list);
  writer.SignedVarint(cursor.first.time_since_epoch().count());
  writer.Text(cursor.second);
  // Hex needs no escaping in a query, unlike base64.
  return ToHex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::optional<ListCursor> DecodeCursor(std::string_view text, std::uint64_t list) {
  const auto bytes = FromHex(text);
  if (!bytes) return std::nullopt;
  BinaryReader reader(*bytes);
  const bool ours = reader.U8() == kVersion && reader.U64() == list;
  const Instant at(std::chrono::milliseconds(reader.SignedVarint()));
  std::string id(reader.Text());
  if (!ours || !reader.done()) return std::nullopt;
  return ListCursor(at, std::move(id));
}

}  // namespace weir::gateway
