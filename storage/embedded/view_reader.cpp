// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/view_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "storage/change_types.hpp"
#include "storage/embedded/list_statements.hpp"

namespace weir::storage {
namespace {

/// A read that filters stops after so many changes: it says how far it looked.
constexpr std::int64_t kMostLookedAt = 10'000;

constexpr auto kLastSeq = (1ULL << kSeqBits) - 1;

}  // namespace

ViewReader::ViewReader(SqliteConnection connection, const Words& words, const KeyRing& keys)
    : connection_(std::move(connection)),
      words_(words),
      keys_(keys),
      records_(connection_, words, keys),
      published_(connection_,
                 "SELECT published_seq, sorted_at FROM record WHERE family = ?1 AND id = ?2"),
      change_(connection_,
              "SELECT key, cause, ordinal, type, version, at, content FROM change WHERE key = ?1"),
      changes_(connection_,
               "SELECT key, cause, ordinal, type, version, at, content FROM change "
               "WHERE key BETWEEN ?1 AND ?2 ORDER BY key LIMIT ?3"),
      first_(connection_, "SELECT first FROM feed WHERE merchant = ?1"),
      alias_(connection_,
             "SELECT id FROM alias WHERE merchant = ?1 AND kind = ?2 AND key = ?3 "
             "ORDER BY id LIMIT ?4"),
      due_(connection_,
           "SELECT merchant, subject, due_at, cause, detail FROM work INDEXED BY work_due "
           "WHERE kind = ?1 AND due_at <= ?2 ORDER BY due_at LIMIT ?3"),
      next_due_(connection_,
                "SELECT due_at FROM work INDEXED BY work_due WHERE kind = ?1 "
                "ORDER BY due_at LIMIT 1"),
      work_(connection_,
            "SELECT due_at, cause, detail FROM work "
            "WHERE merchant = ?1 AND kind = ?2 AND subject = ?3"),
      quarantine_(connection_,
                  "SELECT position, connection, topic, reason, detail, at FROM quarantine "
                  "WHERE merchant = ?1 AND position < ?2 ORDER BY position DESC LIMIT ?3"),
      change_at_(connection_, "SELECT at FROM change WHERE key = ?1"),
      last_(connection_, "SELECT max(key) FROM change WHERE key <= ?1"),
      platforms_(connection_, "SELECT word FROM platform"),
      lists_{SqliteStatement(connection_, ListBySorted()),
             SqliteStatement(connection_, ListByStore()),
             SqliteStatement(connection_, ListByStatus()),
             SqliteStatement(connection_, ListByNumber()),
             SqliteStatement(connection_, ListById()),
             SqliteStatement(connection_, ListByIdOfNumber())},
      count_store_(connection_, CountByStore()),
      count_status_(connection_, CountByStatus()),
      next_group_(connection_, NextGroup()) {}

std::optional<RecordRow> ViewReader::Read(RecordKind kind, const std::string& merchant,
                                          const std::string& id) {
  return records_.Find(kind, merchant, id);
}

std::vector<RecordRow> ViewReader::ReadAll(RecordKind kind) {
  SqliteStatement next(connection_,
                       "SELECT family FROM record WHERE family >= ?1 ORDER BY family LIMIT 1");
  SqliteStatement all(
      connection_,
      fmt::format("SELECT {} FROM record WHERE family = ?1 ORDER BY id", RecordTable::kColumns));
  SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kRead);
  std::vector<RecordRow> found;
  Words::Number merchant = 0;
  while (true) {
    // From one merchant to the next without a look at the records between.
    SqliteRows families(next, Family(merchant, kind));
    if (!families.Next()) break;
    const auto family = families.Int(0);
    if ((family & 0xFF) != static_cast<std::int64_t>(kind)) {
      const bool passed = (family & 0xFF) > static_cast<std::int64_t>(kind);
      merchant = MerchantOfFamily(family) + (passed ? 1 : 0);
      continue;
    }
    SqliteRows rows(all, family);
    while (rows.Next()) found.push_back(RecordTable::FromRow(rows, words_, keys_));
    merchant = MerchantOfFamily(family) + 1;
  }
  std::ranges::sort(found, {}, [](const RecordRow& row) { return std::tie(row.merchant, row.id); });
  return found;
}

