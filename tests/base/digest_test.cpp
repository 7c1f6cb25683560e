// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "base/text.hpp"

namespace weir {
namespace {

ContentDigest ContentOf(const std::vector<std::string>& pieces) {
  ContentHasher hasher;
  for (const std::string& piece : pieces) {
    hasher.Update(piece);
  }
  return hasher.Finish();
}

// RFC 1321, appendix A.5.
TEST(Md5, GivesKnownAnswers) {
  EXPECT_EQ(ToHex(Md5("")), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(ToHex(Md5("abc")), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(ToHex(Md5("message digest")), "f96b697d7cb7938d525a2f31aaf161d0");
}

// FIPS 180-2, appendices A and B.
TEST(Sha1, GivesKnownAnswers) {
  EXPECT_EQ(ToHex(Sha1("")), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  EXPECT_EQ(ToHex(Sha1("abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST(Sha256, GivesKnownAnswers) {
  EXPECT_EQ(ToHex(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(ToHex(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// RFC 4231, test cases 1, 2 and 6.
TEST(HmacSha256, GivesKnownAnswers) {
  EXPECT_EQ(ToHex(HmacSha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(ToHex(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(ToHex(HmacSha256(std::string(131, '\xaa'),
                             "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, DoesNotTakeAnEmptyKeyForTheOneBefore) {
  (void)HmacSha256("another key", "text");
  EXPECT_EQ(ToHex(HmacSha256({}, {})),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Digests, WorkOnThreadsOfTheirOwn) {
  std::string on_thread;
  std::thread([&] { on_thread = ToHex(Md5("abc")) + ToHex(HmacSha256("k", "t")); }).join();
  EXPECT_EQ(on_thread, ToHex(Md5("abc")) + ToHex(HmacSha256("k", "t")));
}

RC_GTEST_PROP(Md5Stream, DoesNotDependOnThePieces, (const std::vector<std::string>& pieces)) {
  Md5Stream stream;
  std::string whole;
  for (const std::string& piece : pieces) {
    stream.Update(piece);
    whole += piece;
  }
  RC_ASSERT(stream.Finish() == Md5(whole));
}

TEST(Md5Stream, StartsAnewAfterFinish) {
  Md5Stream stream;
  stream.Update("first");
  (void)stream.Finish();
  stream.Update("abc");
  EXPECT_EQ(stream.Finish(), Md5("abc"));
}

TEST(Md5Stream, CopyGoesOnByItself) {
  Md5Stream stream;
  stream.Update("ab");
  Md5Stream copy(stream);
  copy.Update("x");
  stream.Update("c");
  EXPECT_EQ(stream.Finish(), Md5("abc"));
  EXPECT_EQ(copy.Finish(), Md5("abx"));
}

TEST(ConstantTimeEqual, Compares) {
  EXPECT_TRUE(ConstantTimeEqual("", {}));
  EXPECT_TRUE(ConstantTimeEqual("secret", "secret"));
  EXPECT_FALSE(ConstantTimeEqual("secret", "secreT"));
  EXPECT_FALSE(ConstantTimeEqual("secret", "secrets"));
}

TEST(ContentHasher, FramesItsPieces) {
  EXPECT_NE(ContentOf({"ab", "c"}), ContentOf({"a", "bc"}));
  EXPECT_NE(ContentOf({"", "a"}), ContentOf({"a", ""}));
  EXPECT_NE(ContentOf({}), ContentOf({""}));
  EXPECT_EQ(ContentOf({"ab", "c"}), ContentOf({"ab", "c"}));
}

TEST(ContentHasher, StartsAnewAfterFinish) {
  ContentHasher hasher;
  hasher.Update("first");
  (void)hasher.Finish();
  hasher.Update("abc");
  EXPECT_EQ(hasher.Finish(), ContentOf({"abc"}));
}

// Both are stored: another answer would make a new version disagree with its own files.
TEST(ContentHasher, IsTheSameForEver) {
  const ContentDigest digest = ContentOf({"connection", std::string(1000, 'x')});
  EXPECT_EQ(digest.high, 4911800095645437562U);
  EXPECT_EQ(digest.low, 6167722409359590725U);
}

TEST(Checksum, IsTheSameForEver) {
  EXPECT_EQ(Checksum(""), 0x2d06800538d394c2U);
  EXPECT_EQ(Checksum("weir"), 685424309925146904U);
  EXPECT_NE(Checksum("weir", 1), Checksum("weir"));
}

}  // namespace
}  // namespace weir
