// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>

#include "mapping/meituan/map.hpp"
#include "tests/e2e/core_life.hpp"
#include "tests/e2e/scale.hpp"

namespace weir::e2e {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A later program's map: it reads every order differently.
mapping::Mapped MapAnew(const mapping::Payload& payload) {
  mapping::Mapped mapped = mapping::meituan::Map(payload);
  for (model::OrderFacts& facts : mapped.orders) {
    if (facts.snapshot) facts.snapshot->remark = "read anew: " + facts.snapshot->remark;
  }
  return mapped;
}

app::CoreOptions Former() { return {.fold_version = 1}; }

app::CoreOptions Later() {
  static const sync::Mappers mappers = {{"meituan", MapAnew}};
  return {.fold_version = 2, .journal_mappers = &mappers};
}

Push PaidPush(int number, const std::string& status = "2") {
  Fields fields = SampleFields("order_paid");
  Set(fields, "order_id", std::to_string(20000000000 + number));
  Set(fields, "wm_order_id_view", std::to_string(20000000000 + number));
  Set(fields, "status", status);
  if (status != "2") Set(fields, "utime", "1700000900");
  return Signed(kPublicUrl,
                status == "2" ? "/hooks/mt-main/order/paid" : "/hooks/mt-main/order/confirmed",
                std::move(fields));
}

/// What the former program left when it was killed: everything read, the last pushes not folded.
struct OldData {
  DiskImage disk;
  SeenFeed feed;
};

OldData MakeOldData() {
  OldData old;
  Ground ground;
  CoreLife life(ground, Former());
  life.Settle();
  for (int number = 1; number <= 4; ++number) life.Send(PaidPush(number));
  for (int number = 1; number <= 3; ++number) life.Send(PaidPush(number, "4"));
  life.ReadFeed(old.feed);
  life.MakeDurable(PaidPush(5));
  ground.disk->KillProcess();
  old.disk = ImageOf(*ground.disk, "/weir");
  return old;
}

bool Changes(std::string_view operation) {
  return operation != "read" && operation != "open" && operation != "lock";
}

/// Starts the later program and lets its process (or its power) end after `steps` operations that
/// change the disk. False when it got to its end before.
bool StartAndCrash(Ground& ground, int steps, bool power) {
  int done = 0;
  bool crashed = false;
  ground.disk->SetFault([&](std::string_view operation, std::string_view) -> Result<void> {
    if (!Changes(operation)) return {};
    crashed = crashed || done == steps;
    if (crashed) return Fail(ErrorKind::kInternal, "the process is gone");
    ++done;
    return {};
  });
  std::optional<CoreLife> life;
  try {
    life.emplace(ground, Later());
    life->Settle();
  } catch (const std::runtime_error&) {
    // Storage that could not be opened; the crash came early.
  }
  ground.disk->SetFault({});
  SeededRandom random(static_cast<std::uint64_t>(steps));
  if (power) {
    ground.disk->CutPower([&random](std::uint64_t bound) { return random.Below(bound); });
  } else {
    ground.disk->KillProcess();
  }
  return crashed;
}

void ExpectOldFeedAndNewNumbers(Ground& ground, SeenFeed feed) {
  CoreLife life(ground, Later());
  life.Settle();
  ASSERT_FALSE(life.fold_error()) << life.fold_error()->message;
  ASSERT_TRUE(life.core().readiness().ready) << life.core().readiness().status;
  const std::uint64_t read = feed.last();
  EXPECT_EQ(life.Send(PaidPush(6)).status, 200U);
  life.ReadFeed(feed);
  EXPECT_THAT(feed.complaints(), IsEmpty());
  // What was durable before the crash, as the later map reads it, and the new one.
  ASSERT_EQ(feed.last(), read + 2);
  EXPECT_THAT(feed.seen().at(read + 1),
              AllOf(HasSubstr("meituan-20000000005"), HasSubstr("read anew: ")));
  EXPECT_THAT(feed.seen().at(read + 2), HasSubstr("meituan-20000000006"));
}

void CutEverywhere(bool power) {
  const OldData old = MakeOldData();
  ASSERT_EQ(old.feed.last(), 7U);
  ASSERT_THAT(old.feed.complaints(), IsEmpty());
  const int stride = Times("WEIR_E2E_UPGRADE_STRIDE", 1, 5);
  bool crashed = true;
  for (int steps = 0; crashed; steps += stride) {
    SCOPED_TRACE("after " + std::to_string(steps) + " changes of the disk");
    Ground ground;
    ground.disk = DiskOf(old.disk);
    crashed = StartAndCrash(ground, steps, power);
    ExpectOldFeedAndNewNumbers(ground, old.feed);
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(Upgrade, KilledAnywhereRenumbersNothing) { CutEverywhere(false); }

TEST(Upgrade, WithoutPowerAnywhereRenumbersNothing) { CutEverywhere(true); }

TEST(Upgrade, IsNoDifferenceToAReplayButToldByIt) {
  Ground ground;
  ground.disk = DiskOf(MakeOldData().disk);
  CoreLife life(ground, Later());
  life.Settle();
  const sync::ReplayReport report = life.Replay();
  EXPECT_TRUE(report.identical()) << report.examples.at(0);
  // Each of the old orders is read differently by now, changes as well as records.
  EXPECT_EQ(report.differing_earlier, 7U + 4U);
}

TEST(Upgrade, MayMoveNumbersOnForAReplay) {
  Ground ground;
  {
    CoreLife life(ground, Former());
    life.Settle();
    life.MakeDurable(PaidPush(1));
    ground.disk->KillProcess();
  }
  {
    // A program that reads nothing from the push publishes nothing of it.
    const sync::Mappers deaf = {
        {"meituan", [](const mapping::Payload&) { return mapping::Mapped{}; }}};
    CoreLife life(ground, {.fold_version = 1, .journal_mappers = &deaf});
    life.Settle();
  }
  CoreLife life(ground, {.fold_version = 2});
  life.Settle();
  life.Send(PaidPush(2));
  life.Send(PaidPush(2, "4"));
  const sync::ReplayReport report = life.Replay();
  EXPECT_TRUE(report.identical()) << report.examples.at(0);
  EXPECT_EQ(report.differing_earlier, 2U);
}

/// A disk whose view stands behind what readers have seen.
DiskImage SetBack() {
  Ground ground;
  DiskImage before;
  {
    CoreLife life(ground, Former());
    life.Settle();
    life.Send(PaidPush(1));
    ground.disk->KillProcess();
    before = ImageOf(*ground.disk, "/weir");
  }
  CoreLife life(ground, Former());
  life.Settle();
  // Each group says how far the feed was read when it was written.
  for (int number = 2; number <= 4; ++number) life.Send(PaidPush(number));
  ground.disk->KillProcess();
  DiskImage image = ImageOf(*ground.disk, "/weir");
  for (const char* file : {"/weir/view.db", "/weir/view.db-wal"}) {
    image.erase(file);
    if (before.contains(file)) image[file] = before[file];
  }
  return image;
}

TEST(Upgrade, RefusesAViewBehindWhatWasRead) {
  Ground ground;
  ground.disk = DiskOf(SetBack());
  CoreLife life(ground, Later());
  life.Settle();
  ASSERT_TRUE(life.fold_error());
  EXPECT_EQ(life.fold_error()->kind, ErrorKind::kConflict);
  EXPECT_THAT(life.fold_error()->message,
              HasSubstr("Start the former program once on this data folder"));
  EXPECT_FALSE(life.core().readiness().ready);
}

TEST(Upgrade, TheFormerProgramBringsSuchAViewForward) {
  Ground ground;
  ground.disk = DiskOf(SetBack());
  SeenFeed feed;
  {
    CoreLife life(ground, Former());
    life.Settle();
    ASSERT_FALSE(life.fold_error());
    life.ReadFeed(feed);
    EXPECT_EQ(feed.last(), 4U);
  }
  CoreLife life(ground, Later());
  life.Settle();
  EXPECT_FALSE(life.fold_error());
  life.ReadFeed(feed);
  EXPECT_THAT(feed.complaints(), IsEmpty());
}

}  // namespace
}  // namespace weir::e2e
