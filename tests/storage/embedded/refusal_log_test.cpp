// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/refusal_log.hpp"

#include <gmock/gmock.h>

#include "base/memory_disk.hpp"
#include "tests/storage/contract/storage_world.hpp"

namespace weir::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class RefusalLogTest : public testing::Test {
 protected:
  void SetUp() override { Open(); }

  void Open(RefusalLimits limits = {}) {
    log.reset();
    auto opened = RefusalLog::Open(vfs, "refusals.db", *keys, clock, io.get_executor(), limits);
    ASSERT_TRUE(opened) << opened.error().message;
    log = std::move(*opened);
  }

  template <typename T>
  T Run(boost::asio::awaitable<T> task) {
    std::optional<T> answer;
    boost::asio::co_spawn(io, std::move(task), [&](const std::exception_ptr& thrown, T value) {
      if (thrown) std::rethrow_exception(thrown);
      answer = std::move(value);
    });
    io.restart();
    io.run();
    return std::move(answer.value());
  }

  static Refusal Push(std::string body = "x=1", std::string connection = "mt-main") {
    return {.merchant = "demo",
            .connection = std::move(connection),
            .topic = "order/paid",
            .at = At(9),
            .reason = "bad_signature",
            .method = "POST",
            .target = "/hooks/mt-main/order/paid?a=b",
            .body = std::move(body),
            .remote = "192.0.2.1"};
  }

  bool Add(Refusal refusal) { return Run(log->Add(std::move(refusal))).value(); }

  /// Adds one after the other, slowly enough for each to be stored.
  void AddMany(int count, std::size_t bytes) {
    for (int i = 0; i < count; ++i) {
      clock.Advance(std::chrono::milliseconds(101));
      ASSERT_TRUE(Add(Push(std::string(bytes, static_cast<char>('a' + i % 26)))));
    }
  }

  std::vector<std::uint64_t> Numbers(const std::string& connection,
                                     std::optional<std::uint64_t> before = {},
                                     std::size_t limit = 10'000) {
    std::vector<std::uint64_t> numbers;
    for (const auto& one : Run(log->List("demo", connection, before, limit)).value()) {
      numbers.push_back(one.number);
    }
    return numbers;
  }

  std::uint64_t FileBytes() {
    std::uint64_t bytes = 0;
    for (const auto* name : {"refusals.db", "refusals.db-wal"}) {
      if (const auto file = disk.ReadAll(name)) bytes += file->size();
    }
    return bytes;
  }

  MemoryDisk disk;
  SystemRandom random;
  std::shared_ptr<KeyRing> keys = KeyRing::Open(disk, random, ".", {}).value();
  SqliteVfs vfs{disk};
  FakeClock clock;
  boost::asio::io_context io;
  std::unique_ptr<RefusalLog> log;
};

TEST_F(RefusalLogTest, ARefusalComesBackAsItCame) {
  const auto body = std::string("raw\0bytes", 9);
  ASSERT_TRUE(Add(Push(body)));
  const auto found = Run(log->Get("demo", 1)).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->number, 1);
  EXPECT_EQ(found->merchant, "demo");
  EXPECT_EQ(found->connection, "mt-main");
  EXPECT_EQ(found->topic, "order/paid");
  EXPECT_EQ(found->at, At(9));
  EXPECT_EQ(found->reason, "bad_signature");
  EXPECT_EQ(found->method, "POST");
  EXPECT_EQ(found->target, "/hooks/mt-main/order/paid?a=b");
  EXPECT_EQ(found->body, body);
  EXPECT_EQ(found->remote, "192.0.2.1");
}

TEST_F(RefusalLogTest, TheSignaturesHeadersComeBackWithIt) {
  auto refusal = Push();
  refusal.headers = {{"X-Signature", "abc"}, {"Msg-Id", "7"}};
  ASSERT_TRUE(Add(refusal));
  const auto found = Run(log->Get("demo", 1)).value();
  EXPECT_EQ(found->headers, refusal.headers);
  EXPECT_EQ(found->topic, refusal.topic);
  EXPECT_EQ(found->body, refusal.body);
}

TEST_F(RefusalLogTest, AnothersRefusalIsNotShown) {
  ASSERT_TRUE(Add(Push()));
  EXPECT_FALSE(Run(log->Get("other", 1)).value());
  EXPECT_THAT(Run(log->List("other", "mt-main", {}, 10)).value(), IsEmpty());
}

