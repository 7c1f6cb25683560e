// SPDX-License-Identifier: Apache-2.0
#include "storage/journal_format.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/binary.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "storage/dictionary.hpp"

namespace weir::storage {
namespace {

// "weir-seg" and "weir-grp", read as little-endian numbers.
constexpr std::uint64_t kSegmentMagic = 0x6765732d72696577;
constexpr std::uint64_t kGroupMagic = 0x7072672d72696577;
constexpr std::uint32_t kSegmentVersion = 1;
constexpr std::uint32_t kGroupVersion = 1;
/// A frame of an entry that somebody asked for has one more text; all others are written as ever.
constexpr std::uint8_t kFrameVersion = 1;
constexpr std::uint8_t kAskedFrameVersion = 2;
/// Magic and checksum; the checksum covers what follows them.
constexpr std::size_t kCovered = 16;
/// Length, seven numbers, five texts, at a byte each where they can be that short.
constexpr std::size_t kMinFrameBytes = 4 + 7 + 5;
/// Far beyond any journal, and far from overflow.
constexpr std::uint64_t kMaxPosition = 1ULL << 62;
constexpr std::string_view kSegmentSuffix = ".wj";
constexpr std::size_t kSegmentDigits = 20;

enum class Codec : std::uint8_t { kNone = 0, kZstd = 1 };

std::uint64_t Milliseconds(Instant at) {
  return static_cast<std::uint64_t>(at.time_since_epoch().count());
}

Instant ToInstant(std::uint64_t milliseconds) {
  return Instant(std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds)));
}

std::unexpected<Error> Newer(std::string_view what) {
  return Fail(ErrorKind::kRejected,
              fmt::format("the journal holds a {} of a newer version of this program", what));
}

std::unexpected<Error> Damaged(std::string_view what) {
  return Fail(ErrorKind::kMalformed, fmt::format("damaged {}", what));
}

bool PlausiblePosition(std::uint64_t first) { return first >= 1 && first <= kMaxPosition; }

struct Stored {
  Codec codec = Codec::kNone;
  std::uint32_t dictionary = 0;
  std::string_view bytes;
};

/// The payload as it is stored; compressed bytes live in `scratch`.
Stored Pack(const Envelope& envelope, std::string_view payload, std::string& scratch) {
  if (payload.empty()) return {.bytes = payload};
  const Dictionary* const dictionary = Dictionary::ByName(envelope.platform);
  Compress(dictionary, payload, scratch);
  if (scratch.size() >= payload.size()) return {.bytes = payload};
  return {.codec = Codec::kZstd,
          .dictionary = dictionary == nullptr ? 0 : dictionary->id(),
          .bytes = scratch};
}

Result<std::string> Unpack(std::uint8_t codec, std::uint64_t dictionary_id, std::uint64_t size,
                           std::string_view stored) {
  if (codec == static_cast<std::uint8_t>(Codec::kNone)) {
    if (stored.size() != size) return Damaged("payload length");
    return std::string(stored);
  }
  if (codec != static_cast<std::uint8_t>(Codec::kZstd)) return Newer("payload");
  const Dictionary* dictionary = nullptr;
  if (dictionary_id != 0) {
    dictionary = Dictionary::ById(static_cast<std::uint32_t>(dictionary_id));
    if (dictionary == nullptr || dictionary->id() != dictionary_id) return Newer("dictionary");
  }
  auto payload = Decompress(dictionary, stored, size);
  if (payload && payload->size() != size) return Damaged("payload length");
  return payload;
}

}  // namespace

std::string EncodeSegmentHeader(const SegmentHeader& header) {
  std::string rest;
  BinaryWriter writer(rest);
  writer.U32(kSegmentVersion);
  writer.U32(header.shard);
  writer.U64(header.first);
  writer.U64(header.previous_first);
  writer.U64(header.chain);
  writer.U64(Milliseconds(header.last_stamp));
  writer.U64(header.published);
  writer.U64(Milliseconds(header.created_at));
  std::string bytes;
  BinaryWriter head(bytes);
  head.U64(kSegmentMagic);
  head.U64(Checksum(rest));
  return bytes + rest;
}