RecordPage ViewReader::ReadPage(std::uint64_t from, std::size_t limit) {
  constexpr int kKey = 14;  // Behind the columns of a record.
  SqliteStatement some(
      connection_, fmt::format("SELECT {}, key FROM record WHERE key > ?1 ORDER BY key LIMIT ?2",
                               RecordTable::kColumns));
  RecordPage page;
  SqliteRows rows(some, from, limit);
  while (rows.Next()) {
    page.records.push_back(RecordTable::FromRow(rows, words_, keys_));
    page.next = rows.Uint(kKey);
  }
  if (page.records.size() < limit) page.next = 0;
  return page;
}

std::optional<Published> ViewReader::ReadPublished(RecordKind kind, const std::string& merchant,
                                                   const std::string& id) {
  const auto number = words_.Find(merchant);
  if (!number) return std::nullopt;
  SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kRead);
  SqliteRows rows(published_, Family(*number, kind), std::string_view(id));
  if (!rows.Next() || rows.Int(0) == 0) return std::nullopt;
  Published found{.id = id, .seq = rows.Uint(0), .sorted_at = UnpackTime(rows.Int(1))};
  found.json = DataOf(ChangeKey(*number, found.seq), &found.version);
  return found;
}

std::string ViewReader::DataOf(std::int64_t change_key, std::uint64_t* version) {
  SqliteRows rows(change_, change_key);
  if (!rows.Next()) {
    throw Failure(ErrorKind::kInternal,
                  fmt::format("change {} of a record that shows it is gone", SeqOfKey(change_key)));
  }
  *version = rows.Uint(4);
  return UnpackContent(keys_, change_key, rows.Bytes(6)).data;
}

std::vector<std::string> ViewReader::FindAlias(const std::string& merchant, const std::string& kind,
                                               const std::string& key, std::size_t limit) {
  std::vector<std::string> ids;
  const auto merchant_number = words_.Find(merchant);
  const auto kind_number = words_.Find(kind);
  if (!merchant_number || !kind_number) return ids;
  SqliteRows rows(alias_, *merchant_number, *kind_number, std::string_view(key), limit);
  while (rows.Next()) ids.emplace_back(rows.Text(0));
  return ids;
}

ChangeRow ViewReader::ChangeOf(const SqliteRows& rows, const std::string& merchant) const {
  auto content = UnpackContent(keys_, rows.Int(0), rows.Bytes(6));
  return {.merchant = merchant,
          .seq = SeqOfKey(rows.Int(0)),
          .cause = {.offset = rows.Uint(1)},
          .ordinal = static_cast<std::uint32_t>(rows.Int(2)),
          .type = words_.Text(rows.Int(3)),
          .subject = std::move(content.subject),
          .version = rows.Uint(4),
          .at = UnpackTime(rows.Int(5)),
          .data = std::move(content.data)};
}

std::uint64_t ViewReader::FirstKept(Words::Number merchant) {
  SqliteRows rows(first_, merchant);
  return rows.Next() ? rows.Uint(0) : 1;
}

std::uint64_t ViewReader::LastSeq(Words::Number merchant) {
  SqliteRows rows(last_, ChangeKey(merchant, kLastSeq));
  const bool is_own = rows.Next() && MerchantOfKey(rows.Int(0)) == merchant;
  return is_own ? SeqOfKey(rows.Int(0)) : 0;
}

ChangesPage ViewReader::ReadChanges(const std::string& merchant, SeqRange range, std::size_t limit,
                                    const std::vector<std::string>& types) {
  ChangesPage page{.next = range.after};
  const auto number = words_.Find(merchant);
  if (!number || range.after >= kLastSeq) return page;
  SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kRead);
  page.first = FirstKept(*number);
  std::unordered_map<std::int64_t, bool> asked;
  const auto from = std::max(range.after + 1, page.first);
  const auto end = std::min<std::uint64_t>(range.end, kLastSeq);
  const auto most = types.empty() ? static_cast<std::int64_t>(limit) : kMostLookedAt;
  SqliteRows rows(changes_, ChangeKey(*number, from), ChangeKey(*number, end), most);
  while (page.changes.size() < limit && rows.Next()) {
    page.next = SeqOfKey(rows.Int(0));
    const auto [known, fresh] = asked.try_emplace(rows.Int(3), false);
    if (fresh) known->second = IsAskedFor(words_.Text(rows.Int(3)), types);
    if (known->second) page.changes.push_back(ChangeOf(rows, merchant));
  }
  return page;
}

