// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/callback_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "base/binary.hpp"
#include "storage/embedded/offload.hpp"
#include "storage/embedded/schema.hpp"

namespace weir::storage {

using boost::asio::awaitable;

namespace {

/// A step to a schema is never edited once released; a change is a new step at the end.
constexpr std::array kCallbackMigrations = {
    R"sql(
CREATE TABLE subscription (
  merchant TEXT NOT NULL, id TEXT NOT NULL, cursor INTEGER NOT NULL,
  disabled TEXT NOT NULL, disabled_at INTEGER, endpoint INTEGER NOT NULL,
  PRIMARY KEY (merchant, id)) WITHOUT ROWID;
CREATE TABLE callback (
  merchant TEXT NOT NULL, seq INTEGER NOT NULL, subscription TEXT NOT NULL,
  id TEXT NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL, status INTEGER NOT NULL,
  tries INTEGER NOT NULL, due_at INTEGER NOT NULL, attempts BLOB NOT NULL,
  PRIMARY KEY (merchant, seq, subscription)) WITHOUT ROWID;
CREATE INDEX callback_open ON callback (merchant, status, seq, subscription) WHERE status > 0;
CREATE INDEX callback_subject ON callback (merchant, subject, seq, subscription);
)sql",
    R"sql(
ALTER TABLE subscription DROP COLUMN disabled;
ALTER TABLE subscription DROP COLUMN disabled_at;
ALTER TABLE subscription DROP COLUMN endpoint;
)sql",
    // What endpoints had answered before it was sealed is not carried on.
    R"sql(
UPDATE callback SET attempts = x'';
)sql",
};

constexpr std::string_view kColumns =
    "seq, subscription, id, type, subject, status, tries, due_at, attempts";
/// Rows are trimmed so many changes at a time.
constexpr std::uint64_t kTrimStep = 4096;

SqliteConnection OpenFile(const SqliteVfs& vfs, const std::string& path) {
  vfs.FlushWal(path);
  SqliteConnection connection(vfs, path, SqliteConnection::Mode::kCreate);
  connection.Execute("PRAGMA page_size = 4096");
  connection.Execute("PRAGMA journal_mode = WAL");
  connection.Execute("PRAGMA synchronous = FULL");
  connection.Execute("PRAGMA wal_autocheckpoint = 1024");
  connection.Execute("PRAGMA journal_size_limit = 8388608");
  connection.Execute("PRAGMA cache_size = -4096");
  const auto version = connection.Number("PRAGMA user_version");
  const auto known = static_cast<std::int64_t>(kCallbackMigrations.size());
  if (version > known) {
    throw Failure(ErrorKind::kMalformed,
                  fmt::format("{} was made by a newer version of Weir (schema {}, this one knows "
                              "{}): start that version",
                              path, version, known));
  }
  for (auto step = version; step < known; ++step) {
    SqliteTransaction transaction(connection, SqliteTransaction::Kind::kWrite);
    connection.Execute(kCallbackMigrations[static_cast<std::size_t>(step)]);
    connection.Execute(fmt::format("PRAGMA user_version = {}", step + 1).c_str());
    transaction.Commit();
  }
  return connection;
}

void AppendAttempt(std::string& out, const CallbackAttempt& attempt) {
  BinaryWriter writer(out);
  writer.SignedVarint(PackTime(attempt.at));
  writer.SignedVarint(attempt.duration.count());
  writer.Varint(attempt.status);
  writer.Text(attempt.outcome);
  writer.Text(attempt.answer);
}

std::vector<CallbackAttempt> ReadAttempts(std::string_view bytes) {
  BinaryReader reader(bytes);
  std::vector<CallbackAttempt> attempts;
  while (reader.ok() && !reader.done()) {
    CallbackAttempt& attempt = attempts.emplace_back();
    attempt.at = UnpackTime(reader.SignedVarint());
    attempt.duration = std::chrono::milliseconds(reader.SignedVarint());
    attempt.status = static_cast<unsigned>(reader.Varint());
    attempt.outcome = reader.Text();
    attempt.answer = reader.Text();
  }
  if (!reader.ok()) throw Failure(ErrorKind::kMalformed, "a callback's attempts are cut short");
  return attempts;
}

