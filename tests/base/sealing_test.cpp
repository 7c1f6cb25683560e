// SPDX-License-Identifier: Apache-2.0
#include "base/sealing.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

#include "base/text.hpp"

namespace weir {
namespace {

std::string Bytes(std::string_view hex) { return *FromHex(hex); }

std::string Sealed(const SealingKey& key, std::string_view nonce, SealedWith associated,
                   std::string_view text) {
  std::string room = std::string(nonce) + std::string(text) + std::string(kSealTagBytes, '\0');
  key.Seal(associated, room);
  return room;
}

struct Vector {
  const char* name;
  const char* key;
  const char* nonce;
  const char* text;
  const char* associated;
  const char* sealed;
  const char* tag;
};

// NIST, "The Galois/Counter Mode of Operation", test cases 13 to 16.
constexpr Vector kVectors[] = {
    {"Case13", "0000000000000000000000000000000000000000000000000000000000000000",
     "000000000000000000000000", "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
    {"Case14", "0000000000000000000000000000000000000000000000000000000000000000",
     "000000000000000000000000", "00000000000000000000000000000000", "",
     "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"},
    {"Case15", "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
     "cafebabefacedbaddecaf888",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
     "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
     "",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
     "b094dac5d93471bdec1a502270e3cc6c"},
    {"Case16", "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
     "cafebabefacedbaddecaf888",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
     "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
     "feedfacedeadbeeffeedfacedeadbeefabaddad2",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
     "76fc6ece0f4e1768cddf8853bb2d551b"},
};

class PublishedVectorTest : public ::testing::TestWithParam<Vector> {};

TEST_P(PublishedVectorTest, SealsAndOpens) {
  const Vector& vector = GetParam();
  const SealingKey key(Bytes(vector.key));
  const auto sealed =
      Sealed(key, Bytes(vector.nonce), {Bytes(vector.associated)}, Bytes(vector.text));
  EXPECT_EQ(sealed, Bytes(vector.nonce) + Bytes(vector.sealed) + Bytes(vector.tag));
  std::string text;
  ASSERT_TRUE(key.Unseal({Bytes(vector.associated)}, sealed, text));
  EXPECT_EQ(text, Bytes(vector.text));
}

INSTANTIATE_TEST_SUITE_P(Nist, PublishedVectorTest, ::testing::ValuesIn(kVectors),
                         [](const auto& tested) { return tested.param.name; });

class SealingTest : public ::testing::Test {
 protected:
  const SealingKey key_{std::string(kSealingKeyBytes, 'k')};
  const std::string sealed_ = Sealed(key_, "012345678901", {"at ", "7"}, "a text");
  std::string text_;
};

TEST_F(SealingTest, AssociatedPiecesCountAsOneText) {
  EXPECT_TRUE(key_.Unseal({"at 7"}, sealed_, text_));
  EXPECT_EQ(text_, "a text");
}

TEST_F(SealingTest, OtherAssociatedDataOpensNothing) {
  text_ = "left from before";
  EXPECT_FALSE(key_.Unseal({"at 8"}, sealed_, text_));
  EXPECT_EQ(text_, "");
}

TEST_F(SealingTest, AnotherKeyOpensNothing) {
  const SealingKey other(std::string(kSealingKeyBytes, 'o'));
  EXPECT_FALSE(other.Unseal({"at 7"}, sealed_, text_));
}

TEST_F(SealingTest, EveryFlippedBitIsNoticed) {
  for (std::size_t bit = 0; bit < 8 * sealed_.size(); ++bit) {
    auto damaged = sealed_;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(key_.Unseal({"at 7"}, damaged, text_)) << bit;
  }
}

TEST_F(SealingTest, EveryShorterPartIsRefused) {
  for (std::size_t size = 0; size < sealed_.size(); ++size) {
    EXPECT_FALSE(key_.Unseal({"at 7"}, sealed_.substr(0, size), text_)) << size;
  }
}

TEST_F(SealingTest, GoesOnAfterWhatDidNotOpen) {
  EXPECT_FALSE(key_.Unseal({"at 8"}, sealed_, text_));
  EXPECT_EQ(Sealed(key_, "012345678901", {"at 7"}, "a text"), sealed_);
  EXPECT_TRUE(key_.Unseal({"at 7"}, sealed_, text_));
}

TEST_F(SealingTest, OpensOnAnotherThread) {
  bool opened = false;
  std::thread([&] { opened = key_.Unseal({"at 7"}, sealed_, text_); }).join();
  EXPECT_TRUE(opened);
}

TEST(SealingKeyTest, MoreKeysThanAThreadKeepsAtOnceStayApart) {
  std::vector<std::unique_ptr<SealingKey>> keys;
  std::vector<std::string> sealed;
  for (int i = 0; i < 200; ++i) {
    keys.push_back(
        std::make_unique<SealingKey>(std::string(kSealingKeyBytes, static_cast<char>(i))));
    sealed.push_back(Sealed(*keys.back(), "012345678901", {}, "same"));
  }
  std::string text;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    EXPECT_TRUE(keys[i]->Unseal({}, sealed[i], text)) << i;
    EXPECT_FALSE(keys[i]->Unseal({}, sealed[(i + 64) % keys.size()], text)) << i;
  }
}

TEST(SealingKeyTest, ParsesThirtyTwoBytesInBase64Only) {
  EXPECT_TRUE(SealingKey::Parse(ToBase64(std::string(32, 'k'))));
  for (const auto& text : {std::string(), std::string("no base64!"), ToBase64(std::string(31, 'k')),
                           ToBase64(std::string(33, 'k'))}) {
    const auto parsed = SealingKey::Parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().kind, ErrorKind::kRejected);
  }
}

TEST(SealNoncesTest, NeverRepeat) {
  SystemRandom random;
  SealNonces nonces(random);
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    std::string room(kSealNonceBytes, '\0');
    nonces.Put(room);
    EXPECT_TRUE(seen.insert(room).second);
  }
}

}  // namespace
}  // namespace weir
