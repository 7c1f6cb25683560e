// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/memory/memory_storage.hpp"

namespace weir::gateway::testing {

/// Storage in memory that a test can let forget or fail.
class TamperedStorage final : public storage::Storage {
 public:
  TamperedStorage(const Clock& clock, Timer& timer) : inner_(clock, timer, nullptr) {}

  std::uint64_t first_entry = 1;   ///< Entries before it are gone.
  std::uint64_t first_change = 1;  ///< Changes before it are gone.
  bool broken = false;             ///< Every read fails.

  template <typename T>
  using Answer = boost::asio::awaitable<Result<T>>;

  Answer<storage::Position> Append(std::vector<storage::NewEntry> entries) override {
    return inner_.Append(std::move(entries));
  }
  Answer<std::vector<storage::Entry>> Scan(storage::Position from, std::size_t max_entries,
                                           std::size_t max_bytes) override {
    if (broken) return Fault<std::vector<storage::Entry>>();
    if (from.offset < first_entry) return Gone();
    return inner_.Scan(from, max_entries, max_bytes);
  }
  storage::Position journal_begin() const override { return {.offset = first_entry}; }
  storage::Position journal_end() const override { return inner_.journal_end(); }
  storage::Position published_at_open() const override { return {}; }

  Answer<storage::Fence> AcquireLease(std::uint32_t shard) override {
    return inner_.AcquireLease(shard);
  }
  Answer<void> Apply(storage::Fence fence, storage::Position expected,
                     storage::Batch batch) override {
    return inner_.Apply(fence, expected, std::move(batch));
  }
  Answer<std::optional<storage::RecordRow>> Load(storage::RecordKind kind, std::string merchant,
                                                 std::string id) override {
    return Read(kind, std::move(merchant), std::move(id));
  }
  Answer<void> Checkpoint() override { return inner_.Checkpoint(); }

  storage::Position view_position() const override { return inner_.view_position(); }
  std::uint32_t fold_version() const override { return inner_.fold_version(); }
  Answer<std::optional<storage::RecordRow>> Read(storage::RecordKind kind, std::string merchant,
                                                 std::string id) override {
    if (broken) return Fault<std::optional<storage::RecordRow>>();
    return inner_.Read(kind, std::move(merchant), std::move(id));
  }
  Answer<std::vector<storage::RecordRow>> ReadAll(storage::RecordKind kind) override {
    return inner_.ReadAll(kind);
  }
  Answer<storage::RecordPage> ReadPage(std::uint64_t from, std::size_t limit) override {
    return inner_.ReadPage(from, limit);
  }
  Answer<std::optional<storage::Published>> ReadPublished(storage::RecordKind kind,
                                                          std::string merchant,
                                                          std::string id) override {
    if (broken) return Fault<std::optional<storage::Published>>();
    return inner_.ReadPublished(kind, std::move(merchant), std::move(id));
  }
  Answer<storage::ListPage> List(storage::ListQuery query) override {
    if (broken) return Fault<storage::ListPage>();
    return inner_.List(std::move(query));
  }
  Answer<std::vector<std::string>> FindAlias(std::string merchant, std::string kind,
                                             std::string key, std::size_t limit) override {
    return inner_.FindAlias(std::move(merchant), std::move(kind), std::move(key), limit);
  }
  Answer<storage::ChangesPage> ReadChanges(std::string merchant, std::uint64_t after,
                                           std::size_t limit,
                                           std::vector<std::string> types) override {
    if (broken) co_return co_await Fault<storage::ChangesPage>();
    auto page = co_await inner_.ReadChanges(std::move(merchant), after, limit, std::move(types));
    page->first = first_change;
    co_return page;
  }
  Answer<std::vector<storage::ChangeRow>> ReadChangesAt(std::string merchant,
                                                        std::vector<std::uint64_t> seqs) override {
    std::erase_if(seqs, [this](std::uint64_t seq) { return seq < first_change; });
    return inner_.ReadChangesAt(std::move(merchant), std::move(seqs));
  }
  std::uint64_t FeedEnd(const std::string& merchant) const override {
    return inner_.FeedEnd(merchant);
  }
  boost::asio::awaitable<void> WaitBeyond(std::string merchant, std::uint64_t seq,
                                          std::chrono::milliseconds timeout) override {
    return inner_.WaitBeyond(std::move(merchant), seq, timeout);
  }
  Answer<std::vector<storage::WorkRow>> DueWork(std::string kind, Instant until,
                                                std::size_t limit) override {
    return inner_.DueWork(std::move(kind), until, limit);
  }
  Answer<std::optional<Instant>> NextDue(std::string kind) override {
    return inner_.NextDue(std::move(kind));
  }
  Answer<std::optional<storage::WorkRow>> FindWork(storage::WorkKey key) override {
    return inner_.FindWork(std::move(key));
  }
  Answer<std::vector<storage::QuarantineRow>> ListQuarantine(
      std::string merchant, std::optional<storage::Position> before, std::size_t limit) override {
    if (broken) return Fault<std::vector<storage::QuarantineRow>>();
    return inner_.ListQuarantine(std::move(merchant), before, limit);
  }

 private:
  template <typename T>
  static Answer<T> Fault() {
    co_return Fail(ErrorKind::kInternal, "the disk at /secret/path is gone");
  }
  static Answer<std::vector<storage::Entry>> Gone() {
    co_return Fail(ErrorKind::kNotFound, "journal entry is not kept here");
  }

  storage::MemoryStorage inner_;
};

}  // namespace weir::gateway::testing
