// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/fake_time.hpp"
#include "base/memory_disk.hpp"
#include "storage/journal.hpp"

namespace weir::storage {

inline NewEntry MakeEntry(std::string payload) {
  return {.envelope = {.kind = EntryKind::kPush,
                       .merchant = "demo",
                       .connection = "mt-main",
                       .platform = "meituan",
                       .dialect = "form",
                       .topic = "order/paid",
                       .received_at = Instant(std::chrono::milliseconds(1'700'000'000'123))},
          .payload = std::move(payload)};
}

/// Keeps what it is handed.
class RecordingSink final : public EntrySink {
 public:
  void OnDurable(std::vector<DurableEntry> group) override {
    for (auto& entry : group) entries.push_back(std::move(entry));
  }
  std::vector<DurableEntry> entries;
};

using Answer = std::shared_ptr<std::optional<Result<Position>>>;

/// A journal on a disk in memory, driven step by step by the test's own thread.
class JournalRig {
 public:
  static constexpr const char* kFolder = "data/journal";

  [[nodiscard]] Result<void> TryOpen() {
    journal.reset();
    auto opened = Journal::Open(disk, clock, options, &sink);
    if (!opened) return std::unexpected(opened.error());
    journal = *std::move(opened);
    return {};
  }

  void Open() {
    const auto opened = TryOpen();
    ASSERT_TRUE(opened) << opened.error().message;
  }

  /// Begins an append; the answer is filled when it comes.
  Answer Begin(std::vector<NewEntry> entries) {
    auto answer = std::make_shared<std::optional<Result<Position>>>();
    boost::asio::co_spawn(io, journal->Append(std::move(entries)),
                          [answer](const std::exception_ptr& thrown, Result<Position> position) {
                            if (!thrown) *answer = std::move(position);
                          });
    Poll();
    return answer;
  }

  Answer Begin(std::string payload) {
    std::vector<NewEntry> entries;
    entries.push_back(MakeEntry(std::move(payload)));
    return Begin(std::move(entries));
  }

  /// Appends one entry in a group of its own.
  Result<Position> Append(std::string payload) {
    const auto answer = Begin(std::move(payload));
    std::ignore = journal->Step();
    Poll();
    return answer->value_or(Fail(ErrorKind::kInternal, "no answer"));
  }

  void Poll() {
    io.restart();
    io.poll();
  }

  [[nodiscard]] Result<std::vector<Entry>> TryReadAll(std::uint64_t from = 1) const {
    if (journal == nullptr) return Fail(ErrorKind::kInternal, "the journal is not open");
    auto reader = journal->Read({.offset = from});
    if (!reader) return std::unexpected(reader.error());
    std::vector<Entry> entries;
    for (;;) {
      auto entry = (*reader)->Next();
      if (!entry) return std::unexpected(entry.error());
      if (!*entry) return entries;
      entries.push_back(**std::move(entry));
    }
  }

  [[nodiscard]] std::vector<std::string> Payloads(std::uint64_t from = 1) const {
    std::vector<std::string> payloads;
    const auto entries = TryReadAll(from);
    if (!entries) return {"error: " + entries.error().message};
    for (const auto& entry : *entries) payloads.push_back(entry.payload);
    return payloads;
  }

  /// Segment files, oldest first.
  [[nodiscard]] std::vector<std::string> Segments() const {
    std::vector<std::string> paths;
    const auto names = disk.List(kFolder);
    if (!names) return paths;
    for (const auto& name : *names) {
      if (name.ends_with(".wj")) paths.push_back(std::string(kFolder) + "/" + name);
    }
    return paths;
  }

  MemoryDisk disk;
  FakeClock clock;
  JournalOptions options{.folder = kFolder, .segment_bytes = 16 << 10};
  RecordingSink sink;
  boost::asio::io_context io;
  std::unique_ptr<Journal> journal;
};

class JournalFixture : public ::testing::Test, protected JournalRig {};

}  // namespace weir::storage
