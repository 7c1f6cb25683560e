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
/// A program that knows no sealed payloads stops at the segment and takes none of it for a torn
/// tail.
constexpr std::uint32_t kUnsealedSegmentVersion = 1;
constexpr std::uint32_t kSegmentVersion = 2;
/// The checksum of the first covers every byte; that of the second sees payloads by their checksum.
constexpr std::uint32_t kFlatGroupVersion = 1;
constexpr std::uint32_t kGroupVersion = 2;
/// A frame of an entry that somebody asked for has one more text.
constexpr std::uint8_t kFrameVersion = 1;
constexpr std::uint8_t kAskedFrameVersion = 2;
constexpr std::uint8_t kSealedFrameVersion = 3;
constexpr std::uint8_t kSealedAskedFrameVersion = 4;
constexpr std::size_t kFrameLengthBytes = 4;
/// Where the data key's number stands in a frame.
constexpr std::size_t kKeyAt = 1;
/// Large payloads are rare: their room is not kept.
constexpr std::size_t kKeptScratch = 1U << 20;
/// Magic and checksum; the checksum covers what follows them.
constexpr std::size_t kCovered = 16;
/// Length, seven numbers, five texts, at a byte each where they can be that short.
constexpr std::size_t kMinFrameBytes = 4 + 7 + 5;
/// Far beyond any journal, and far from overflow.
constexpr std::uint64_t kMaxPosition = 1ULL << 62;
constexpr std::string_view kSegmentSuffix = ".wj";
constexpr std::size_t kSegmentDigits = 20;

/// An erased payload: the mark, the checksum of what stood there, the checksum of all that follows,
/// then zeros.
constexpr std::uint64_t kErasedMark = 0x9d1fe75ac04be836;
constexpr std::size_t kErasedHeaderBytes = 24;
static_assert(kErasedHeaderBytes <= kSealOverhead, "it fits where anything was sealed");

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

std::unexpected<Error> NoKey(std::uint32_t number) {
  return Fail(ErrorKind::kUnauthorized,
              fmt::format("an entry is sealed with data key {}, which the folder's keys lack: read "
                          "it with the file `keys` and the encryption key it was written with",
                          number));
}

void PutU32(char* at, std::size_t value) {
  for (std::size_t i = 0; i < 4; ++i) at[i] = static_cast<char>(value >> (8 * i));
}

/// An entry's position, as what it is sealed with.
class PlaceOf {
 public:
  explicit PlaceOf(std::uint64_t offset) {
    for (std::size_t i = 0; i < bytes_.size(); ++i) {
      bytes_[i] = static_cast<char>(offset >> (8 * i));
    }
  }
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), bytes_.size()}; }

 private:
  std::array<char, 8> bytes_;
};

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

/// What the group's checksum sees of a stored payload: its checksum or, where it was erased, that
/// of what stood there.
Result<std::uint64_t> SeenOf(std::string_view stored) {
  BinaryReader reader(stored);
  if (reader.U64() != kErasedMark) return Checksum(stored);
  const auto seen = reader.U64();
  const auto own = reader.U64();
  if (!reader.ok() || own != Checksum(reader.rest(), seen)) return Damaged("erased payload");
  return seen;
}