TEST_F(RefusalLogTest, ListsRunNewestFirst) {
  ASSERT_TRUE(Add(Push()));
  ASSERT_TRUE(Add(Push("b", "mt-two")));
  ASSERT_TRUE(Add(Push()));
  EXPECT_THAT(Numbers("mt-main"), ElementsAre(3, 1));
  EXPECT_THAT(Numbers(""), ElementsAre(3, 2, 1));
  EXPECT_THAT(Numbers("", 3), ElementsAre(2, 1));
  EXPECT_THAT(Numbers("", 3, 1), ElementsAre(2));
  EXPECT_THAT(Numbers("mt-main", 3), ElementsAre(1));
}

TEST_F(RefusalLogTest, TenASecondAreStoredAndAllAreCounted) {
  int stored = 0;
  for (int i = 0; i < 25; ++i) stored += Add(Push()) ? 1 : 0;
  EXPECT_EQ(stored, 10);
  EXPECT_EQ(log->Counts().at(0).count, 25);
  clock.Advance(std::chrono::seconds(1));
  EXPECT_TRUE(Add(Push()));
}

TEST_F(RefusalLogTest, EachConnectionHasItsOwnPace) {
  for (int i = 0; i < 15; ++i) Add(Push());
  EXPECT_TRUE(Add(Push("b", "mt-two")));
}

TEST_F(RefusalLogTest, CountersAreByConnectionAndReason) {
  auto late = Push();
  late.reason = "no_signature";
  Add(Push());
  Add(Push());
  Add(late);
  Add(Push("b", "mt-two"));
  std::map<std::string, std::uint64_t> counts;
  for (const auto& one : log->Counts()) counts[one.connection + " " + one.reason] = one.count;
  const std::map<std::string, std::uint64_t> expected = {
      {"mt-main bad_signature", 2}, {"mt-main no_signature", 1}, {"mt-two bad_signature", 1}};
  EXPECT_EQ(counts, expected);
}

TEST_F(RefusalLogTest, CountersOutliveTheProcess) {
  for (int i = 0; i < 40; ++i) Add(Push());
  Open();
  EXPECT_EQ(log->Counts().at(0).count, 40);
  Add(Push());
  EXPECT_EQ(log->Counts().at(0).count, 41);
}

TEST_F(RefusalLogTest, CountersAreWrittenOnceASecond) {
  Add(Push());
  clock.Advance(std::chrono::seconds(1));
  for (int i = 0; i < 12; ++i) Add(Push());
  disk.KillProcess();
  Open();
  EXPECT_EQ(log->Counts().at(0).count, 2) << "up to the second's turn";
}

TEST_F(RefusalLogTest, TheOldestGoWhenThereAreTooMany) {
  Open({.rows = 3});
  AddMany(5, 10);
  EXPECT_THAT(Numbers("mt-main"), ElementsAre(5, 4, 3));
  Open({.rows = 3});
  AddMany(1, 10);
  EXPECT_THAT(Numbers("mt-main"), ElementsAre(6, 5, 4));
}

TEST_F(RefusalLogTest, TheOldestGoWhenTheyAreTooLarge) {
  Open({.bytes = 64 << 10});
  AddMany(10, 11'000);
  EXPECT_THAT(Numbers("mt-main"), ElementsAre(10, 9, 8, 7, 6));
}

TEST_F(RefusalLogTest, AnotherConnectionsStay) {
  Open({.rows = 3});
  ASSERT_TRUE(Add(Push("b", "mt-two")));
  AddMany(5, 10);
  EXPECT_THAT(Numbers("mt-two"), ElementsAre(1));
}

TEST_F(RefusalLogTest, AHugeRequestIsOnlyCounted) {
  EXPECT_FALSE(Add(Push(std::string(3 << 20, 'x'))));
  EXPECT_EQ(log->Counts().at(0).count, 1);
  EXPECT_THAT(Numbers("mt-main"), IsEmpty());
}

TEST_F(RefusalLogTest, TheFileStaysSmallWhateverComes) {
  for (const std::size_t bytes : {100, 3'000, 30'000, 200'000}) AddMany(700, bytes);
  EXPECT_LT(FileBytes(), 10U << 20);
}

TEST_F(RefusalLogTest, ADamagedFileIsRefusedWithWhatToDo) {
  log.reset();
  ASSERT_TRUE(disk.Overwrite("refusals.db", std::string(8192, 'x')));
  const auto opened = RefusalLog::Open(vfs, "refusals.db", *keys, clock, io.get_executor());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kMalformed);
  EXPECT_THAT(opened.error().message, testing::HasSubstr("remove refusals.db"));
}

}  // namespace
}  // namespace weir::storage