Result<SegmentHeader> DecodeSegmentHeader(std::string_view bytes) {
  if (bytes.size() < kSegmentHeaderBytes) return Damaged("segment header: too short");
  bytes = bytes.substr(0, kSegmentHeaderBytes);
  BinaryReader reader(bytes);
  SegmentHeader header;
  const auto magic = reader.U64();
  header.checksum = reader.U64();
  if (magic != kSegmentMagic || header.checksum != Checksum(bytes.substr(kCovered))) {
    return Damaged("segment header");
  }
  if (reader.U32() != kSegmentVersion) return Newer("segment");
  header.shard = reader.U32();
  header.first = reader.U64();
  header.previous_first = reader.U64();
  header.chain = reader.U64();
  header.last_stamp = ToInstant(reader.U64());
  header.published = reader.U64();
  header.created_at = ToInstant(reader.U64());
  if (!reader.done() || !PlausiblePosition(header.first)) return Damaged("segment header");
  return header;
}

std::uint64_t SealGroup(std::string& group, const GroupHeader& header, std::uint64_t salt) {
  std::string bytes;
  bytes.reserve(kGroupHeaderBytes);
  BinaryWriter writer(bytes);
  writer.U64(kGroupMagic);
  writer.U64(0);
  writer.U32(kGroupVersion);
  writer.U32(0);
  writer.U32(static_cast<std::uint32_t>(group.size()));
  writer.U32(static_cast<std::uint32_t>(header.count));
  writer.U64(header.first);
  writer.U64(Milliseconds(header.stamp));
  writer.U64(header.published);
  writer.U64(header.chain);
  std::ranges::copy(bytes, group.begin());
  const auto checksum = Checksum(std::string_view(group).substr(kCovered), header.chain ^ salt);
  bytes.clear();
  writer.U64(checksum);
  std::ranges::copy(bytes, group.begin() + 8);
  return checksum;
}

std::string GroupMagic() {
  std::string bytes;
  BinaryWriter(bytes).U64(kGroupMagic);
  return bytes;
}

Result<GroupHeader> DecodeGroupHeader(std::string_view bytes) {
  if (bytes.size() < kGroupHeaderBytes) return Damaged("group header: too short");
  BinaryReader reader(bytes.substr(0, kGroupHeaderBytes));
  GroupHeader header;
  const auto magic = reader.U64();
  header.checksum = reader.U64();
  const auto version = reader.U32();
  const auto flags = reader.U32();
  header.length = reader.U32();
  header.count = reader.U32();
  header.first = reader.U64();
  header.stamp = ToInstant(reader.U64());
  header.published = reader.U64();
  header.chain = reader.U64();
  if (!reader.done() || magic != kGroupMagic || header.length < kGroupHeaderBytes ||
      header.length > kMaxGroupBytes) {
    return Damaged("group header");
  }
  // Version and flags count only where the checksum is right: see VerifyGroup.
  const bool known = version == kGroupVersion && flags == 0;
  const auto most = (header.length - kGroupHeaderBytes) / kMinFrameBytes;
  if (known && (header.count < 1 || header.count > most || !PlausiblePosition(header.first))) {
    return Damaged("group header");
  }
  return header;
}

Result<GroupHeader> VerifyGroup(std::string_view bytes, std::uint64_t salt) {
  const auto header = DecodeGroupHeader(bytes);
  if (!header) return header;
  if (header->length > bytes.size()) return Damaged("group: cut short");
  const auto covered = bytes.substr(kCovered, header->length - kCovered);
  if (Checksum(covered, header->chain ^ salt) != header->checksum) {
    return Damaged("group: its checksum is wrong");
  }
  BinaryReader reader(covered);
  if (reader.U32() != kGroupVersion || reader.U32() != 0) return Newer("group");
  return header;
}

