// SPDX-License-Identifier: Apache-2.0
#include "net/gzip.hpp"

#include <gtest/gtest.h>

#include "tests/net/gzip_text.hpp"

namespace weir::net {
namespace {

constexpr std::size_t kLimit = 1 << 20;

TEST(Gunzip, GivesBackWhatWasPacked) {
  const std::string text(100'000, 'x');
  EXPECT_EQ(Gunzip(Gzip(text), kLimit), text);
  EXPECT_EQ(Gunzip(Gzip(""), kLimit), "");
}

TEST(Gunzip, ReadsMembersOneAfterTheOther) {
  EXPECT_EQ(Gunzip(Gzip("ab") + Gzip("cd"), kLimit), "abcd");
}

TEST(Gunzip, StopsAtItsLimit) {
  EXPECT_TRUE(Gunzip(Gzip(std::string(1000, 'x')), 1000));
  const auto more = Gunzip(Gzip(std::string(50'000'000, 'x')), 1000);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().kind, ErrorKind::kMalformed);
}

TEST(Gunzip, RefusesEveryCutOffText) {
  const std::string packed = Gzip("some text, and some more");
  for (std::size_t size = 0; size < packed.size(); ++size) {
    EXPECT_FALSE(Gunzip(packed.substr(0, size), kLimit)) << size;
  }
}

TEST(Gunzip, RefusesWhatIsDamagedOrNoGzip) {
  std::string packed = Gzip("some text");
  packed.back() = static_cast<char>(packed.back() ^ 1);
  EXPECT_FALSE(Gunzip(packed, kLimit));
  EXPECT_FALSE(Gunzip("plain", kLimit));
  EXPECT_FALSE(Gunzip(Gzip("a") + "plain", kLimit));
}

}  // namespace
}  // namespace weir::net
