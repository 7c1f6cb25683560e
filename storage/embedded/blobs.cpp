// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/blobs.hpp"

#include <fmt/format.h>

#include <array>
#include <span>

#include "base/binary.hpp"
#include "storage/dictionary.hpp"

namespace weir::storage {
namespace {

/// How a blob is packed; what is none of these is the id of a dictionary plus one.
constexpr std::uint64_t kPlain = 0;
constexpr std::uint64_t kCompressed = 1;
constexpr std::uint64_t kSealed = 2;
/// Shorter texts do not shrink.
constexpr std::size_t kWorthCompressing = 64;
/// No record comes near; a damaged blob may claim anything.
constexpr std::size_t kLargestText = 64U << 20;
constexpr std::string_view kChangeDictionary = "order_json";
constexpr std::string_view kChangeTable = "change";

std::array<char, 8> BytesOf(std::int64_t key) {
  std::array<char, 8> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(static_cast<std::uint64_t>(key) >> (8 * i));
  }
  return bytes;
}

void Compact(std::string_view dictionary, std::string_view text, std::string& buffer) {
  BinaryWriter writer(buffer);
  if (text.size() < kWorthCompressing) {
    writer.Varint(kPlain);
    buffer.append(text);
    return;
  }
  const auto* known = dictionary.empty() ? nullptr : Dictionary::ByName(dictionary);
  writer.Varint(known == nullptr ? kCompressed : std::uint64_t{known->id()} + 1);
  Compress(known, text, buffer);
}

std::string Expand(std::string_view blob) {
  BinaryReader reader(blob);
  const auto codec = reader.Varint();
  if (!reader.ok()) throw Failure(ErrorKind::kMalformed, "the view holds an empty blob");
  if (codec == kPlain) return std::string(reader.rest());
  const auto id = static_cast<std::uint32_t>(codec - 1);
  const auto* dictionary = codec == kCompressed ? nullptr : Dictionary::ById(id);
  if (codec != kCompressed && dictionary == nullptr) {
    throw Failure(ErrorKind::kMalformed,
                  fmt::format("the view uses dictionary {}, which this program lacks", id));
  }
  return Must(Decompress(dictionary, reader.rest(), kLargestText));
}

}  // namespace

Blob BlobPacker::Pack(const BlobPlace& place, const BlobOwner& owner, std::string_view dictionary,
                      std::string_view text) {
  const auto* key = Must(keys_.For(owner.merchant, owner.at));
  buffer_.clear();
  BinaryWriter writer(buffer_);
  writer.Varint(kSealed);
  writer.Varint(key->number);
  const auto start = buffer_.size();
  buffer_.append(kSealNonceBytes, '\0');
  Compact(dictionary, text, buffer_);
  buffer_.append(kSealTagBytes, '\0');
  const auto room = std::span(buffer_).subspan(start);
  nonces_.Put(room);
  const auto row = BytesOf(place.key);
  key->key.Seal({place.table, {row.data(), row.size()}, place.id}, room);
  return {buffer_};
}

std::string UnpackText(const KeyRing& keys, const BlobPlace& place, std::string_view blob) {
  BinaryReader reader(blob);
  if (reader.Varint() != kSealed) return Expand(blob);
  const auto number = reader.Varint();
  const auto* key = keys.Find(number);
  if (key == nullptr) {
    throw Failure(ErrorKind::kUnauthorized,
                  fmt::format("a {} is sealed with data key {}, which the folder's keys lack: put "
                              "back the file `keys` it was written with",
                              place.table, number));
  }
  thread_local std::string opened;
  const auto row = BytesOf(place.key);
  if (!key->key.Unseal({place.table, {row.data(), row.size()}, place.id}, reader.rest(), opened)) {
    throw Failure(ErrorKind::kMalformed, fmt::format("a {} does not open: it is damaged, or stood "
                                                     "in another place",
                                                     place.table));
  }
  return Expand(opened);
}

Blob PackContent(BlobPacker& packer, std::int64_t change_key, const ChangeRow& change,
                 std::string& scratch) {
  scratch.clear();
  BinaryWriter writer(scratch);
  writer.Text(change.subject);
  scratch.append(change.data);
  return packer.Pack({.table = kChangeTable, .key = change_key},
                     {.merchant = change.merchant, .at = change.at}, kChangeDictionary, scratch);
}

ChangeContent UnpackContent(const KeyRing& keys, std::int64_t change_key, std::string_view blob) {
  auto text = UnpackText(keys, {.table = kChangeTable, .key = change_key}, blob);
  BinaryReader reader(text);
  std::string subject(reader.Text());
  if (!reader.ok()) throw Failure(ErrorKind::kMalformed, "a change's content is cut short");
  text.erase(0, text.size() - reader.rest().size());
  return {.subject = std::move(subject), .data = std::move(text)};
}

}  // namespace weir::storage
