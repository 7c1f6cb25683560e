// SPDX-License-Identifier: Apache-2.0
#include "storage/key_ring.hpp"

#include <gmock/gmock.h>

#include <thread>
#include <vector>

#include "base/memory_disk.hpp"
#include "base/text.hpp"

namespace weir::storage {
namespace {

using testing::HasSubstr;

constexpr std::chrono::hours kDay{24};

Secret KeyOf(char c) { return Secret(ToBase64(std::string(kSealingKeyBytes, c))); }

class KeyRingTest : public testing::Test {
 protected:
  KeyRingTest() { EXPECT_TRUE(disk.MakeFolder("data")); }

  Result<std::shared_ptr<KeyRing>> Open(const EncryptionKeys& configured) {
    return KeyRing::Open(disk, random, "data", configured);
  }
  std::shared_ptr<KeyRing> Made() { return Open({}).value(); }

  static std::string Seal(KeyRing& ring, std::string_view merchant, Instant at) {
    auto nonces = ring.MakeNonces();
    std::string room(kSealNonceBytes, '\0');
    room.append("text").append(kSealTagBytes, '\0');
    nonces.Put(room);
    ring.For(merchant, at).value()->key.Seal({}, room);
    return room;
  }
  static bool Opens(const KeyRing& ring, std::uint32_t number, const std::string& sealed) {
    std::string text;
    const auto* key = ring.Find(number);
    return key != nullptr && key->key.Unseal({}, sealed, text) && text == "text";
  }

  MemoryDisk disk;
  SystemRandom random;
  const Instant at{std::chrono::sys_days(std::chrono::year(2026) / 11 / 22)};
};

TEST_F(KeyRingTest, HasOneKeyForAMerchantAndMonth) {
  const auto ring = Made();
  const auto number = [&](std::string_view merchant, Instant when) {
    return ring->For(merchant, when).value()->number;
  };
  EXPECT_EQ(number("demo", at), 1U);
  EXPECT_EQ(number("demo", at + 8 * kDay), 1U);
  EXPECT_EQ(number("demo", at + 9 * kDay), 2U);
  EXPECT_EQ(number("other", at), 3U);
  EXPECT_EQ(number("demo", at), 1U);
}

TEST_F(KeyRingTest, TheFirstKeyOfAMonthBringsThoseOfTheOthers) {
  const auto ring = Made();
  for (const char* merchant : {"a", "b", "c"}) ASSERT_TRUE(ring->For(merchant, at));
  int renames = 0;
  disk.SetFault([&](std::string_view operation, std::string_view) -> Result<void> {
    renames += operation == "rename" ? 1 : 0;
    return {};
  });
  for (const char* merchant : {"b", "a", "c"}) ASSERT_TRUE(ring->For(merchant, at + 9 * kDay));
  EXPECT_EQ(renames, 1);
  EXPECT_EQ(ring->size(), 6U);
}

TEST_F(KeyRingTest, FindsItsKeysAgain) {
  const auto sealed = Seal(*Made(), "demo", at);
  disk.CutPower();
  EXPECT_TRUE(Opens(*Made(), 1, sealed));
}

TEST_F(KeyRingTest, KeepsAKeyBeforeAnythingIsSealedWithIt) {
  const auto ring = Made();
  disk.SetFault([](std::string_view operation, std::string_view) -> Result<void> {
    if (operation == "sync") return Fail(ErrorKind::kInternal, "no");
    return {};
  });
  EXPECT_FALSE(ring->For("demo", at));
  disk.SetFault({});
  const auto sealed = Seal(*ring, "demo", at);
  EXPECT_TRUE(Opens(*Made(), 1, sealed));
}

TEST_F(KeyRingTest, MakesAKeyBesideTheDataWhereNoneIsConfigured) {
  const auto ring = Made();
  EXPECT_TRUE(ring->beside_data());
  EXPECT_EQ(disk.ReadAll("data/encryption.key")->size(), 45U);
}

TEST_F(KeyRingTest, MakesNoKeyWhereOneIsConfigured) {
  EXPECT_FALSE(Open({KeyOf('a'), {}}).value()->beside_data());
  EXPECT_FALSE(disk.Exists("data/encryption.key").value());
}

TEST_F(KeyRingTest, HoldsNoKeyInClear) {
  const auto ring = Open({KeyOf('a'), {}}).value();
  const auto sealed = Seal(*ring, "demo", at);
  const auto file = disk.ReadAll("data/keys").value();
  for (std::size_t i = 0; i + kSealingKeyBytes <= file.size(); ++i) {
    const SealingKey guess(std::string_view(file).substr(i, kSealingKeyBytes));
    std::string text;
    EXPECT_FALSE(guess.Unseal({}, sealed, text)) << i;
  }
}

TEST_F(KeyRingTest, AWrongKeyIsRefusedWithWhatToDo) {
  ASSERT_TRUE(Open({KeyOf('a'), {}}));
  const auto before = disk.ReadAll("data/keys").value();
  const auto opened = Open({KeyOf('b'), {}});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kUnauthorized);
  EXPECT_THAT(opened.error().message, HasSubstr("encryption_key_previous"));
  EXPECT_EQ(disk.ReadAll("data/keys").value(), before);
}

TEST_F(KeyRingTest, AKeyThatIsGoneIsNotMadeAnew) {
  std::ignore = Made();
  ASSERT_TRUE(disk.Remove("data/encryption.key"));
  const auto opened = Open({});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kUnauthorized);
  EXPECT_FALSE(disk.Exists("data/encryption.key").value());
}

