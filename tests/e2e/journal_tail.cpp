// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/journal_tail.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/disk.hpp"
#include "storage/journal_format.hpp"
#include "storage/segment_reader.hpp"

namespace weir::e2e {
namespace {

namespace fs = std::filesystem;

std::vector<std::uint64_t> SegmentsIn(const std::string& folder) {
  std::vector<std::uint64_t> firsts;
  for (const auto& file : fs::directory_iterator(folder)) {
    const auto first = storage::ParseSegmentName(file.path().filename().string());
    if (first) firsts.push_back(*first);
  }
  std::ranges::sort(firsts, std::greater());
  return firsts;
}

/// The tail of one segment; nullopt when it holds no group.
std::optional<JournalTail> TailOf(const std::string& path, std::uint64_t first,
                                  const storage::KeyRing& keys,
                                  const std::function<bool(const storage::Entry&)>& known) {
  SystemDisk disk;
  auto reader = storage::SegmentReader::Open(disk, path, first);
  // A segment whose making was cut off.
  if (!reader) return std::nullopt;
  JournalTail tail{.path = path,
                   .kept = storage::kGroupsBegin,
                   .used = storage::kGroupsBegin,
                   .size = fs::file_size(path)};
  while (const auto bytes = reader->Load()) {
    const auto header = storage::DecodeGroupHeader(*bytes);
    const auto entries = storage::DecodeGroup(*bytes, reader->header().checksum, &keys);
    if (!header || !entries) break;
    reader->Skip(*header);
    tail.used = reader->offset();
    tail.last = header->first + header->count - 1;
    if (std::ranges::any_of(*entries, known)) tail.kept = tail.used;
  }
  if (tail.used == storage::kGroupsBegin) return std::nullopt;
  return tail;
}

}  // namespace

JournalTail FindTail(const std::string& data_folder,
                     const std::function<bool(const storage::Entry&)>& known) {
  const std::string journal_folder = data_folder + "/journal";
  SystemDisk disk;
  const auto keys = storage::KeyRing::Read(disk, data_folder, {}).value();
  for (const std::uint64_t first : SegmentsIn(journal_folder)) {
    const std::string path = journal_folder + "/" + storage::SegmentName(first);
    if (auto tail = TailOf(path, first, *keys, known)) return std::move(*tail);
  }
  throw std::runtime_error("no group in " + journal_folder);
}

void CutTail(const JournalTail& tail, std::uint64_t at, const std::string& garbage) {
  fs::resize_file(tail.path, at);
  std::fstream file(tail.path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(at));
  file.write(garbage.data(), static_cast<std::streamsize>(garbage.size()));
  file.close();
  fs::resize_file(tail.path, std::max<std::uint64_t>(tail.size, at + garbage.size()));
}

}  // namespace weir::e2e
