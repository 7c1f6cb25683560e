// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/view_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "storage/embedded/view_reader.hpp"

namespace weir::storage {
ViewWriter::ViewWriter(SqliteConnection connection, Words& words, KeyRing& keys)
    : connection_(std::move(connection)),
      words_(words),
      keys_(keys),
      packer_(keys),
      saved_words_(words.size()),
      records_(connection_, words, keys),
      writer_(connection_, packer_),
      add_word_(connection_, "INSERT INTO word VALUES (?1, ?2)"),
      add_platform_(connection_, "INSERT OR IGNORE INTO platform VALUES (?1)"),
      insert_change_(connection_, "INSERT INTO change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
      remove_change_(connection_, "DELETE FROM change WHERE key = ?1"),
      oldest_changes_(connection_,
                      "SELECT key, at, content FROM change WHERE key BETWEEN ?1 AND ?2 "
                      "ORDER BY key LIMIT ?3"),
      set_first_(connection_,
                 "INSERT INTO feed VALUES (?1, ?2) "
                 "ON CONFLICT (merchant) DO UPDATE SET first = excluded.first"),
      put_work_(connection_, "REPLACE INTO work VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
      remove_work_(connection_,
                   "DELETE FROM work WHERE merchant = ?1 AND kind = ?2 AND subject = ?3"),
      put_alias_(connection_, "INSERT OR IGNORE INTO alias VALUES (?1, ?2, ?3, ?4)"),
      remove_alias_(connection_,
                    "DELETE FROM alias WHERE merchant = ?1 AND kind = ?2 AND key = ?3 AND id = ?4"),
      put_quarantine_(connection_, "REPLACE INTO quarantine VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
      release_(connection_, "DELETE FROM quarantine WHERE position = ?1"),
      set_meta_(connection_, "UPDATE meta SET position = ?1, fold_version = ?2") {
  LoadMeta();
  LoadFeeds();
}

void ViewWriter::LoadMeta() {
  SqliteStatement statement(connection_, "SELECT position, fold_version, fence FROM meta");
  SqliteRows rows(statement);
  if (!rows.Next()) throw Failure(ErrorKind::kMalformed, "the view's meta row is missing");
  position_.offset = rows.Uint(0);
  fold_version_ = static_cast<std::uint32_t>(rows.Int(1));
  fence_ = rows.Uint(2);
}

void ViewWriter::LoadFeeds() {
  SqliteStatement next(connection_, "SELECT key FROM change WHERE key > ?1 ORDER BY key LIMIT 1");
  SqliteStatement last(connection_, "SELECT max(key) FROM change WHERE key < ?1");
  SqliteStatement firsts(connection_, "SELECT merchant, first FROM feed");
  std::int64_t after = 0;
  while (true) {
    SqliteRows found(next, after);
    if (!found.Next()) break;
    const auto merchant = MerchantOfKey(found.Int(0));
    after = ChangeKey(merchant + 1, 0);
    SqliteRows end(last, after);
    if (end.Next()) feeds_[merchant].last = SeqOfKey(end.Int(0));
  }
  SqliteRows rows(firsts);
  while (rows.Next()) feeds_[rows.Int(0)].first = rows.Uint(1);
}

ViewWriter::FeedEnds ViewWriter::Ends() const {
  FeedEnds ends;
  for (const auto& [merchant, feed] : feeds_) ends.emplace_back(words_.Text(merchant), feed.last);
  return ends;
}

Fence ViewWriter::AcquireLease() {
  SqliteStatement raise(connection_, "UPDATE meta SET fence = fence + 1");
  raise.Run();
  return {.number = ++fence_};
}

std::optional<RecordRow> ViewWriter::Load(RecordKind kind, const std::string& merchant,
                                          const std::string& id) {
  return records_.Find(kind, merchant, id);
}

void ViewWriter::Check(Fence fence, Position expected, const Batch& batch) const {
  if (fence.number != fence_) {
    throw Failure(ErrorKind::kConflict, "the shard's lease has gone to a later holder");
  }
  if (expected != position_) {
    throw Failure(ErrorKind::kConflict, fmt::format("the view stands at {}, not at {}",
                                                    position_.ToText(), expected.ToText()));
  }
  if (batch.through.shard != expected.shard || batch.through < expected) {
    throw Failure(ErrorKind::kInternal, "a batch must not lead backwards");
  }
}

ViewWriter::FeedEnds ViewWriter::Apply(Fence fence, Position expected, const Batch& batch) {
  Check(fence, expected, batch);
  grown_.clear();
  SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kWrite);
  for (const auto& row : batch.puts) Put(row);
  for (const auto& change : batch.changes) Publish(change);
  PutWork(batch);
  PutAliases(batch);
  PutQuarantine(batch);
  return Commit(transaction, batch);
}

ViewWriter::FeedEnds ViewWriter::Commit(SqliteTransaction& transaction, const Batch& batch) {
  // What a transaction that failed did not save is saved by the next: it may be in use.
  const auto known_words = words_.size();
  for (auto number = saved_words_ + 1; number <= known_words; ++number) {
    const auto text = words_.Text(static_cast<Words::Number>(number));
    add_word_.Run(number, std::string_view(text));
  }
  for (const auto platform : new_platforms_) add_platform_.Run(platform);
  const auto version = batch.fold_version.value_or(fold_version_);
  set_meta_.Run(batch.through.offset, version);
  FeedEnds ends;
  for (const auto& [merchant, last] : grown_) ends.emplace_back(words_.Text(merchant), last);
  transaction.Commit();
  saved_words_ = known_words;
  platforms_.merge(new_platforms_);
  new_platforms_.clear();
  position_ = batch.through;
  fold_version_ = version;
  for (const auto& [merchant, last] : grown_) feeds_[merchant].last = last;
  return ends;
}

Words::Number ViewWriter::Intern(std::string_view text) {
  const auto known = words_.FindOwn(text);
  return known ? *known : words_.Add(text);
}

ViewWriter::Feed ViewWriter::FeedOf(Words::Number merchant) const {
  const auto found = feeds_.find(merchant);
  return found == feeds_.end() ? Feed{} : found->second;
}

void ViewWriter::Put(const RecordRow& row) {
  const auto& columns = row.columns;
  const RecordWriter::RowWords row_words{.merchant = Intern(row.merchant),
                                         .store = Intern(columns.store),
                                         .platform = Intern(columns.platform),
                                         .connection = Intern(columns.connection),
                                         .status = Intern(columns.status)};
  if (!platforms_.contains(row_words.platform)) new_platforms_.insert(row_words.platform);
  const auto shown = writer_.Put(row, row_words);
  // A change that the feed passed by stayed for this record only.
  const bool outlived = shown != row.published_seq && shown < FeedOf(row_words.merchant).first;
  if (outlived) remove_change_.Run(ChangeKey(row_words.merchant, shown));
}

void ViewWriter::Publish(const ChangeRow& change) {
  const auto merchant = Intern(change.merchant);
  const auto [grown, fresh] = grown_.try_emplace(merchant, FeedOf(merchant).last);
  if (change.seq != grown->second + 1) {
    throw Failure(ErrorKind::kInternal,
                  fmt::format("change {} does not follow change {}", change.seq, grown->second));
  }
  grown->second = change.seq;
  const auto key = ChangeKey(merchant, change.seq);
  insert_change_.Run(key, change.cause.offset, change.ordinal, Intern(change.type), change.version,
                     PackTime(change.at), PackContent(packer_, key, change, text_));
}

void ViewWriter::PutWork(const WorkRow& work) {
  put_work_.Run(Intern(work.merchant), Intern(work.kind), std::string_view(work.subject),
                PackTime(work.due_at), work.cause.offset, std::string_view(work.detail));
}

void ViewWriter::PutWork(const Batch& batch) {
  for (const auto& work : batch.works) PutWork(work);
  for (const auto& done : batch.works_done) {
    remove_work_.Run(Intern(done.merchant), Intern(done.kind), std::string_view(done.subject));
  }
}

void ViewWriter::PutAliases(const Batch& batch) {
  for (const auto& alias : batch.aliases) {
    put_alias_.Run(Intern(alias.merchant), Intern(alias.kind), std::string_view(alias.key),
                   std::string_view(alias.id));
  }
  for (const auto& alias : batch.aliases_gone) {
    remove_alias_.Run(Intern(alias.merchant), Intern(alias.kind), std::string_view(alias.key),
                      std::string_view(alias.id));
  }
}

void ViewWriter::PutQuarantine(const Batch& batch) {
  for (const auto& row : batch.quarantined) {
    const auto detail = packer_.Pack(ViewReader::PlaceOfQuarantined(row.position),
                                     {.merchant = row.merchant, .at = row.at}, {}, row.detail);
    put_quarantine_.Run(row.position.offset, Intern(row.merchant), std::string_view(row.connection),
                        std::string_view(row.topic), std::string_view(row.reason), detail,
                        PackTime(row.at));
  }
  for (const auto& position : batch.released) release_.Run(position.offset);
}

bool ViewWriter::Shown(std::int64_t change_key, std::string_view content) {
  const auto subject = UnpackContent(keys_, change_key, content).subject;
  SqliteStatement statement(connection_,
                            "SELECT 1 FROM record WHERE family = ?1 AND id = ?2 AND "
                            "published_seq = ?3");
  for (const auto kind : kPublishedKinds) {
    SqliteRows rows(statement, Family(MerchantOfKey(change_key), kind), std::string_view(subject),
                    SeqOfKey(change_key));
    if (rows.Next()) return true;
  }
  return false;
}

std::uint64_t ViewWriter::CutFeed(const std::string& merchant, const Expiry& expiry,
                                  std::uint64_t limit) {
  const auto number = words_.FindOwn(merchant);
  if (!number) return 0;
  const auto feed = FeedOf(*number);
  // The last change always stays: it tells where the numbers go on.
  const auto stay = std::max<std::uint64_t>(expiry.keep_least, 1);
  if (feed.last < stay || feed.last - stay < feed.first) return 0;
  const auto upper = feed.last - stay;
  auto first = feed.first;
  std::vector<std::int64_t> expired;
  {
    SqliteRows rows(oldest_changes_, ChangeKey(*number, first), ChangeKey(*number, upper), limit);
    while (rows.Next() && UnpackTime(rows.Int(1)) < expiry.before) {
      first = SeqOfKey(rows.Int(0)) + 1;
      if (!Shown(rows.Int(0), rows.Bytes(2))) expired.push_back(rows.Int(0));
    }
  }
  if (first == feed.first) return 0;
  SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kWrite);
  for (const auto key : expired) remove_change_.Run(key);
  set_first_.Run(*number, first);
  transaction.Commit();
  feeds_[*number].first = first;
  return first - feed.first;
}

void ViewWriter::Overwrite(const Erasure& erasure) {
  SqliteStatement overwrite(connection_, "UPDATE change SET content = ?2 WHERE key = ?1");
  SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kWrite);
  for (const auto& row : erasure.records) Put(row);
  for (const auto& change : erasure.changes) {
    const auto key = ChangeKey(Intern(change.merchant), change.seq);
    overwrite.Run(key, PackContent(packer_, key, change, text_));
  }
  for (const auto& work : erasure.works) PutWork(work);
  transaction.Commit();
}

}  // namespace weir::storage
