// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "storage/embedded/blobs.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/sqlite_vfs.hpp"
#include "storage/refusals.hpp"

namespace weir::storage {

struct RefusalLimits {
  std::uint64_t rows = 1000;             ///< Per connection; the oldest go.
  std::uint64_t bytes = 8ULL << 20;      ///< Per connection, counted in whole pages of the file.
  std::uint64_t stored_per_second = 10;  ///< Per connection.
};

/// Where it lies in a data folder.
[[nodiscard]] inline std::string RefusalFilePath(const std::string& folder) {
  return folder + "/refusals.db";
}

/// Refusals in a SQLite file of their own: a ring per connection, so that however many bad pushes
/// come, the file stays small. What a request said is sealed. Stored ones may lose the last moments
/// in a power cut; so may the counters, which are written once a second.
class RefusalLog final : public Refusals {
 public:
  /// Everything outlives the log; `readers` is where it blocks. Throws nothing: kMalformed when the
  /// file is damaged (it may be removed).
  [[nodiscard]] static Result<std::unique_ptr<RefusalLog>> Open(
      const SqliteVfs& vfs, std::string path, KeyRing& keys, const Clock& clock,
      boost::asio::any_io_executor readers, RefusalLimits limits = {});
  /// Writes the counters.
  ~RefusalLog() override;

  boost::asio::awaitable<Result<bool>> Add(Refusal refusal) override;
  boost::asio::awaitable<Result<std::vector<Refusal>>> List(std::string merchant,
                                                            std::string connection,
                                                            std::optional<std::uint64_t> before,
                                                            std::size_t limit) override;
  boost::asio::awaitable<Result<std::optional<Refusal>>> Get(std::string merchant,
                                                             std::uint64_t number) override;
  std::vector<RefusalCount> Counts() const override;

  /// Removes these, if they are there; the counters stay. Blocks.
  Result<void> Remove(const std::set<std::uint64_t>& numbers);

  /// Writes counters that changed since they were last written; blocks.
  Result<void> Flush();

 private:
  using Source = std::pair<std::string, std::string>;  ///< merchant, connection
  using Counter = std::tuple<std::string, std::string, std::string>;
  struct Pace {
    std::chrono::nanoseconds since{0};
    std::uint64_t stored = 0;
  };
  struct Ring {
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
  };
  struct Statements;

  RefusalLog(const SqliteVfs& vfs, const std::string& path, KeyRing& keys, const Clock& clock,
             boost::asio::any_io_executor readers, RefusalLimits limits);
  void Load();
  /// Counts; says whether to store and whether the counters are due to be written.
  std::pair<bool, bool> Count(const Refusal& refusal);
  void Store(const Refusal& refusal);
  void Shrink(const Source& source, Ring& ring);
  void WriteCounters();
  [[nodiscard]] Refusal FromRow(const SqliteRows& rows) const;
  std::vector<Refusal> ListNow(const Source& source, std::int64_t before, std::size_t limit);

  const Clock& clock_;
  const boost::asio::any_io_executor readers_;
  const RefusalLimits limits_;

  mutable std::mutex count_mutex_;  ///< Short: counters and pace only.
  std::map<Counter, std::uint64_t> counts_;
  std::map<Counter, std::uint64_t> unwritten_;
  std::map<Source, Pace> paces_;
  std::chrono::nanoseconds written_at_{0};

  std::mutex file_mutex_;  ///< The connection and what mirrors its rows.
  SqliteConnection connection_;
  const KeyRing& keys_;
  BlobPacker packer_;
  std::unique_ptr<Statements> statements_;
  std::map<Source, Ring> rings_;
  std::uint64_t last_number_ = 0;
};

}  // namespace weir::storage