/// The checksum of a group from its version on.
Result<std::uint64_t> GroupChecksum(std::string_view group, std::uint64_t seed) {
  auto sum = Checksum(group.substr(kCovered, kGroupHeaderBytes - kCovered), seed);
  auto rest = group.substr(kGroupHeaderBytes);
  while (!rest.empty()) {
    const auto* const length = rest.data();
    const auto frame = TakeFrame(rest);
    if (!frame) return std::unexpected(frame.error());
    const auto parts = ParseFrame(*frame);
    if (!parts) return Damaged("entry frame");
    const auto seen =
        parts->has_room ? SeenOf(parts->stored) : Result<std::uint64_t>(Checksum(parts->stored));
    if (!seen) return seen;
    sum = Checksum({length, kFrameLengthBytes + parts->head.size()}, sum ^ *seen);
  }
  return sum;
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
  header.version = reader.U32();
  if (header.version != kSegmentVersion && header.version != kUnsealedSegmentVersion) {
    return Newer("segment");
  }
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

std::uint64_t CloseGroup(std::string& group, const GroupHeader& header, std::uint64_t salt) {
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
  // The frames are our own.
  const auto checksum = GroupChecksum(group, header.chain ^ salt).value();
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
  const bool known = (version == kGroupVersion || version == kFlatGroupVersion) && flags == 0;
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
  const auto group = bytes.substr(0, header->length);
  BinaryReader reader(group.substr(kCovered));
  const auto version = reader.U32();
  const auto flags = reader.U32();
  const auto seed = header->chain ^ salt;
  const auto checksum = version == kGroupVersion
                            ? GroupChecksum(group, seed)
                            : Result<std::uint64_t>(Checksum(group.substr(kCovered), seed));
  if (checksum != header->checksum) return Damaged("group: its checksum is wrong");
  if (version > kGroupVersion || version < kFlatGroupVersion || flags != 0) return Newer("group");
  return header;
}

Result<std::vector<Entry>> DecodeGroup(std::string_view bytes, std::uint64_t salt,
                                       const KeyRing* keys) {
  const auto header = VerifyGroup(bytes, salt);
  if (!header) return std::unexpected(header.error());
  auto rest = bytes.substr(kGroupHeaderBytes, header->length - kGroupHeaderBytes);
  std::vector<Entry> entries;
  for (std::uint64_t i = 0; i < header->count; ++i) {
    const auto frame = TakeFrame(rest);
    if (!frame) return std::unexpected(frame.error());
    auto entry = DecodeFrame(*frame, header->first + i, keys);
    if (!entry) return std::unexpected(entry.error());
    entry->stamp = header->stamp;
    entries.push_back(*std::move(entry));
  }
  if (!rest.empty()) return Damaged("group: bytes behind its last frame");
  return entries;
}

void AppendFrame(std::string& out, const Envelope& envelope, std::string_view payload,
                 Sealing sealing) {
  thread_local std::string scratch;
  scratch.clear();
  const auto stored = Pack(envelope, payload, scratch);
  const bool asked = !envelope.request.empty();
  // Where there is nothing, there is nothing to hide.
  const bool room = sealing == Sealing::kLater && !payload.empty();
  const auto start = out.size();
  BinaryWriter writer(out);
  writer.U32(0);
  if (room) {
    writer.U8(asked ? kSealedAskedFrameVersion : kSealedFrameVersion);
    writer.U32(0);  // the key's number
  } else {
    writer.U8(asked ? kAskedFrameVersion : kFrameVersion);
  }
  writer.U8(static_cast<std::uint8_t>(stored.codec));
  writer.Varint(stored.dictionary);
  if (!room) writer.Varint(0);
  writer.Varint(payload.size());
  writer.U8(static_cast<std::uint8_t>(envelope.kind));
  writer.SignedVarint(envelope.received_at.time_since_epoch().count());
  for (const auto* text : {&envelope.merchant, &envelope.connection, &envelope.platform,
                           &envelope.dialect, &envelope.topic}) {
    writer.Text(*text);
  }
  if (asked) writer.Text(envelope.request);
  if (room) out.append(kSealNonceBytes, '\0');
  out.append(stored.bytes);
  if (room) out.append(kSealTagBytes, '\0');
  PutU32(out.data() + start, out.size() - start - kFrameLengthBytes);
  if (scratch.capacity() > kKeptScratch) std::string().swap(scratch);
}

Result<void> SealFrames(std::span<char> frames, std::uint64_t first, Instant stamp, KeyRing& keys,
                        SealNonces& nonces) {
  std::string_view rest(frames.data(), frames.size());
  for (auto offset = first; !rest.empty(); ++offset) {
    const auto frame = TakeFrame(rest);
    if (!frame) return std::unexpected(frame.error());
    const auto parts = ParseFrame(*frame);
    if (!parts) return std::unexpected(parts.error());
    if (!parts->has_room) continue;
    const auto key = keys.For(parts->texts[0], stamp);
    if (!key) return std::unexpected(key.error());
    char* const begin = frames.data() + (frame->data() - frames.data());
    PutU32(begin + kKeyAt, (*key)->number);
    const std::span<char> room(begin + parts->head.size(), parts->stored.size());
    nonces.Put(room);
    (*key)->key.Seal({PlaceOf(offset).view(), parts->head}, room);
  }
  return {};
}

Result<std::string_view> TakeFrame(std::string_view& rest) {
  BinaryReader reader(rest);
  const std::size_t length = reader.U32();
  if (!reader.ok() || length > reader.rest().size()) return Damaged("entry frame: cut short");
  const auto frame = reader.rest().substr(0, length);
  rest = reader.rest().substr(length);
  return frame;
}

Result<FrameParts> ParseFrame(std::string_view frame) {
  BinaryReader reader(frame);
  FrameParts parts;
  const auto version = reader.U8();
  if (version < kFrameVersion || version > kSealedAskedFrameVersion) {
    return reader.ok() ? Newer("entry") : Damaged("entry frame");
  }
  parts.has_room = version >= kSealedFrameVersion;
  if (parts.has_room) parts.key = reader.U32();
  parts.codec = reader.U8();
  parts.dictionary = reader.Varint();
  const auto unused = parts.has_room ? 0 : reader.Varint();
  parts.size = reader.Varint();
  parts.kind = reader.U8();
  parts.received_at = reader.SignedVarint();
  for (auto& text : parts.texts) text = reader.Text();
  const bool asked = version == kAskedFrameVersion || version == kSealedAskedFrameVersion;
  if (asked) parts.request = reader.Text();
  if (!reader.ok() || parts.size > kMaxPayloadBytes) return Damaged("entry frame");
  parts.stored = reader.rest();
  parts.head = frame.substr(0, frame.size() - parts.stored.size());
  if (parts.has_room && parts.stored.size() <= kSealOverhead) return Damaged("sealed payload");
  if (unused != 0) return Newer("sealed entry");
  return parts;
}

Result<Entry> DecodeFrame(std::string_view frame, std::uint64_t offset, const KeyRing* keys) {
  const auto parts = ParseFrame(frame);
  if (!parts) return std::unexpected(parts.error());
  Entry entry;
  entry.position.offset = offset;
  auto& envelope = entry.envelope;
  envelope.kind = static_cast<EntryKind>(parts->kind);
  if (Name(envelope.kind) == "unknown") return Newer("kind of entry");
  envelope.received_at = Instant(std::chrono::milliseconds(parts->received_at));
  auto text = parts->texts.begin();
  for (auto* target : {&envelope.merchant, &envelope.connection, &envelope.platform,
                       &envelope.dialect, &envelope.topic}) {
    *target = *text++;
  }
  envelope.request = parts->request;
  if (parts->has_room && IsErasedPayload(parts->stored)) {
    entry.erased = true;
    return entry;
  }
  thread_local std::string opened;
  auto stored = parts->stored;
  if (parts->has_room) {
    const auto* key = keys == nullptr ? nullptr : keys->Find(parts->key);
    if (key == nullptr) return NoKey(parts->key);
    if (!key->key.Unseal({PlaceOf(offset).view(), parts->head}, stored, opened)) {
      return Damaged("sealed payload: it does not open");
    }
    stored = opened;
  }
  auto payload = Unpack(parts->codec, parts->dictionary, parts->size, stored);
  if (opened.capacity() > kKeptScratch) std::string().swap(opened);
  if (!payload) return std::unexpected(payload.error());
  entry.payload = *std::move(payload);
  return entry;
}

bool IsErasedPayload(std::string_view stored) { return BinaryReader(stored).U64() == kErasedMark; }

Result<void> EraseStored(std::span<char> stored) {
  const auto seen = SeenOf({stored.data(), stored.size()});
  if (!seen) return std::unexpected(seen.error());
  const std::string zeros(stored.size() - kErasedHeaderBytes, '\0');
  std::string bytes;
  BinaryWriter writer(bytes);
  writer.U64(kErasedMark);
  writer.U64(*seen);
  writer.U64(Checksum(zeros, *seen));
  std::ranges::copy(bytes + zeros, stored.begin());
  return {};
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
