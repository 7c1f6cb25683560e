// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <set>
#include <thread>

#include "tests/storage/journal_fixture.hpp"

namespace weir::storage {
namespace {

constexpr int kThreads = 3;
constexpr int kCoroutines = 8;
constexpr int kAppends = 40;
constexpr std::uint64_t kTotal = std::uint64_t{kThreads} * kCoroutines * kAppends;

/// A journal on real files with a writer's thread of its own.
class JournalThreadTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ("weir_journal_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
    Open();
  }

  void TearDown() override {
    journal_.reset();
    std::filesystem::remove_all(folder_);
  }

  void Open() {
    journal_.reset();
    auto opened = Journal::Open(disk_, clock_,
                                {.folder = folder_.string(), .segment_bytes = 64 << 10}, &sink_);
    ASSERT_TRUE(opened) << opened.error().message;
    journal_ = *std::move(opened);
  }

  void StartWriter() {
    writer_ = std::jthread([this](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        journal_->WaitForWork();
        EXPECT_TRUE(journal_->Step());
      }
    });
  }

  void StopWriter() {
    writer_.request_stop();
    journal_->Wake();
    writer_.join();
  }

  SystemDisk disk_;
  SystemClock clock_;
  RecordingSink sink_;
  std::filesystem::path folder_;
  std::unique_ptr<Journal> journal_;
  std::jthread writer_;
};

/// Appends one after the other and notes where they went.
boost::asio::awaitable<void> AppendMany(Journal& journal, std::vector<std::uint64_t>& positions) {
  for (int i = 0; i < kAppends; ++i) {
    std::vector<NewEntry> entries;
    entries.push_back(MakeEntry(std::string(static_cast<std::size_t>(100 + i), 'x')));
    const auto thread = std::this_thread::get_id();
    const auto position = co_await journal.Append(std::move(entries));
    EXPECT_EQ(std::this_thread::get_id(), thread);
    EXPECT_TRUE(position);
    if (position) positions.push_back(position->offset);
  }
}

std::vector<std::uint64_t> RunNetworkThread(Journal& journal) {
  boost::asio::io_context io(1);
  std::vector<std::uint64_t> positions;
  for (int i = 0; i < kCoroutines; ++i) {
    boost::asio::co_spawn(io, AppendMany(journal, positions), boost::asio::detached);
  }
  io.run();
  return positions;
}

TEST_F(JournalThreadTest, ManyThreadsAppendWhileOneReads) {
  StartWriter();
  std::vector<std::vector<std::uint64_t>> positions(kThreads);
  std::uint64_t read = 0;
  {
    std::vector<std::jthread> threads;
    for (auto& mine : positions) {
      threads.emplace_back([&] { mine = RunNetworkThread(*journal_); });
    }
    threads.emplace_back([&] {
      auto reader = journal_->Read({.offset = 1}).value();
      while (read < kTotal) {
        const auto entry = reader->Next();
        ASSERT_TRUE(entry) << entry.error().message;
        if (*entry) {
          ASSERT_EQ((*entry)->position.offset, ++read);
        } else {
          std::this_thread::yield();
        }
      }
    });
  }
  StopWriter();
  std::set<std::uint64_t> all;
  for (const auto& mine : positions) {
    EXPECT_TRUE(std::ranges::is_sorted(mine)) << "resumed in the order of the journal";
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), kTotal);
  EXPECT_EQ(*all.rbegin(), kTotal);
  ASSERT_EQ(sink_.entries.size(), kTotal);
  for (std::uint64_t i = 0; i < kTotal; ++i) {
    ASSERT_EQ(sink_.entries[i].entry.position.offset, i + 1);
  }
}

TEST_F(JournalThreadTest, RealFilesAreFoundAgain) {
  StartWriter();
  RunNetworkThread(*journal_);
  StopWriter();
  const auto end = journal_->end();
  Open();
  EXPECT_EQ(journal_->end(), end);
  EXPECT_EQ(journal_->recovery().torn_bytes, 0U);
  auto reader = journal_->Read({.offset = end.offset}).value();
  EXPECT_TRUE(reader->Next().value());
  EXPECT_FALSE(reader->Next().value());
}

TEST_F(JournalThreadTest, SegmentsAreRemovedBesideTheWriter) {
  StartWriter();
  std::atomic<bool> done = false;
  {
    std::jthread remover([&] {
      while (!done) {
        const auto end = journal_->end();
        EXPECT_TRUE(journal_->RemoveSegments(end, Instant::max(), {end}));
        std::this_thread::yield();
      }
    });
    std::jthread network([&] {
      RunNetworkThread(*journal_);
      done = true;
    });
  }
  StopWriter();
  const auto end = journal_->end();
  Open();
  EXPECT_EQ(journal_->end(), end);
}

}  // namespace
}  // namespace weir::storage