Result<std::vector<Entry>> DecodeGroup(std::string_view bytes, std::uint64_t salt) {
  const auto header = VerifyGroup(bytes, salt);
  if (!header) return std::unexpected(header.error());
  auto rest = bytes.substr(kGroupHeaderBytes, header->length - kGroupHeaderBytes);
  std::vector<Entry> entries;
  for (std::uint64_t i = 0; i < header->count; ++i) {
    const auto frame = TakeFrame(rest);
    if (!frame) return std::unexpected(frame.error());
    auto entry = DecodeFrame(*frame);
    if (!entry) return std::unexpected(entry.error());
    entry->position.offset = header->first + i;
    entry->stamp = header->stamp;
    entries.push_back(*std::move(entry));
  }
  if (!rest.empty()) return Damaged("group: bytes behind its last frame");
  return entries;
}

void AppendFrame(std::string& out, const Envelope& envelope, std::string_view payload) {
  // Large payloads are rare: their room is not kept.
  constexpr std::size_t kKeptScratch = 1U << 20;
  thread_local std::string scratch;
  scratch.clear();
  const auto stored = Pack(envelope, payload, scratch);
  const auto start = out.size();
  BinaryWriter writer(out);
  writer.U32(0);
  writer.U8(envelope.request.empty() ? kFrameVersion : kAskedFrameVersion);
  writer.U8(static_cast<std::uint8_t>(stored.codec));
  writer.Varint(stored.dictionary);
  writer.Varint(0);  // the key it is sealed with: none
  writer.Varint(payload.size());
  writer.U8(static_cast<std::uint8_t>(envelope.kind));
  writer.SignedVarint(envelope.received_at.time_since_epoch().count());
  for (const auto* text : {&envelope.merchant, &envelope.connection, &envelope.platform,
                           &envelope.dialect, &envelope.topic}) {
    writer.Text(*text);
  }
  if (!envelope.request.empty()) writer.Text(envelope.request);
  out.append(stored.bytes);
  const auto length = out.size() - start - 4;
  for (std::size_t i = 0; i < 4; ++i) out[start + i] = static_cast<char>(length >> (8 * i));
  if (scratch.capacity() > kKeptScratch) std::string().swap(scratch);
}

Result<std::string_view> TakeFrame(std::string_view& rest) {
  BinaryReader reader(rest);
  const std::size_t length = reader.U32();
  if (!reader.ok() || length > reader.rest().size()) return Damaged("entry frame: cut short");
  const auto frame = reader.rest().substr(0, length);
  rest = reader.rest().substr(length);
  return frame;
}

Result<Entry> DecodeFrame(std::string_view frame) {
  BinaryReader reader(frame);
  const auto version = reader.U8();
  if (version != kFrameVersion && version != kAskedFrameVersion) {
    return reader.ok() ? Newer("entry") : Damaged("entry frame");
  }
  const auto codec = reader.U8();
  const auto dictionary = reader.Varint();
  const auto key = reader.Varint();
  const auto size = reader.Varint();
  const auto kind = reader.U8();
  Entry entry;
  entry.envelope.received_at = Instant(std::chrono::milliseconds(reader.SignedVarint()));
  for (auto* text : {&entry.envelope.merchant, &entry.envelope.connection, &entry.envelope.platform,
                     &entry.envelope.dialect, &entry.envelope.topic}) {
    *text = reader.Text();
  }
  if (version == kAskedFrameVersion) entry.envelope.request = reader.Text();
  if (!reader.ok() || size > kMaxPayloadBytes) return Damaged("entry frame");
  if (key != 0) return Newer("sealed entry");
  entry.envelope.kind = static_cast<EntryKind>(kind);
  if (Name(entry.envelope.kind) == "unknown") return Newer("kind of entry");
  auto payload = Unpack(codec, dictionary, size, reader.rest());
  if (!payload) return std::unexpected(payload.error());
  entry.payload = *std::move(payload);
  return entry;
}

std::string SegmentName(std::uint64_t first) {
  return fmt::format("{:020}{}", first, kSegmentSuffix);
}

std::optional<std::uint64_t> ParseSegmentName(std::string_view name) {
  if (name.size() != kSegmentDigits + kSegmentSuffix.size() || !name.ends_with(kSegmentSuffix)) {
    return std::nullopt;
  }
  const auto digits = name.substr(0, kSegmentDigits);
  if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  return ParseUint(digits);
}

}  // namespace weir::storage