/// A callback's attempts stand where its row does.
std::string IdOf(const std::string& merchant, const CallbackKey& key) {
  return merchant + "/" + key.subscription;
}

BlobPlace PlaceOf(const CallbackKey& key, const std::string& id) {
  return {.table = "callback", .key = static_cast<std::int64_t>(key.seq), .id = id};
}

std::vector<CallbackAttempt> UnpackAttempts(const KeyRing& keys, const std::string& merchant,
                                            const CallbackKey& key, std::string_view blob) {
  if (blob.empty()) return {};
  return ReadAttempts(UnpackText(keys, PlaceOf(key, IdOf(merchant, key)), blob));
}

std::string SelectPage(std::string_view where) {
  return fmt::format(
      "SELECT {} FROM callback WHERE merchant = ?1 AND {} (seq, subscription) < (?2, ?3) "
      "ORDER BY seq DESC, subscription DESC",
      kColumns, where);
}

}  // namespace

struct CallbackFile::Statements {
  explicit Statements(SqliteConnection& connection)
      : put_subscription(connection, "REPLACE INTO subscription VALUES (?1, ?2, ?3)"),
        drop_subscription(connection, "DELETE FROM subscription WHERE merchant = ?1 AND id = ?2"),
        drop_open(connection,
                  "DELETE FROM callback WHERE merchant = ?1 AND subscription = ?2 AND status > 0"),
        subscriptions(connection, "SELECT * FROM subscription ORDER BY merchant, id"),
        insert(connection,
               "INSERT OR IGNORE INTO callback VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
        update(connection,
               "UPDATE callback SET status = ?4, tries = ?5, due_at = ?6, attempts = ?7 "
               "WHERE merchant = ?1 AND seq = ?2 AND subscription = ?3"),
        attempts(connection,
                 "SELECT attempts FROM callback "
                 "WHERE merchant = ?1 AND seq = ?2 AND subscription = ?3"),
        trim(connection, "DELETE FROM callback WHERE merchant = ?1 AND seq <= ?2 AND status = 0"),
        pending(connection,
                "SELECT seq, subscription, id, type, subject, status, tries, due_at, x'' "
                "FROM callback WHERE merchant = ?1 AND status > 0 AND status = 1 AND "
                "subscription = ?2 "
                "ORDER BY seq"),
        all(connection, SelectPage("")),
        of_status(connection, SelectPage("status > 0 AND status = ?4 AND")),
        of_subject(connection, SelectPage("subject = ?4 AND")),
        one(connection, fmt::format("SELECT {} FROM callback WHERE merchant = ?1 AND seq = ?2 AND "
                                    "subscription = ?3",
                                    kColumns)) {}

  SqliteStatement put_subscription;
  SqliteStatement drop_subscription;
  SqliteStatement drop_open;
  SqliteStatement subscriptions;
  SqliteStatement insert;
  SqliteStatement update;
  SqliteStatement attempts;
  SqliteStatement trim;
  SqliteStatement pending;
  SqliteStatement all;
  SqliteStatement of_status;
  SqliteStatement of_subject;
  SqliteStatement one;
};

CallbackFile::CallbackFile(const SqliteVfs& vfs, const std::string& path, KeyRing& keys,
                           boost::asio::any_io_executor readers, CallbackFileOptions options)
    : readers_(std::move(readers)),
      options_(options),
      connection_(OpenFile(vfs, path)),
      keys_(keys),
      packer_(keys),
      statements_(std::make_unique<Statements>(connection_)) {}

Blob CallbackFile::PackAttempts(const CallbackRow& row, std::span<const CallbackAttempt> attempts) {
  if (attempts.empty()) return {};
  buffer_.clear();
  const auto excess = attempts.size() - std::min(attempts.size(), kAttemptsKept);
  for (const CallbackAttempt& attempt : attempts.subspan(excess)) AppendAttempt(buffer_, attempt);
  const auto id = IdOf(row.merchant, row.key);
  return packer_.Pack(PlaceOf(row.key, id), {.merchant = row.merchant, .at = attempts.back().at},
                      {}, buffer_);
}

CallbackRow CallbackFile::FromRow(const SqliteRows& rows, const std::string& merchant) const {
  CallbackRow row{.merchant = merchant,
                  .key = {.seq = rows.Uint(0), .subscription = std::string(rows.Text(1))},
                  .id = std::string(rows.Text(2)),
                  .type = std::string(rows.Text(3)),
                  .subject = std::string(rows.Text(4)),
                  .status = static_cast<CallbackStatus>(rows.Int(5)),
                  .tries = static_cast<std::uint32_t>(rows.Int(6)),
                  .due_at = UnpackTime(rows.Int(7)),
                  .attempts = {}};
  row.attempts = UnpackAttempts(keys_, merchant, row.key, rows.Bytes(8));
  return row;
}

CallbackFile::~CallbackFile() = default;

Result<std::unique_ptr<CallbackFile>> CallbackFile::Open(const SqliteVfs& vfs, std::string path,
                                                         KeyRing& keys,
                                                         boost::asio::any_io_executor readers,
                                                         CallbackFileOptions options) {
  auto opened = AtEdge([&] {
    return std::unique_ptr<CallbackFile>(
        new CallbackFile(vfs, path, keys, std::move(readers), options));
  });
  if (!opened && opened.error().kind == ErrorKind::kMalformed &&
      !opened.error().message.starts_with(path + " was made by")) {
    opened.error().message +=
        ": put " + path + " back from a backup, or remove it: every subscription then goes on " +
        "from the feed's end, and what was not delivered before has to be replayed";
  }
  return opened;
}

template <typename Work>
auto CallbackFile::OnReader(Work work) {
  return RunOn(readers_, [this, work = std::move(work)]() mutable {
    return AtEdge([&] {
      const std::lock_guard lock(mutex_);
      return work();
    });
  });
}

awaitable<Result<void>> CallbackFile::Write(CallbackBatch batch) {
  return OnReader([this, batch = std::move(batch)] { WriteNow(batch); });
}

void CallbackFile::WriteNow(const CallbackBatch& batch) {
  std::map<std::string, std::uint64_t> newest;
  SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kWrite);
  for (const SubscriptionRow& row : batch.subscriptions) {
    statements_->put_subscription.Run(std::string_view(row.merchant), std::string_view(row.id),
                                      row.cursor);
  }
  for (const CallbackRow& row : batch.callbacks) {
    Put(row);
    auto& seq = newest[row.merchant];
    seq = std::max(seq, row.key.seq);
  }
  for (const auto& [merchant, seq] : newest) Trim(merchant, seq);
  for (const SubscriptionKey& gone : batch.gone) {
    const std::string_view merchant(gone.merchant);
    statements_->drop_subscription.Run(merchant, std::string_view(gone.id));
    statements_->drop_open.Run(merchant, std::string_view(gone.id));
  }
  transaction.Commit();
}

