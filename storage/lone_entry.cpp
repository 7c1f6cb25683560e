// SPDX-License-Identifier: Apache-2.0
#include "storage/lone_entry.hpp"

#include <fmt/format.h>

#include <span>
#include <utility>

#include "base/text.hpp"
#include "base/whole_file.hpp"
#include "storage/journal_format.hpp"

namespace weir::storage {
namespace {

constexpr std::string_view kSuffix = ".entry";

Result<std::string> EncodeLone(const Entry& entry, KeyRing* keys) {
  std::string group(kGroupHeaderBytes, '\0');
  AppendFrame(group, entry.envelope, entry.payload,
              keys == nullptr ? Sealing::kNone : Sealing::kLater);
  if (keys != nullptr) {
    auto nonces = keys->MakeNonces();
    const auto frames = std::span(group).subspan(kGroupHeaderBytes);
    auto sealed = SealFrames(frames, entry.position.offset, entry.stamp, *keys, nonces);
    if (!sealed) return std::unexpected(sealed.error());
  }
  CloseGroup(group, {.count = 1, .first = entry.position.offset, .stamp = entry.stamp}, 0);
  return group;
}

}  // namespace

std::string LoneEntryPath(const std::string& folder, std::uint64_t offset) {
  return fmt::format("{}/{:020}{}", folder, offset, kSuffix);
}

std::optional<std::uint64_t> LoneEntryOffset(std::string_view name) {
  if (!name.ends_with(kSuffix)) return std::nullopt;
  return ParseUint(name.substr(0, name.size() - kSuffix.size()));
}

Result<void> WriteLoneEntry(Disk& disk, const std::string& folder, const Entry& entry,
                            KeyRing* keys) {
  const auto bytes = EncodeLone(entry, keys);
  if (!bytes) return std::unexpected(bytes.error());
  return ReplaceWhole(disk, LoneEntryPath(folder, entry.position.offset), *bytes);
}

Result<Entry> ReadLoneEntry(Disk& disk, const std::string& path, Position position,
                            const KeyRing* keys) {
  const auto bytes = ReadWhole(disk, path, kMaxGroupBytes);
  if (!bytes) return std::unexpected(bytes.error());
  auto entries = DecodeGroup(*bytes, 0, keys);
  if (!entries) return Fail(entries.error().kind, path + ": " + entries.error().message);
  if (entries->size() != 1 || entries->front().position != position) {
    return Fail(ErrorKind::kMalformed, path + ": holds another entry");
  }
  return std::move(entries->front());
}

}  // namespace weir::storage
