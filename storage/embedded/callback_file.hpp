// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>

#include "storage/callback_log.hpp"
#include "storage/embedded/blobs.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/sqlite_vfs.hpp"

namespace weir::storage {

struct CallbackFileOptions {
  /// Delivered callbacks of a merchant's last so many changes are kept; open ones always are.
  std::uint64_t delivered_kept = 100'000;
  /// A filtered list looks at no more rows than this for one page.
  std::size_t looked_at = 20'000;
};

/// Where it lies in a data folder.
[[nodiscard]] inline std::string CallbackFilePath(const std::string& folder) {
  return folder + "/callbacks.db";
}

/// The callback log in a SQLite file of its own, apart from view.db: what is delivered does not
/// wait for the fold, nor the fold for it, and a view made anew does not forget what was sent. What
/// endpoints answered is sealed.
class CallbackFile final : public CallbackLog {
 public:
  /// Everything outlives the log; `readers` is where it blocks. kMalformed, with what to do, when
  /// the file is damaged or was made by a newer program.
  [[nodiscard]] static Result<std::unique_ptr<CallbackFile>> Open(
      const SqliteVfs& vfs, std::string path, KeyRing& keys, boost::asio::any_io_executor readers,
      CallbackFileOptions options = {});
  ~CallbackFile() override;

  boost::asio::awaitable<Result<void>> Write(CallbackBatch batch) override;
  boost::asio::awaitable<Result<std::vector<SubscriptionRow>>> Subscriptions() override;
  boost::asio::awaitable<Result<std::vector<CallbackRow>>> Pending(
      std::string merchant, std::string subscription) override;
  boost::asio::awaitable<Result<CallbackPage>> List(CallbackQuery query) override;
  boost::asio::awaitable<Result<std::optional<CallbackRow>>> Get(std::string merchant,
                                                                 CallbackKey key) override;

  /// Forgets what endpoints answered to callbacks about these; blocks.
  Result<void> EraseAnswers(const std::string& merchant, const std::set<std::string>& subjects);

 private:
  struct Statements;

  CallbackFile(const SqliteVfs& vfs, const std::string& path, KeyRing& keys,
               boost::asio::any_io_executor readers, CallbackFileOptions options);
  [[nodiscard]] Blob PackAttempts(const CallbackRow& row,
                                  std::span<const CallbackAttempt> attempts);
  [[nodiscard]] CallbackRow FromRow(const SqliteRows& rows, const std::string& merchant) const;
  void WriteNow(const CallbackBatch& batch);
  void Put(const CallbackRow& row);
  void Trim(const std::string& merchant, std::uint64_t newest);
  CallbackPage ListNow(const CallbackQuery& query);
  template <typename Work>
  auto OnReader(Work work);

  const boost::asio::any_io_executor readers_;
  const CallbackFileOptions options_;
  std::mutex mutex_;
  SqliteConnection connection_;
  const KeyRing& keys_;
  BlobPacker packer_;
  std::unique_ptr<Statements> statements_;
  std::map<std::string, std::uint64_t> trimmed_;  ///< By merchant: up to which seq.
  std::string buffer_;                            ///< Reused.
};

}  // namespace weir::storage
