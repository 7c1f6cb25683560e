// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include "app/explain/facts.hpp"
#include "app/explain/journal_folder.hpp"
#include "app/explain/standing.hpp"
#include "app/explain/still_view.hpp"
#include "base/clock.hpp"
#include "base/timer.hpp"
#include "mapping/dada/map.hpp"
#include "mapping/meituan/map.hpp"
#include "storage/embedded/embedded_storage.hpp"

namespace weir::app::explain {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

std::string PaidPush() {
  std::ifstream file(WEIR_TEST_DATA "/meituan/push_order_paid.form.txt", std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

mapping::Mapped Map(const std::string& topic, const std::string& bytes) {
  return mapping::meituan::Map({.dialect = "double", .topic = topic, .bytes = bytes});
}

TEST(FactsText, HidesPeople) {
  const std::string text = FactsText(Map("order/paid", PaidPush()), false);
  EXPECT_THAT(text, HasSubstr("order 10000000001 of meituan"));
  EXPECT_THAT(text, HasSubstr("张** 138****0000"));
  EXPECT_THAT(text, Not(HasSubstr("13800000000")));
  EXPECT_THAT(text, Not(HasSubstr("示例路")));
}

TEST(FactsText, ShowsPeopleWhenAsked) {
  const std::string text = FactsText(Map("order/paid", PaidPush()), true);
  EXPECT_THAT(text, HasSubstr("张三(先生) 13800000000 1234"));
}

std::string Read(const char* file) {
  std::ifstream in(std::string(WEIR_TEST_DATA "/dada/") + file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(FactsText, TellsOfShipments) {
  const std::string cancelled =
      FactsText(mapping::dada::Map({.dialect = mapping::dada::kCallbacks,
                                    .bytes = Read("callback_5_rider_cancel.json")}),
                false);
  EXPECT_THAT(cancelled, HasSubstr("shipment D20261122001 of dada, waybill 1000000001"));
  EXPECT_THAT(cancelled, HasSubstr("step      cancelled (5), at 2023-11-14T22:18:20.000Z"));
  EXPECT_THAT(cancelled, HasSubstr("rider 测** 139****0000"));
  EXPECT_THAT(cancelled, HasSubstr("extra cancel_from"));
  EXPECT_THAT(cancelled, Not(HasSubstr("13900000000")));
  const std::string asks =
      FactsText(mapping::dada::Map({.dialect = mapping::dada::kCallbacks,
                                    .bytes = Read("message_1_rider_cancel.json")}),
                true);
  EXPECT_THAT(asks, HasSubstr("the rider asks to be let off"));
  EXPECT_THAT(asks, HasSubstr("车辆故障"));
}

TEST(FactsText, SaysWhyThereAreNone) {
  EXPECT_THAT(FactsText(Map("no/such", "order_ref=1"), false), HasSubstr("unknown_topic"));
}

Voice VoiceOf(std::uint64_t offset, const std::string& topic, const std::string& bytes) {
  return {.position = {.offset = offset},
          .envelope = {.merchant = "demo", .topic = topic},
          .facts = Map(topic, bytes).orders.at(0)};
}

TEST(StandingText, SaysWhoseSnapshotDecidesAndWhatIsOwed) {
  const std::string cancel = "order_id=10000000001&reason_code=1102&reason=x&deal_op_type=1";
  const std::vector<Voice> voices = {VoiceOf(3, "order/paid", PaidPush()),
                                     VoiceOf(5, "order/cancelled", cancel)};
  sync::OrderRecord record;
  record.merchant = "demo";
  record.id = "meituan-10000000001";
  record.identity = {.merchant = "demo",
                     .platform = "meituan",
                     .connection = "mt-main",
                     .platform_order_id = "10000000001"};
  for (const Voice& voice : voices) record.state.Merge(voice.facts);

  const std::string text = StandingText(record, voices, {.offset = 5}, 0, false);
  EXPECT_THAT(text, HasSubstr("status cancelled"));
  EXPECT_THAT(text, HasSubstr("0-3 push    order/paid"));
  EXPECT_THAT(text, HasSubstr("<- the snapshot that decides"));
  EXPECT_THAT(text, HasSubstr("status: \"cancelled\"\n    without it: \"placed\""));
  EXPECT_THAT(text, Not(HasSubstr("13800000000")));
}

/// A gateway's folder on the real disk, open as a gateway holds it.
class RunningFolder : public ::testing::Test {
 protected:
  RunningFolder() {
    std::string path = (fs::temp_directory_path() / "weir-explain-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) std::abort();
    folder_ = path;
    auto opened = storage::EmbeddedStorage::Open(
        disk_, clock_, timer_, {.folder = folder_, .readers = io_.get_executor()}, nullptr);
    if (!opened) throw std::runtime_error(opened.error().message);
    storage_ = std::move(*opened);
  }
  ~RunningFolder() override {
    storage_.reset();
    fs::remove_all(folder_);
  }

  /// As another process reads them.
  std::shared_ptr<storage::KeyRing> Keys() {
    return storage::KeyRing::Read(disk_, folder_, {}).value();
  }

  template <typename T>
  T Run(boost::asio::awaitable<T> work) {
    std::optional<T> done;
    boost::asio::co_spawn(io_, std::move(work),
                          [&done](std::exception_ptr, T value) { done = std::move(value); });
    while (!done) {
      io_.restart();
      io_.poll();
      if (!done) (void)storage_->journal().Step();
    }
    return std::move(*done);
  }

  std::string folder_;
  SystemDisk disk_;
  SystemClock clock_;
  SystemTimer timer_;
  boost::asio::io_context io_;
  std::unique_ptr<storage::EmbeddedStorage> storage_;
};

TEST_F(RunningFolder, LetsEntriesBeRead) {
  for (const char* payload : {"first", "second"}) {
    std::vector<storage::NewEntry> entries(1);
    entries[0].envelope.topic = "order/paid";
    entries[0].payload = payload;
    ASSERT_TRUE(Run(storage_->Append(std::move(entries))));
  }
  const auto journal = JournalFolder::Open(disk_, folder_ + "/journal", Keys());
  ASSERT_TRUE(journal);
  const auto entry = journal->Read({.offset = 2});
  ASSERT_TRUE(entry) << entry.error().message;
  EXPECT_EQ(entry->payload, "second");
  EXPECT_EQ(entry->envelope.topic, "order/paid");
  const auto later = journal->Read({.offset = 3});
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().kind, ErrorKind::kNotFound);
}

TEST_F(RunningFolder, LetsRecordsBeRead) {
  storage::Batch batch;
  batch.through.offset = 1;
  batch.puts.push_back({.kind = storage::RecordKind::kOrder,
                        .merchant = "demo",
                        .id = "meituan-1",
                        .version = 7,
                        .state = "state"});
  const auto fence = Run(storage_->AcquireLease(0));
  ASSERT_TRUE(fence);
  ASSERT_TRUE(Run(storage_->Apply(*fence, {}, std::move(batch))));

  const auto row = ReadRecord(folder_, *Keys(), storage::RecordKind::kOrder, "demo", "meituan-1");
  ASSERT_TRUE(row) << row.error().message;
  ASSERT_TRUE(*row);
  EXPECT_EQ((*row)->version, 7U);
  EXPECT_EQ((*row)->state, "state");
  const auto other = ReadRecord(folder_, *Keys(), storage::RecordKind::kOrder, "demo", "meituan-2");
  ASSERT_TRUE(other);
  EXPECT_FALSE(*other);
}

}  // namespace
}  // namespace weir::app::explain