std::vector<ChangeRow> ViewReader::ReadChangesAt(const std::string& merchant,
                                                 const std::vector<std::uint64_t>& seqs) {
  std::vector<ChangeRow> found;
  const auto number = words_.Find(merchant);
  if (!number) return found;
  auto wanted = seqs;
  std::ranges::sort(wanted);
  wanted.erase(std::ranges::unique(wanted).begin(), wanted.end());
  SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kRead);
  for (const auto seq : wanted) {
    if (seq >> kSeqBits != 0) break;
    SqliteRows rows(change_, ChangeKey(*number, seq));
    if (rows.Next()) found.push_back(ChangeOf(rows, merchant));
  }
  return found;
}

std::vector<WorkRow> ViewReader::DueWork(const std::string& kind, Instant until,
                                         std::size_t limit) {
  std::vector<WorkRow> due;
  const auto number = words_.Find(kind);
  if (!number) return due;
  SqliteRows rows(due_, *number, PackTime(until), limit);
  while (rows.Next()) {
    due.push_back({.merchant = words_.Text(rows.Int(0)),
                   .kind = kind,
                   .subject = std::string(rows.Text(1)),
                   .due_at = UnpackTime(rows.Int(2)),
                   .detail = std::string(rows.Text(4)),
                   .cause = {.offset = rows.Uint(3)}});
  }
  return due;
}

std::optional<Instant> ViewReader::NextDue(const std::string& kind) {
  const auto number = words_.Find(kind);
  if (!number) return std::nullopt;
  SqliteRows rows(next_due_, *number);
  if (!rows.Next()) return std::nullopt;
  return UnpackTime(rows.Int(0));
}

std::optional<WorkRow> ViewReader::FindWork(const WorkKey& key) {
  const auto merchant = words_.Find(key.merchant);
  const auto kind = words_.Find(key.kind);
  if (!merchant || !kind) return std::nullopt;
  SqliteRows rows(work_, *merchant, *kind, std::string_view(key.subject));
  if (!rows.Next()) return std::nullopt;
  return WorkRow{.merchant = key.merchant,
                 .kind = key.kind,
                 .subject = key.subject,
                 .due_at = UnpackTime(rows.Int(0)),
                 .detail = std::string(rows.Text(2)),
                 .cause = {.offset = rows.Uint(1)}};
}

std::vector<QuarantineRow> ViewReader::ListQuarantine(const std::string& merchant,
                                                      std::optional<Position> before,
                                                      std::size_t limit) {
  std::vector<QuarantineRow> found;
  const auto number = words_.Find(merchant);
  if (!number) return found;
  const auto end = before ? static_cast<std::int64_t>(before->offset) : INT64_MAX;
  SqliteRows rows(quarantine_, *number, end, limit);
  while (rows.Next()) {
    const Position position{.offset = rows.Uint(0)};
    const auto place = PlaceOfQuarantined(position);
    found.push_back({.merchant = merchant,
                     .position = position,
                     .connection = std::string(rows.Text(1)),
                     .topic = std::string(rows.Text(2)),
                     .reason = std::string(rows.Text(3)),
                     .detail = rows.IsBlob(4) ? UnpackText(keys_, place, rows.Bytes(4))
                                              : std::string(rows.Text(4)),
                     .at = UnpackTime(rows.Int(5))});
  }
  return found;
}

BlobPlace ViewReader::PlaceOfQuarantined(Position position) {
  return {.table = "quarantine", .key = static_cast<std::int64_t>(position.offset)};
}

std::set<Position> ViewReader::QuarantinedPositions() {
  SqliteStatement statement(connection_, "SELECT position FROM quarantine");
  SqliteRows rows(statement);
  std::set<Position> found;
  while (rows.Next()) found.insert({.offset = rows.Uint(0)});
  return found;
}

}  // namespace weir::storage
