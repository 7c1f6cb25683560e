// SPDX-License-Identifier: Apache-2.0
#include "sync/requests.hpp"

#include <gtest/gtest.h>

#include "tests/model/order_builders.hpp"
#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {
namespace {

using namespace std::chrono_literals;

class RequestsTest : public ::testing::Test {
 protected:
  /// A setting of a store, asked for under a key.
  storage::Position Declare(const std::string& store, const std::string& key,
                            const std::string& content = "c") {
    return scene_.Append(
        {.envelope = {.kind = storage::EntryKind::kSetting,
                      .merchant = "demo",
                      .request = EncodeAsked({.key_id = "erp",
                                              .request_id = "r-1",
                                              .call = "POST /",
                                              .idempotency_key = key,
                                              .content = content})},
         .payload = EncodeSetting(StoreSetting{.id = store, .name = {}, .code = {}})});
  }

  bool IsDeclared(const std::string& store) {
    return scene_
        .Must(scene_.Run(
            scene_.storage.Read(storage::RecordKind::kSetting, "demo", "store/" + store)))
        .has_value();
  }

  std::size_t KeysKept() {
    return scene_.Must(scene_.Run(scene_.storage.DueWork(kIdempotencyKeyWork, Instant::max(), 9)))
        .size();
  }

  void Tick() {
    scene_.Append({.envelope = {.kind = storage::EntryKind::kTick}, .payload = {}});
    scene_.FoldAll();
  }

  FoldScene scene_;
};

TEST_F(RequestsTest, AskedComesBack) {
  const Asked asked{.key_id = "erp",
                    .request_id = "w1-3k",
                    .call = "POST /v1/x",
                    .idempotency_key = "k",
                    .content = "00ff"};
  EXPECT_EQ(*DecodeAsked(EncodeAsked(asked)), asked);
}

TEST_F(RequestsTest, TheSecondEntryUnderAKeyFoldsToNothing) {
  Declare("a", "k");
  Declare("b", "k");
  scene_.FoldAll();
  EXPECT_TRUE(IsDeclared("a"));
  EXPECT_FALSE(IsDeclared("b"));
}

TEST_F(RequestsTest, TheFirstEntryStandsForItsKey) {
  const auto first = Declare("a", "k");
  Declare("a", "k");
  scene_.FoldAll();
  const auto found = scene_.Must(scene_.Run(FindFirstRequest(
      scene_.storage, "demo", {.idempotency_key = "k", .content = "c"}, scene_.clock.Now())));
  EXPECT_EQ(found, first);
}

TEST_F(RequestsTest, OtherContentIsTold) {
  Declare("a", "k");
  scene_.FoldAll();
  const auto found = scene_.Run(FindFirstRequest(
      scene_.storage, "demo", {.idempotency_key = "k", .content = "d"}, scene_.clock.Now()));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().remote_code, "idempotency_key_reused");
}

TEST_F(RequestsTest, EntriesWithoutAKeyAllCount) {
  Declare("a", "");
  Declare("b", "");
  scene_.FoldAll();
  EXPECT_TRUE(IsDeclared("a") && IsDeclared("b"));
  EXPECT_EQ(KeysKept(), 0U);
}

TEST_F(RequestsTest, AKeyCountsAnewADayLaterByTheStamps) {
  Declare("a", "k");
  scene_.clock.Advance(kIdempotencyKeyKept - 1ms);
  Declare("b", "k");
  scene_.clock.Advance(1ms);
  Declare("c", "k");
  scene_.FoldAll();
  EXPECT_FALSE(IsDeclared("b"));
  EXPECT_TRUE(IsDeclared("c"));
}

TEST_F(RequestsTest, ATickForgetsKeysThatAreTooOld) {
  Declare("a", "k");
  scene_.clock.Advance(1h);
  Declare("b", "l");
  scene_.FoldAll();
  scene_.clock.Advance(kIdempotencyKeyKept - 1h);
  Tick();
  EXPECT_EQ(KeysKept(), 1U);
}

}  // namespace
}  // namespace weir::sync::testing
