// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "storage/embedded/blobs.hpp"
#include "tests/storage/embedded/embedded_world.hpp"

namespace weir::storage {
namespace {

using testing::IsEmpty;

constexpr const char* kPhone = "13812345678";
constexpr const char* kAddress = "示例路1号2号楼301室";

std::string Told() {
  return std::string(R"({"phone":")") + kPhone + R"(","address":")" + kAddress + "\"}";
}

class SealedViewTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(world.Open()); }

  /// A customer in every place there is.
  void Fill() {
    auto order = Order("o-1", 1, 1);
    order.state = Told();
    auto change = Change(1, "o-1");
    change.data = Told();
    ASSERT_TRUE(world.Apply({.puts = {order},
                             .changes = {change},
                             .quarantined = {{.merchant = "demo",
                                              .position = {.offset = 1},
                                              .connection = "mt-main",
                                              .topic = "order/paid",
                                              .reason = "malformed",
                                              .detail = Told()}}}));
    const CallbackAttempt attempt{.status = 500, .outcome = "status", .answer = Told()};
    ASSERT_TRUE(
        world.Run(world.callbacks().Write({.subscriptions = {},
                                           .callbacks = {{.merchant = "demo",
                                                          .key = {.seq = 1, .subscription = "erp"},
                                                          .id = "chg-1-0",
                                                          .type = "order.placed",
                                                          .subject = "o-1",
                                                          .attempts = {attempt}}}})));
    ASSERT_TRUE(world.embedded->TakeSnapshot());
  }

  std::vector<std::string> Files(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& name : world.disk.List(folder).value()) {
      const auto path = folder + "/" + name;
      if (!world.disk.Open(path, OpenMode::kRead)) continue;
      files.push_back(path);
    }
    return files;
  }

  /// Files in which somebody is named.
  std::vector<std::string> Telling() {
    std::vector<std::string> telling;
    for (const char* folder : {"data", "data/journal", "data/snapshots"}) {
      for (const auto& path : Files(folder)) {
        const auto bytes = world.disk.ReadAll(path);
        if (!bytes) continue;
        for (const char* what : {kPhone, kAddress}) {
          if (bytes->find(what) != std::string::npos) telling.push_back(path);
        }
      }
    }
    return telling;
  }

  EmbeddedWorld world;
};

TEST_F(SealedViewTest, NoFileNamesAnybody) {
  Fill();
  EXPECT_THAT(Telling(), IsEmpty());
  ASSERT_TRUE(world.Run(world.embedded->Checkpoint()));
  EXPECT_THAT(Telling(), IsEmpty());
}

TEST_F(SealedViewTest, EverythingReadsAfterAStart) {
  Fill();
  world.Kill();
  ASSERT_TRUE(world.Open());
  EXPECT_EQ(world.Run(world.embedded->Read(RecordKind::kOrder, "demo", "o-1")).value()->state,
            Told());
  EXPECT_EQ(world.Run(world.embedded->ReadChangesAt("demo", {1})).value().at(0).data, Told());
  EXPECT_EQ(world.Run(world.embedded->ListQuarantine("demo", std::nullopt, 9)).value().at(0).detail,
            Told());
  EXPECT_EQ(world.Run(world.callbacks().Get("demo", {.seq = 1, .subscription = "erp"}))
                .value()
                ->attempts.at(0)
                .answer,
            Told());
}

class BlobTest : public testing::Test {
 protected:
  std::string Pack(const BlobPlace& place) {
    return std::string(packer.Pack(place, {.merchant = "demo"}, {}, Told()).bytes);
  }
  ErrorKind Failing(const BlobPlace& place, const std::string& blob) {
    const auto read = AtEdge([&] { return UnpackText(*keys, place, blob); });
    EXPECT_FALSE(read);
    return read ? ErrorKind::kTransport : read.error().kind;
  }

  MemoryDisk disk;
  SystemRandom random;
  std::shared_ptr<KeyRing> keys = [this] {
    static_cast<void>(disk.MakeFolder("data"));
    return KeyRing::Open(disk, random, "data", {}).value();
  }();
  BlobPacker packer{*keys};
};

TEST_F(BlobTest, ComesBackInItsPlace) {
  const BlobPlace place{.table = "record", .key = 7, .id = "o-1"};
  EXPECT_EQ(UnpackText(*keys, place, Pack(place)), Told());
}

TEST_F(BlobTest, OpensInNoOtherPlace) {
  const auto blob = Pack({.table = "record", .key = 7, .id = "o-1"});
  for (const BlobPlace& other : {BlobPlace{"change", 7, "o-1"}, BlobPlace{"record", 8, "o-1"},
                                 BlobPlace{"record", 7, "o-2"}}) {
    EXPECT_EQ(Failing(other, blob), ErrorKind::kMalformed);
  }
}

TEST_F(BlobTest, EveryFlippedBitOfWhatIsSealedIsNoticed) {
  const BlobPlace place{.table = "change", .key = 7};
  const auto blob = Pack(place);
  for (std::size_t bit = 16; bit < 8 * blob.size(); ++bit) {
    auto damaged = blob;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_EQ(Failing(place, damaged), ErrorKind::kMalformed) << bit;
  }
}

TEST_F(BlobTest, OfAKeyThatIsNotThereSaysSo) {
  const BlobPlace place{.table = "change", .key = 7};
  auto blob = Pack(place);
  blob[1] = 9;
  EXPECT_EQ(Failing(place, blob), ErrorKind::kUnauthorized);
}

TEST_F(BlobTest, ThatWasWrittenUnsealedIsRead) {
  EXPECT_EQ(UnpackText(*keys, {.table = "change"}, std::string("\0a text", 7)), "a text");
}

}  // namespace
}  // namespace weir::storage
