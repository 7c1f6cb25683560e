// SPDX-License-Identifier: Apache-2.0
#include "gateway/cursor.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace weir::gateway {
namespace {

constexpr std::uint64_t kList = 7;

Instant At(std::int64_t milliseconds) { return Instant(std::chrono::milliseconds(milliseconds)); }

TEST(Cursor, LeadsBackToWhereItWasMade) {
  EXPECT_TRUE(rc::check([](std::int64_t at, const std::string& id, std::uint64_t list) {
    const ListCursor cursor(At(at), id);
    RC_ASSERT(DecodeCursor(EncodeCursor(cursor, list), list) == cursor);
  }));
}

TEST(Cursor, NeedsNoEscapingInAQuery) {
  const std::string text = EncodeCursor({At(-1), "meituan-张/&="}, kList);
  EXPECT_TRUE(std::ranges::all_of(text, [](char c) { return std::isxdigit(c) != 0; }));
}

TEST(Cursor, BelongsToOneList) {
  EXPECT_FALSE(DecodeCursor(EncodeCursor({At(5), "a"}, kList), kList + 1));
}

TEST(Cursor, IsNothingElse) {
  for (const char* text : {"", "0", "zz", "00", "01", "0-3", "ffffffffffffffffffffffffffffffff"}) {
    EXPECT_FALSE(DecodeCursor(text, kList)) << text;
  }
}

TEST(Cursor, IsWhole) {
  const std::string text = EncodeCursor({At(1'764'000'000'000), "meituan-1"}, kList);
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(DecodeCursor(text.substr(0, size), kList)) << size;
  }
  EXPECT_FALSE(DecodeCursor(text + "00", kList));
}

}  // namespace
}  // namespace weir::gateway