void CallbackFile::Put(const CallbackRow& row) {
  const std::string_view merchant(row.merchant);
  const std::string_view subscription(row.key.subscription);
  statements_->insert.Run(merchant, row.key.seq, subscription, std::string_view(row.id),
                          std::string_view(row.type), std::string_view(row.subject),
                          static_cast<int>(row.status), row.tries, PackTime(row.due_at),
                          PackAttempts(row, row.attempts));
  if (sqlite3_changes(connection_.get()) > 0) return;
  std::vector<CallbackAttempt> attempts;
  {
    SqliteRows known(statements_->attempts, merchant, row.key.seq, subscription);
    if (known.Next()) attempts = UnpackAttempts(keys_, row.merchant, row.key, known.Bytes(0));
  }
  attempts.insert(attempts.end(), row.attempts.begin(), row.attempts.end());
  statements_->update.Run(merchant, row.key.seq, subscription, static_cast<int>(row.status),
                          row.tries, PackTime(row.due_at), PackAttempts(row, attempts));
}

void CallbackFile::Trim(const std::string& merchant, std::uint64_t newest) {
  if (newest <= options_.delivered_kept) return;
  const auto upto = newest - options_.delivered_kept;
  auto& trimmed = trimmed_[merchant];
  const auto step = std::min(kTrimStep, options_.delivered_kept);
  if (upto < trimmed + step) return;
  statements_->trim.Run(std::string_view(merchant), upto);
  trimmed = upto;
}

