// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "app/doctor/checks.hpp"
#include "base/timer.hpp"
#include "storage/embedded/embedded_storage.hpp"
#include "storage/key_ring.hpp"
#include "storage/segment_reader.hpp"

namespace weir::app::doctor {
namespace {

constexpr const char* kRestore =
    "stop the gateway and restore the folder from one backup (weir restore)";

/// Every group of a journal that may be being written: what stands before the last segment's end
/// must be sound.
Finding CheckSegments(Disk& disk, const std::string& folder) {
  const auto names = disk.List(folder);
  if (!names) return {.subject = "journal", .well = false, .detail = names.error().message};
  std::uint64_t last = 0;
  std::optional<Error> stopped;
  for (const std::string& name : *names) {
    const auto first = storage::ParseSegmentName(name);
    if (!first) continue;
    auto segment = storage::SegmentReader::Open(disk, fmt::format("{}/{}", folder, name), *first);
    if (!segment) {
      return {
          .subject = "journal", .well = false, .detail = segment.error().message + ": " + kRestore};
    }
    // A segment ends where the next one begins; an earlier end is a hole.
    if (stopped && segment->header().first > last + 1) {
      return {.subject = "journal", .well = false, .detail = stopped->message + ": " + kRestore};
    }
    last = *first - 1;
    while (segment->Load()) {
      const auto group = segment->Peek();
      if (!group) break;
      last += group->count;
      segment->Skip(*group);
    }
    stopped = Error{.message = fmt::format("{} is damaged at byte {}", name, segment->offset())};
  }
  return {.subject = "journal",
          .detail = fmt::format(
              "sound up to entry {}; the gateway is running, its view was not read", last)};
}

Finding CheckKeys(Disk& disk, const std::string& folder,
                  const storage::EncryptionKeys& encryption) {
  const auto keys = storage::KeyRing::Read(disk, folder, encryption);
  if (!keys) return {.subject = "encryption", .well = false, .detail = keys.error().message};
  std::string detail = fmt::format("{} data keys, all open", (*keys)->size());
  if ((*keys)->rewrapped()) {
    detail += " with encryption_key_previous; the next start wraps them anew";
  }
  if ((*keys)->beside_data()) {
    detail += fmt::format(
        " with {}, which lies beside the data: whoever copies the folder can read "
        "it; configure [storage] encryption_key",
        storage::KeyRing::kMadeKey);
  }
  return {.subject = "encryption", .detail = std::move(detail)};
}

Finding CheckEntries(storage::EmbeddedStorage& storage) {
  const auto reader = storage.journal().Read(storage.journal_begin());
  if (!reader) return {.subject = "journal", .well = false, .detail = reader.error().message};
  std::uint64_t entries = 0;
  while (true) {
    const auto entry = (*reader)->Next();
    if (!entry) {
      return {
          .subject = "journal", .well = false, .detail = entry.error().message + ": " + kRestore};
    }
    if (!*entry) {
      return {.subject = "journal", .detail = fmt::format("{} entries, all sound", entries)};
    }
    ++entries;
  }
}

}  // namespace

std::vector<Finding> CheckData(Disk& disk, const Clock& clock, const std::string& folder,
                               const storage::EncryptionKeys& encryption) {
  if (const auto there = disk.Exists(folder + "/journal"); !there || !*there) {
    return {{.subject = "journal", .detail = "none yet: the first start makes it"}};
  }
  std::optional<Finding> keys = CheckKeys(disk, folder, encryption);
  SystemTimer timer;
  boost::asio::thread_pool readers(1);
  storage::EmbeddedOptions options;
  options.folder = folder;
  options.encryption = encryption;
  options.readers = readers.get_executor();
  const auto storage =
      storage::EmbeddedStorage::Open(disk, clock, timer, std::move(options), nullptr);
  if (!storage) {
    if (storage.error().kind == ErrorKind::kConflict) {
      return {*std::move(keys), CheckSegments(disk, folder + "/journal")};
    }
    if (!keys->well) return {*std::move(keys)};
    return {{.subject = "start", .well = false, .detail = storage.error().message}};
  }
  std::vector<Finding> findings = {*std::move(keys), CheckEntries(**storage)};
  if (const auto left = disk.Exists(fmt::format("{}/{}", folder, storage::kErasureNote));
      left && *left) {
    findings.push_back({.subject = "erasure",
                        .well = false,
                        .detail = "one was cut off, and a customer may stand in some files still: "
                                  "stop the gateway and run weir erase again"});
  }
  if (auto verified = (*storage)->Verify(); !verified) {
    findings.push_back({.subject = "view",
                        .well = false,
                        .detail = verified.error().message +
                                  ": move view.db and view.db-wal away, the next start rebuilds it "
                                  "from the newest snapshot and the journal"});
  } else {
    findings.push_back(
        {.subject = "view", .detail = "sound, at " + (*storage)->view_position().ToText()});
  }
  return findings;
}

}  // namespace weir::app::doctor
