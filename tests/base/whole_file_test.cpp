// SPDX-License-Identifier: Apache-2.0
#include "base/whole_file.hpp"

#include <gtest/gtest.h>

#include "base/memory_disk.hpp"

namespace weir {
namespace {

TEST(WholeFileTest, WhatIsWrittenIsReadAfterAPowerCut) {
  MemoryDisk disk;
  ASSERT_TRUE(disk.MakeFolder("data"));
  ASSERT_TRUE(ReplaceWhole(disk, "data/note", "a longer one"));
  ASSERT_TRUE(ReplaceWhole(disk, "data/note", "other"));
  disk.CutPower();
  EXPECT_EQ(ReadWhole(disk, "data/note", 5).value(), "other");
  EXPECT_EQ(disk.List("data").value().size(), 1U);
}

TEST(WholeFileTest, WhatIsAbsentOrTooLongSaysSo) {
  MemoryDisk disk;
  ASSERT_TRUE(disk.MakeFolder("data"));
  EXPECT_EQ(ReadWhole(disk, "data/note", 5).error().kind, ErrorKind::kNotFound);
  ASSERT_TRUE(ReplaceWhole(disk, "data/note", "others"));
  EXPECT_EQ(ReadWhole(disk, "data/note", 5).error().kind, ErrorKind::kMalformed);
}

TEST(WholeFileTest, CutOffAnywhereItIsOneOfTheTwo) {
  bool cut = true;
  for (int at = 0; cut; ++at) {
    MemoryDisk disk;
    ASSERT_TRUE(disk.MakeFolder("data"));
    ASSERT_TRUE(ReplaceWhole(disk, "data/note", "before"));
    cut = false;
    int left = at;
    disk.SetFault([&](std::string_view operation, std::string_view) -> Result<void> {
      if (operation == "read" || left-- > 0) return {};
      if (!cut) disk.CutPower([](std::uint64_t bound) { return bound - 1; });
      cut = true;
      return Fail(ErrorKind::kInternal, "the power is out");
    });
    EXPECT_EQ(ReplaceWhole(disk, "data/note", "after").has_value(), !cut);
    disk.SetFault({});
    const auto read = ReadWhole(disk, "data/note", 9).value();
    EXPECT_TRUE(read == "before" || read == "after") << read;
  }
}

}  // namespace
}  // namespace weir
