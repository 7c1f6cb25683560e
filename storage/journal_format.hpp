// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "storage/entry.hpp"
#include "storage/key_ring.hpp"

/// The journal's bytes, as storage/README.md describes them: pure functions. Whatever is decoded
/// may be damaged or hostile; the answer then is kMalformed, or kRejected for sound bytes that a
/// newer version of the program wrote.
namespace weir::storage {

/// Groups begin here, so that the header's block is never written again.
inline constexpr std::uint64_t kGroupsBegin = 4096;
inline constexpr std::size_t kSegmentHeaderBytes = 72;
inline constexpr std::size_t kGroupHeaderBytes = 64;
/// No group is longer; the writer stays far below.
inline constexpr std::uint64_t kMaxGroupBytes = 1ULL << 30;
inline constexpr std::size_t kMaxPayloadBytes = 64U << 20;
inline constexpr std::size_t kMaxEnvelopeText = 255;
/// Envelope::request is JSON that holds a few of such texts.
inline constexpr std::size_t kMaxRequestText = 4096;

/// The beginning of a segment file.
struct SegmentHeader {
  std::uint32_t shard = 0;
  std::uint64_t first = 0;           ///< Position of its first entry; also its name.
  std::uint64_t previous_first = 0;  ///< The segment before, so that a missing one is noticed.
  std::uint64_t chain = 0;           ///< Checksum of the last group before it; 0 at the very start.
  Instant last_stamp{};              ///< Of that group.
  std::uint64_t published = 0;       ///< The watermark when the segment was made.
  Instant created_at{};
  std::uint64_t checksum = 0;  ///< Set by decoding.
  std::uint32_t version = 0;   ///< Set by decoding: 1 where nothing in it is sealed.
};

[[nodiscard]] std::string EncodeSegmentHeader(const SegmentHeader& header);
[[nodiscard]] Result<SegmentHeader> DecodeSegmentHeader(std::string_view bytes);

/// What stands before the frames of a group.
struct GroupHeader {
  std::uint64_t length = 0;  ///< Of the whole group, in bytes.
  std::uint64_t count = 0;   ///< Entries, at least 1.
  std::uint64_t first = 0;   ///< Position of the first.
  Instant stamp{};
  std::uint64_t published = 0;
  std::uint64_t chain = 0;  ///< Checksum of the group before.
  std::uint64_t checksum = 0;
};

/// Fills the first kGroupHeaderBytes of `group`, behind which the frames stand, sealed where they
/// have to be, and returns the checksum. `length` and `checksum` of `header` are not looked at.
/// `salt` is the checksum of the segment's header: what a group looks like cannot be known outside,
/// so no payload can pass for one.
std::uint64_t CloseGroup(std::string& group, const GroupHeader& header, std::uint64_t salt);

/// The bytes each group begins with.
[[nodiscard]] std::string GroupMagic();
/// The header at the beginning of `bytes`, checked for being possible, not for being true.
[[nodiscard]] Result<GroupHeader> DecodeGroupHeader(std::string_view bytes);
/// The header of the group that `bytes` begin with, after its checksum was found right.
[[nodiscard]] Result<GroupHeader> VerifyGroup(std::string_view bytes, std::uint64_t salt);
/// All entries of the group that `bytes` begin with. `keys` may be null where nothing is sealed.
[[nodiscard]] Result<std::vector<Entry>> DecodeGroup(std::string_view bytes, std::uint64_t salt = 0,
                                                     const KeyRing* keys = nullptr);

enum class Sealing { kNone, kLater /**< Leaves room for SealFrames. */ };
/// Appends an entry's frame: envelope and payload, compressed with the platform's dictionary where
/// that makes it smaller.
void AppendFrame(std::string& out, const Envelope& envelope, std::string_view payload,
                 Sealing sealing = Sealing::kNone);
/// Seals in place what AppendFrame left room for, as entries from `first` on of that moment. Fails
/// only where a key is needed that cannot be made; then some frames are sealed and some are not.
[[nodiscard]] Result<void> SealFrames(std::span<char> frames, std::uint64_t first, Instant stamp,
                                      KeyRing& keys, SealNonces& nonces);
/// Cuts the next frame off `rest`.
[[nodiscard]] Result<std::string_view> TakeFrame(std::string_view& rest);

/// A frame taken apart, nothing copied; the rest of its envelope is read by DecodeFrame.
struct FrameParts {
  std::uint8_t codec = 0;
  std::uint64_t dictionary = 0;
  bool has_room = false;   ///< Its payload is sealed, or about to be.
  std::uint32_t key = 0;   ///< The data key's number; 0 where nothing is sealed.
  std::uint64_t size = 0;  ///< Of the payload, unpacked.
  std::uint8_t kind = 0;
  std::int64_t received_at = 0;
  std::array<std::string_view, 5> texts;  ///< Merchant, connection, platform, dialect, topic.
  std::string_view request;
  std::string_view head;    ///< All that stands before the payload.
  std::string_view stored;  ///< The payload as it is stored.
};
[[nodiscard]] Result<FrameParts> ParseFrame(std::string_view frame);
/// The entry of one frame, without its stamp; of an erased one without what is left to say of it.
[[nodiscard]] Result<Entry> DecodeFrame(std::string_view frame, std::uint64_t offset = 0,
                                        const KeyRing* keys = nullptr);

/// Overwrites `stored`, a sealed payload (FrameParts::has_room), with the mark of one that was
/// erased; the group's checksum stays right.
[[nodiscard]] Result<void> EraseStored(std::span<char> stored);
/// Whether that was done to a sealed payload.
[[nodiscard]] bool IsErasedPayload(std::string_view stored);

/// "00000000000000000001.wj" and back.
[[nodiscard]] std::string SegmentName(std::uint64_t first);
[[nodiscard]] std::optional<std::uint64_t> ParseSegmentName(std::string_view name);

}  // namespace weir::storage