TEST_F(KeyRingTest, RotationWrapsEveryKeyAnew) {
  const auto sealed = Seal(*Open({KeyOf('a'), {}}).value(), "demo", at);
  const auto rotated = Open({KeyOf('b'), KeyOf('a')}).value();
  EXPECT_TRUE(rotated->rewrapped());
  EXPECT_TRUE(Opens(*rotated, 1, sealed));
  EXPECT_TRUE(Opens(*Open({KeyOf('b'), {}}).value(), 1, sealed));
  EXPECT_FALSE(Open({KeyOf('a'), {}}));
}

TEST_F(KeyRingTest, TheKeyBesideTheDataCanBeRotatedOut) {
  const auto sealed = Seal(*Made(), "demo", at);
  auto made = disk.ReadAll("data/encryption.key").value();
  made.pop_back();
  ASSERT_TRUE(disk.Remove("data/encryption.key"));
  EXPECT_TRUE(Opens(*Open({KeyOf('b'), Secret(made)}).value(), 1, sealed));
}

TEST_F(KeyRingTest, ThePreviousKeyMayStayConfigured) {
  ASSERT_TRUE(Open({KeyOf('a'), {}}));
  ASSERT_TRUE(Open({KeyOf('b'), KeyOf('a')}));
  EXPECT_FALSE(Open({KeyOf('b'), KeyOf('a')}).value()->rewrapped());
}

TEST_F(KeyRingTest, ARotationThatIsCutOffAnywhereGoesOn) {
  const auto sealed = Seal(*Open({KeyOf('a'), {}}).value(), "demo", at);
  const EncryptionKeys both{KeyOf('b'), KeyOf('a')};
  for (int left = 0; left < 20; ++left) {
    int calls = 0;
    disk.SetFault([&](std::string_view, std::string_view) -> Result<void> {
      if (calls++ >= left) return Fail(ErrorKind::kInternal, "the power is gone");
      return {};
    });
    const bool done = Open(both).has_value();
    disk.SetFault({});
    disk.CutPower();
    const auto again = Open(both);
    ASSERT_TRUE(again) << left << again.error().message;
    EXPECT_TRUE(Opens(**again, 1, sealed)) << left;
    if (done) return;
    ASSERT_TRUE(Open({KeyOf('a'), KeyOf('b')}));
  }
  FAIL() << "the rotation never ends";
}

TEST_F(KeyRingTest, EveryFlippedBitIsNoticed) {
  std::ignore = Seal(*Open({KeyOf('a'), {}}).value(), "demo", at);
  const auto file = disk.ReadAll("data/keys").value();
  for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
    auto damaged = file;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_TRUE(disk.Overwrite("data/keys", damaged));
    EXPECT_FALSE(Open({KeyOf('a'), {}})) << bit;
  }
}

TEST_F(KeyRingTest, ReadBesideItsOwnerWritesNothing) {
  const auto owner = Made();
  const auto sealed = Seal(*owner, "demo", at);
  disk.SetFault([](std::string_view operation, std::string_view) -> Result<void> {
    if (operation == "write" || operation == "rename") return Fail(ErrorKind::kInternal, "no");
    return {};
  });
  const auto read = KeyRing::Read(disk, "data", {}).value();
  EXPECT_TRUE(Opens(*read, 1, sealed));
  EXPECT_EQ(read->For("other", at).error().kind, ErrorKind::kNotFound);
}

TEST_F(KeyRingTest, ThreadsThatNeedANewKeyGetTheSame) {
  const auto ring = Made();
  std::vector<std::uint32_t> numbers(4);
  std::vector<std::thread> threads;
  for (auto& number : numbers) {
    threads.emplace_back([&] { number = ring->For("demo", at).value()->number; });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(numbers, testing::Each(1U));
  EXPECT_EQ(ring->size(), 1U);
}

}  // namespace
}  // namespace weir::storage
