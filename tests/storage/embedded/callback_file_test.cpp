// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/callback_file.hpp"

#include <gmock/gmock.h>

#include "tests/storage/embedded/embedded_world.hpp"

namespace weir::storage {
namespace {

using testing::HasSubstr;

CallbackRow Delivered(std::uint64_t seq) {
  return {.merchant = "demo",
          .key = {.seq = seq, .subscription = "erp"},
          .id = "chg",
          .type = "order.placed",
          .subject = "o-1",
          .status = CallbackStatus::kDelivered,
          .due_at = At(1),
          .attempts = {{.at = At(1), .status = 200, .outcome = "delivered"}}};
}

class CallbackFileTest : public testing::Test {
 protected:
  CallbackFileTest() { EXPECT_TRUE(world.Open()); }
  std::unique_ptr<CallbackFile> OpenSmall() {
    return CallbackFile::Open(world.embedded->vfs(), "data/small.db", world.embedded->keys(),
                              world.io.get_executor(), {.delivered_kept = 10, .looked_at = 4})
        .value();
  }
  EmbeddedWorld world;
};

TEST_F(CallbackFileTest, APowerCutLosesNothingThatWasWritten) {
  const SubscriptionRow row{.merchant = "demo", .id = "erp", .cursor = 12};
  CallbackRow pending = Delivered(9);
  pending.status = CallbackStatus::kPending;
  ASSERT_TRUE(world.Run(world.callbacks().Write({.subscriptions = {row}, .callbacks = {pending}})));
  world.CutPower();
  ASSERT_TRUE(world.Open());
  EXPECT_THAT(world.Run(world.callbacks().Subscriptions()).value(), testing::ElementsAre(row));
  EXPECT_EQ(world.Run(world.callbacks().Pending("demo", "erp")).value().size(), 1U);
}

TEST_F(CallbackFileTest, WhatAStartHasReadOutlivesAPowerCut) {
  CallbackLog& log = world.callbacks();
  world.disk.SetFault([](std::string_view operation, std::string_view path) -> Result<void> {
    if (operation != "sync" || !path.ends_with("callbacks.db-wal")) return {};
    return Fail(ErrorKind::kInternal, "the flush failed");
  });
  const SubscriptionRow row{.merchant = "demo", .id = "erp", .cursor = 12};
  ASSERT_FALSE(world.Run(log.Write({.subscriptions = {row}, .callbacks = {}})));
  world.Kill();
  ASSERT_TRUE(world.Open());
  const auto read = world.Run(world.callbacks().Subscriptions()).value();
  world.CutPower();
  ASSERT_TRUE(world.Open());
  EXPECT_EQ(world.Run(world.callbacks().Subscriptions()).value(), read);
}

TEST_F(CallbackFileTest, OldDeliveredOnesGoAndOpenOnesStay) {
  const auto log = OpenSmall();
  CallbackRow parked = Delivered(1);
  parked.status = CallbackStatus::kParked;
  ASSERT_TRUE(world.Run(log->Write({.subscriptions = {}, .callbacks = {parked, Delivered(2)}})));
  ASSERT_TRUE(world.Run(log->Write({.subscriptions = {}, .callbacks = {Delivered(30)}})));
  EXPECT_TRUE(world.Run(log->Get("demo", {.seq = 1, .subscription = "erp"})).value());
  EXPECT_FALSE(world.Run(log->Get("demo", {.seq = 2, .subscription = "erp"})).value());
  EXPECT_TRUE(world.Run(log->Get("demo", {.seq = 30, .subscription = "erp"})).value());
}

TEST_F(CallbackFileTest, AListThatFindsLittleGoesOnWhereItStopped) {
  const auto log = OpenSmall();
  CallbackBatch batch;
  for (std::uint64_t seq = 1; seq <= 10; ++seq) batch.callbacks.push_back(Delivered(seq));
  batch.callbacks.front().key.subscription = "wms";
  ASSERT_TRUE(world.Run(log->Write(std::move(batch))));
  CallbackQuery query{.merchant = "demo", .subscription = "wms"};
  std::size_t found = 0;
  int pages = 0;
  do {
    auto page = world.Run(log->List(query)).value();
    found += page.callbacks.size();
    query.before = page.next;
  } while (query.before && ++pages < 10);
  EXPECT_EQ(found, 1U);
  EXPECT_EQ(pages, 2);
}

TEST_F(CallbackFileTest, RefusesAFileOfANewerProgram) {
  {
    SqliteConnection file(world.embedded->vfs(), "data/newer.db", SqliteConnection::Mode::kCreate);
    file.Execute("PRAGMA user_version = 99");
  }
  const auto opened = CallbackFile::Open(world.embedded->vfs(), "data/newer.db",
                                         world.embedded->keys(), world.io.get_executor());
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("newer version"));
}

}  // namespace
}  // namespace weir::storage