awaitable<Result<std::vector<SubscriptionRow>>> CallbackFile::Subscriptions() {
  return OnReader([this] {
    std::vector<SubscriptionRow> found;
    SqliteRows rows(statements_->subscriptions);
    while (rows.Next()) {
      auto& row = found.emplace_back();
      row.merchant = rows.Text(0);
      row.id = rows.Text(1);
      row.cursor = rows.Uint(2);
    }
    return found;
  });
}

awaitable<Result<std::vector<CallbackRow>>> CallbackFile::Pending(std::string merchant,
                                                                  std::string subscription) {
  return OnReader([this, merchant = std::move(merchant), subscription = std::move(subscription)] {
    std::vector<CallbackRow> found;
    SqliteRows rows(statements_->pending, std::string_view(merchant),
                    std::string_view(subscription));
    while (rows.Next()) found.push_back(FromRow(rows, merchant));
    return found;
  });
}

awaitable<Result<CallbackPage>> CallbackFile::List(CallbackQuery query) {
  return OnReader([this, query = std::move(query)] { return ListNow(query); });
}

CallbackPage CallbackFile::ListNow(const CallbackQuery& query) {
  CallbackPage page;
  std::size_t looked_at = 0;
  CallbackKey last;
  const auto read = [&](SqliteRows& rows) {
    while (rows.Next()) {
      CallbackRow row = FromRow(rows, query.merchant);
      const bool fits =
          (query.subscription.empty() || row.key.subscription == query.subscription) &&
          (query.subject.empty() || row.subject == query.subject) &&
          (!query.status || row.status == *query.status);
      const bool full = fits && page.callbacks.size() == query.limit;
      if (full || ++looked_at > options_.looked_at) {
        page.next = last;
        return;
      }
      last = row.key;
      if (fits) page.callbacks.push_back(std::move(row));
    }
  };
  const std::string_view merchant(query.merchant);
  const auto seq = query.before ? static_cast<std::int64_t>(query.before->seq) : INT64_MAX;
  const std::string_view before =
      query.before ? std::string_view(query.before->subscription) : std::string_view();
  if (!query.subject.empty()) {
    SqliteRows rows(statements_->of_subject, merchant, seq, before,
                    std::string_view(query.subject));
    read(rows);
  } else if (query.status && *query.status != CallbackStatus::kDelivered) {
    SqliteRows rows(statements_->of_status, merchant, seq, before, static_cast<int>(*query.status));
    read(rows);
  } else {
    SqliteRows rows(statements_->all, merchant, seq, before);
    read(rows);
  }
  return page;
}

awaitable<Result<std::optional<CallbackRow>>> CallbackFile::Get(std::string merchant,
                                                                CallbackKey key) {
  return OnReader(
      [this, merchant = std::move(merchant), key = std::move(key)]() -> std::optional<CallbackRow> {
        SqliteRows rows(statements_->one, std::string_view(merchant), key.seq,
                        std::string_view(key.subscription));
        if (!rows.Next()) return std::nullopt;
        return FromRow(rows, merchant);
      });
}

Result<void> CallbackFile::EraseAnswers(const std::string& merchant,
                                        const std::set<std::string>& subjects) {
  return AtEdge([&] {
    const std::lock_guard lock(mutex_);
    SqliteStatement find(
        connection_,
        fmt::format("SELECT {} FROM callback WHERE merchant = ?1 AND subject = ?2", kColumns));
    SqliteStatement overwrite(connection_,
                              "UPDATE callback SET attempts = ?4 "
                              "WHERE merchant = ?1 AND seq = ?2 AND subscription = ?3");
    SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kWrite);
    for (const std::string& subject : subjects) {
      std::vector<CallbackRow> found;
      SqliteRows rows(find, std::string_view(merchant), std::string_view(subject));
      while (rows.Next()) found.push_back(FromRow(rows, merchant));
      for (CallbackRow& row : found) {
        for (CallbackAttempt& attempt : row.attempts) attempt.answer.clear();
        overwrite.Run(std::string_view(merchant), row.key.seq,
                      std::string_view(row.key.subscription), PackAttempts(row, row.attempts));
      }
    }
    transaction.Commit();
  });
}

}  // namespace weir::storage
