// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "storage/entry.hpp"

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

/// Fills the first kGroupHeaderBytes of `group`, behind which the frames stand, and returns the
/// checksum. `length` and `checksum` of `header` are not looked at. `salt` is the checksum of the
/// segment's header: what a group looks like cannot be known outside, so no payload can pass for
/// one.
std::uint64_t SealGroup(std::string& group, const GroupHeader& header, std::uint64_t salt);

/// The bytes each group begins with.
[[nodiscard]] std::string GroupMagic();
/// The header at the beginning of `bytes`, checked for being possible, not for being true.
[[nodiscard]] Result<GroupHeader> DecodeGroupHeader(std::string_view bytes);
/// The header of the group that `bytes` begin with, after its checksum was found right.
[[nodiscard]] Result<GroupHeader> VerifyGroup(std::string_view bytes, std::uint64_t salt);
/// All entries of the group that `bytes` begin with.
[[nodiscard]] Result<std::vector<Entry>> DecodeGroup(std::string_view bytes,
                                                     std::uint64_t salt = 0);

/// Appends an entry's frame: envelope and payload, compressed with the platform's dictionary where
/// that makes it smaller.
void AppendFrame(std::string& out, const Envelope& envelope, std::string_view payload);
/// Cuts the next frame off `rest`.
[[nodiscard]] Result<std::string_view> TakeFrame(std::string_view& rest);
/// The entry of one frame, without position and stamp.
[[nodiscard]] Result<Entry> DecodeFrame(std::string_view frame);

/// "00000000000000000001.wj" and back.
[[nodiscard]] std::string SegmentName(std::uint64_t first);
[[nodiscard]] std::optional<std::uint64_t> ParseSegmentName(std::string_view name);

}  // namespace weir::storage
