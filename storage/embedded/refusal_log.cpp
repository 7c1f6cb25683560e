// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/refusal_log.hpp"

#include <algorithm>

#include "base/binary.hpp"

#include "storage/embedded/offload.hpp"
#include "storage/embedded/schema.hpp"

namespace weir::storage {

using boost::asio::awaitable;

namespace {

constexpr std::uint64_t kPageBytes = 4096;
/// A row's words, numbers and bookkeeping.
constexpr std::uint64_t kRowBytes = 256;
/// Stands in the topic's column of a row whose packed request has headers.
constexpr std::string_view kWithHeaders = "headers";
/// A request above this share of the ring would push out too many others.
constexpr std::uint64_t kLargestShare = 4;

constexpr const char* kSchema = R"sql(
CREATE TABLE IF NOT EXISTS refusal (
  number INTEGER PRIMARY KEY, merchant TEXT NOT NULL, connection TEXT NOT NULL,
  topic TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL, method TEXT NOT NULL,
  target TEXT NOT NULL, body BLOB NOT NULL, remote TEXT NOT NULL, bytes INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS refusal_source ON refusal (merchant, connection, number);
CREATE INDEX IF NOT EXISTS refusal_merchant ON refusal (merchant, number);
CREATE TABLE IF NOT EXISTS counter (
  merchant TEXT NOT NULL, connection TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (merchant, connection, reason)) WITHOUT ROWID;
)sql";

/// What a row costs, so that the sum bounds the file: a large row fills pages of its own.
std::uint64_t CostOf(const Refusal& refusal) {
  const auto size = refusal.target.size() + refusal.body.size() + refusal.topic.size() + kRowBytes;
  return (size + kPageBytes - 1) / kPageBytes * kPageBytes;
}

SqliteConnection OpenFile(const SqliteVfs& vfs, const std::string& path) {
  SqliteConnection connection(vfs, path, SqliteConnection::Mode::kCreate);
  connection.Execute("PRAGMA page_size = 4096");
  connection.Execute("PRAGMA journal_mode = WAL");
  connection.Execute("PRAGMA synchronous = NORMAL");
  connection.Execute("PRAGMA wal_autocheckpoint = 64");
  connection.Execute("PRAGMA journal_size_limit = 524288");
  connection.Execute("PRAGMA cache_size = -512");
  connection.Execute(kSchema);
  return connection;
}

BlobPlace PlaceOf(std::uint64_t number) {
  return {.table = "refusal", .key = static_cast<std::int64_t>(number)};
}

/// What the sender said, in one text; its own columns stay empty.
std::string RequestOf(const Refusal& refusal) {
  std::string text;
  BinaryWriter writer(text);
  for (const auto* said : {&refusal.topic, &refusal.target, &refusal.remote}) writer.Text(*said);
  if (!refusal.headers.empty()) writer.Varint(refusal.headers.size());
  for (const auto& [name, value] : refusal.headers) {
    writer.Text(name);
    writer.Text(value);
  }
  return text.append(refusal.body);
}

void ReadHeaders(BinaryReader& reader, Refusal& refusal) {
  const std::size_t count = reader.Count();
  for (std::size_t i = 0; i < count && reader.ok(); ++i) {
    std::string name(reader.Text());
    refusal.headers.emplace_back(std::move(name), reader.Text());
  }
}

Refusal UnsealedFromRow(const SqliteRows& rows) {
  return {.number = rows.Uint(0),
          .merchant = std::string(rows.Text(1)),
          .connection = std::string(rows.Text(2)),
          .topic = std::string(rows.Text(3)),
          .at = UnpackTime(rows.Int(4)),
          .reason = std::string(rows.Text(5)),
          .method = std::string(rows.Text(6)),
          .target = std::string(rows.Text(7)),
          .body = std::string(rows.Bytes(8)),
          .remote = std::string(rows.Text(9))};
}

}  // namespace

struct RefusalLog::Statements {
  explicit Statements(SqliteConnection& connection)
      : insert(connection,
               "INSERT INTO refusal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"),
        oldest(connection,
               "SELECT number, bytes FROM refusal WHERE merchant = ?1 AND connection = ?2 "
               "ORDER BY number LIMIT 1"),
        remove(connection, "DELETE FROM refusal WHERE number = ?1"),
        of_source(connection,
                  "SELECT * FROM refusal WHERE merchant = ?1 AND connection = ?2 AND number < ?3 "
                  "ORDER BY number DESC LIMIT ?4"),
        of_merchant(connection,
                    "SELECT * FROM refusal WHERE merchant = ?1 AND number < ?2 "
                    "ORDER BY number DESC LIMIT ?3"),
        one(connection, "SELECT * FROM refusal WHERE number = ?1 AND merchant = ?2"),
        count(connection, "REPLACE INTO counter VALUES (?1, ?2, ?3, ?4)") {}

