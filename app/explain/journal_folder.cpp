// SPDX-License-Identifier: Apache-2.0
#include "app/explain/journal_folder.hpp"

#include <fmt/format.h>

#include <utility>

#include "storage/journal_format.hpp"
#include "storage/journal_reader.hpp"

namespace weir::app::explain {

Result<JournalFolder> JournalFolder::Open(Disk& disk, const std::string& folder,
                                          std::shared_ptr<storage::KeyRing> keys) {
  const auto names = disk.List(folder);
  if (!names) return std::unexpected(names.error());
  auto segments = std::make_shared<storage::SegmentList>(disk, folder, std::move(keys));
  for (const std::string& name : *names) {
    if (const auto first = storage::ParseSegmentName(name)) segments->Add({.first = *first});
  }
  return JournalFolder(std::move(segments));
}

Result<storage::Entry> JournalFolder::Read(storage::Position position) const {
  if (position.shard != 0 || position.offset == 0) {
    return Fail(ErrorKind::kNotFound, "no journal has an entry " + position.ToText());
  }
  // What lies before the entry is older than it, hence written; the reader looks no further.
  segments_->set_end(position.offset);
  auto entry = storage::FileJournalReader(segments_, position.offset).Next();
  if (!entry && entry.error().kind == ErrorKind::kMalformed) {
    return Fail(ErrorKind::kNotFound,
                fmt::format("entry {} is not in the journal, or is damaged: {}", position.ToText(),
                            entry.error().message));
  }
  if (!entry) return std::unexpected(entry.error());
  return std::move(**entry);
}

}  // namespace weir::app::explain
