// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/opened_folder.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/clock.hpp"
#include "base/disk.hpp"
#include "base/instant.hpp"
#include "base/timer.hpp"
#include "storage/embedded/callback_file.hpp"
#include "storage/embedded/embedded_storage.hpp"
#include "storage/embedded/refusal_log.hpp"

namespace weir::e2e {
namespace {

constexpr const char* kMerchant = "demo";
constexpr std::size_t kAll = 1'000'000;

template <typename T>
T OrThrow(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

/// The folder, opened in this thread.
class Folder {
 public:
  explicit Folder(const std::string& path) : path_(path) {
    storage::EmbeddedOptions options;
    options.folder = path;
    options.readers = io_.get_executor();
    storage_ =
        OrThrow(storage::EmbeddedStorage::Open(disk_, clock_, timer_, std::move(options), nullptr));
  }

  std::vector<std::string> Lines() {
    Entries();
    View();
    Callbacks();
    Refusals();
    return std::move(lines_);
  }

 private:
  template <typename T>
  T Run(boost::asio::awaitable<Result<T>> task) {
    std::optional<Result<T>> done;
    boost::asio::co_spawn(io_, std::move(task),
                          [&done](std::exception_ptr thrown, Result<T> value) {
                            if (thrown) std::rethrow_exception(thrown);
                            done = std::move(value);
                          });
    io_.restart();
    io_.run();
    return OrThrow(*std::move(done));
  }

  void Entries() {
    const auto reader = OrThrow(storage_->journal().Read(storage_->journal_begin()));
    while (const auto entry = OrThrow(reader->Next())) {
      const auto& envelope = entry->envelope;
      // What this program notes of itself comes at a moment of its own.
      const bool ours = envelope.kind == storage::EntryKind::kRequest;
      lines_.push_back(fmt::format("entry {} {} {} {} {} {} {} {}", entry->position.ToText(),
                                   ours ? "" : ToRfc3339(entry->stamp), Name(envelope.kind),
                                   envelope.connection, envelope.topic, envelope.request,
                                   entry->erased ? "erased" : "", entry->payload));
    }
  }

  void View() {
    for (const auto kind : {storage::RecordKind::kOrder, storage::RecordKind::kStore,
                            storage::RecordKind::kSetting}) {
      for (const auto& row : Run(storage_->ReadAll(kind))) {
        lines_.push_back(fmt::format("record {} {} {} {} {}", row.id, row.version,
                                     row.published_seq, row.columns.status, row.state));
      }
    }
    for (const auto& change : Run(storage_->ReadChanges(kMerchant, 0, kAll, {})).changes) {
      lines_.push_back(fmt::format("change {} {} {} {} {} {}", change.seq, change.Id(), change.type,
                                   change.subject, change.version, change.data));
    }
  }

  void Callbacks() {
    const auto path = storage::CallbackFilePath(path_);
    if (!OrThrow(disk_.Exists(path))) return;
    const auto log = OrThrow(
        storage::CallbackFile::Open(storage_->vfs(), path, storage_->keys(), io_.get_executor()));
    for (const auto& row : Run(log->List({.merchant = kMerchant, .limit = kAll})).callbacks) {
      for (const auto& attempt : row.attempts) {
        lines_.push_back(fmt::format("callback {} {} {} {}", row.key.ToText(), row.subject,
                                     attempt.status, attempt.answer));
      }
    }
  }

  void Refusals() {
    const auto path = storage::RefusalFilePath(path_);
    if (!OrThrow(disk_.Exists(path))) return;
    const auto log = OrThrow(storage::RefusalLog::Open(storage_->vfs(), path, storage_->keys(),
                                                       clock_, io_.get_executor()));
    for (const auto& refusal : Run(log->List(kMerchant, "", std::nullopt, kAll))) {
      lines_.push_back(
          fmt::format("refusal {} {} {}", refusal.number, refusal.target, refusal.body));
    }
  }

  const std::string path_;
  SystemDisk disk_;
  SystemClock clock_;
  SystemTimer timer_;
  boost::asio::io_context io_{1};
  std::unique_ptr<storage::EmbeddedStorage> storage_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> OpenedFolder(const std::string& folder) { return Folder(folder).Lines(); }

}  // namespace weir::e2e