  SqliteStatement insert;
  SqliteStatement oldest;
  SqliteStatement remove;
  SqliteStatement of_source;
  SqliteStatement of_merchant;
  SqliteStatement one;
  SqliteStatement count;
};

RefusalLog::RefusalLog(const SqliteVfs& vfs, const std::string& path, KeyRing& keys,
                       const Clock& clock, boost::asio::any_io_executor readers,
                       RefusalLimits limits)
    : clock_(clock),
      readers_(std::move(readers)),
      limits_(limits),
      written_at_(clock.Monotonic()),
      connection_(OpenFile(vfs, path)),
      keys_(keys),
      packer_(keys),
      statements_(std::make_unique<Statements>(connection_)) {
  Load();
}

RefusalLog::~RefusalLog() { static_cast<void>(Flush()); }

Result<std::unique_ptr<RefusalLog>> RefusalLog::Open(const SqliteVfs& vfs, std::string path,
                                                     KeyRing& keys, const Clock& clock,
                                                     boost::asio::any_io_executor readers,
                                                     RefusalLimits limits) {
  auto opened = AtEdge([&] {
    return std::unique_ptr<RefusalLog>(
        new RefusalLog(vfs, path, keys, clock, std::move(readers), limits));
  });
  if (!opened && opened.error().kind == ErrorKind::kMalformed) {
    opened.error().message += ": remove " + path + "; only the list of refused pushes is lost";
  }
  return opened;
}

void RefusalLog::Load() {
  SqliteStatement rings(connection_,
                        "SELECT merchant, connection, count(*), sum(bytes), max(number) "
                        "FROM refusal GROUP BY merchant, connection");
  SqliteRows kept(rings);
  while (kept.Next()) {
    rings_[{std::string(kept.Text(0)), std::string(kept.Text(1))}] = {.rows = kept.Uint(2),
                                                                      .bytes = kept.Uint(3)};
    last_number_ = std::max(last_number_, kept.Uint(4));
  }
  SqliteStatement counters(connection_, "SELECT merchant, connection, reason, count FROM counter");
  SqliteRows counted(counters);
  while (counted.Next()) {
    counts_[{std::string(counted.Text(0)), std::string(counted.Text(1)),
             std::string(counted.Text(2))}] = counted.Uint(3);
  }
}

std::pair<bool, bool> RefusalLog::Count(const Refusal& refusal) {
  constexpr std::chrono::seconds kSecond{1};
  const auto now = clock_.Monotonic();
  const std::lock_guard lock(count_mutex_);
  const Counter counter{refusal.merchant, refusal.connection, refusal.reason};
  unwritten_[counter] = ++counts_[counter];
  const bool flush = now - written_at_ >= kSecond;
  if (flush) written_at_ = now;
  if (CostOf(refusal) > limits_.bytes / kLargestShare) return {false, flush};
  const auto [found, fresh] = paces_.try_emplace({refusal.merchant, refusal.connection});
  auto& pace = found->second;
  if (fresh || now - pace.since >= kSecond) pace = {.since = now};
  const bool store = pace.stored < limits_.stored_per_second;
  if (store) ++pace.stored;
  return {store, flush};
}

awaitable<Result<bool>> RefusalLog::Add(Refusal refusal) {
  const auto [store, flush] = Count(refusal);
  if (!store && !flush) co_return false;
  co_return co_await RunOn(readers_, [this, store, flush, refusal = std::move(refusal)] {
    return AtEdge([&] {
      const std::lock_guard lock(file_mutex_);
      if (store) Store(refusal);
      if (flush) WriteCounters();
      return store;
    });
  });
}

void RefusalLog::Store(const Refusal& refusal) {
  const Source source{refusal.merchant, refusal.connection};
  const auto cost = CostOf(refusal);
  SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kWrite);
  const std::string_view none;
  const std::string_view layout = refusal.headers.empty() ? none : kWithHeaders;
  const auto request =
      packer_.Pack(PlaceOf(last_number_ + 1), {.merchant = refusal.merchant, .at = refusal.at}, {},
                   RequestOf(refusal));
  statements_->insert.Run(last_number_ + 1, std::string_view(refusal.merchant),
                          std::string_view(refusal.connection), layout, PackTime(refusal.at),
                          std::string_view(refusal.reason), std::string_view(refusal.method), none,
                          request, none, cost);
  auto ring = rings_[source];
  ++ring.rows;
  ring.bytes += cost;
  Shrink(source, ring);
  transaction.Commit();
  ++last_number_;
  rings_[source] = ring;
}

void RefusalLog::Shrink(const Source& source, Ring& ring) {
  while (ring.rows > limits_.rows || ring.bytes > limits_.bytes) {
    std::int64_t number = 0;
    std::uint64_t cost = 0;
    {
      SqliteRows rows(statements_->oldest, std::string_view(source.first),
                      std::string_view(source.second));
      if (!rows.Next()) return;
      number = rows.Int(0);
      cost = rows.Uint(1);
    }
    statements_->remove.Run(number);
    --ring.rows;
    ring.bytes -= cost;
  }
}

void RefusalLog::WriteCounters() {
  std::map<Counter, std::uint64_t> due;
  {
    const std::lock_guard lock(count_mutex_);
    due.swap(unwritten_);
  }
  if (due.empty()) return;
  try {
    SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kWrite);
    for (const auto& [counter, count] : due) {
      const auto& [merchant, connection, reason] = counter;
      statements_->count.Run(std::string_view(merchant), std::string_view(connection),
                             std::string_view(reason), count);
    }
    transaction.Commit();
  } catch (const SqliteError&) {
    const std::lock_guard lock(count_mutex_);
    unwritten_.merge(due);  // keeps what was counted meanwhile
    throw;
  }
}

Result<void> RefusalLog::Remove(const std::set<std::uint64_t>& numbers) {
  return AtEdge([&] {
    const std::lock_guard lock(file_mutex_);
    SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kWrite);
    for (const auto number : numbers) statements_->remove.Run(number);
    transaction.Commit();
    rings_.clear();
    Load();
  });
}

Result<void> RefusalLog::Flush() {
  return AtEdge([&] {
    const std::lock_guard lock(file_mutex_);
    WriteCounters();
  });
}

Refusal RefusalLog::FromRow(const SqliteRows& rows) const {
  auto refusal = UnsealedFromRow(rows);
  // Every request has a target; rows of earlier versions still show it.
  if (!refusal.target.empty()) return refusal;
  const auto text = UnpackText(keys_, PlaceOf(refusal.number), refusal.body);
  BinaryReader reader(text);
  const bool with_headers = refusal.topic == kWithHeaders;
  for (auto* said : {&refusal.topic, &refusal.target, &refusal.remote}) *said = reader.Text();
  if (with_headers) ReadHeaders(reader, refusal);
  if (!reader.ok()) throw Failure(ErrorKind::kMalformed, "a refusal is cut short");
  refusal.body = reader.rest();
  return refusal;
}

std::vector<Refusal> RefusalLog::ListNow(const Source& source, std::int64_t before,
                                         std::size_t limit) {
  const std::lock_guard lock(file_mutex_);
  std::vector<Refusal> found;
  const auto read = [&](SqliteRows& rows) {
    while (rows.Next()) found.push_back(FromRow(rows));
  };
  if (source.second.empty()) {
    SqliteRows rows(statements_->of_merchant, std::string_view(source.first), before, limit);
    read(rows);
  } else {
    SqliteRows rows(statements_->of_source, std::string_view(source.first),
                    std::string_view(source.second), before, limit);
    read(rows);
  }
  return found;
}

awaitable<Result<std::vector<Refusal>>> RefusalLog::List(std::string merchant,
                                                         std::string connection,
                                                         std::optional<std::uint64_t> before,
                                                         std::size_t limit) {
  const auto end =
      before ? static_cast<std::int64_t>(std::min<std::uint64_t>(*before, INT64_MAX)) : INT64_MAX;
  return RunOn(readers_,
               [this, end, limit, source = Source{std::move(merchant), std::move(connection)}] {
                 return AtEdge([&] { return ListNow(source, end, limit); });
               });
}

awaitable<Result<std::optional<Refusal>>> RefusalLog::Get(std::string merchant,
                                                          std::uint64_t number) {
  return RunOn(readers_, [this, number, merchant = std::move(merchant)] {
    return AtEdge([&]() -> std::optional<Refusal> {
      const std::lock_guard lock(file_mutex_);
      SqliteRows rows(statements_->one, number, std::string_view(merchant));
      if (!rows.Next()) return std::nullopt;
      return FromRow(rows);
    });
  });
}

std::vector<RefusalCount> RefusalLog::Counts() const {
  const std::lock_guard lock(count_mutex_);
  std::vector<RefusalCount> counts;
  for (const auto& [counter, count] : counts_) {
    const auto& [merchant, connection, reason] = counter;
    counts.push_back(
        {.merchant = merchant, .connection = connection, .reason = reason, .count = count});
  }
  return counts;
}

}  // namespace weir::storage
