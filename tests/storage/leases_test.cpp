// SPDX-License-Identifier: Apache-2.0
#include "storage/leases.hpp"

#include <gtest/gtest.h>

#include "base/fake_time.hpp"

namespace weir::storage {
namespace {

using std::chrono::seconds;

class LeaseTableTest : public testing::Test {
 protected:
  bool Take(const std::string& node, const std::string& name = "job") {
    return table.Take(name, node, seconds(30));
  }

  FakeClock clock;
  LeaseTable table{clock};
};

TEST_F(LeaseTableTest, OneNodeAtATimeHoldsALease) {
  EXPECT_TRUE(Take("a"));
  EXPECT_FALSE(Take("b"));
}

TEST_F(LeaseTableTest, NamesAreApart) {
  EXPECT_TRUE(Take("a", "job"));
  EXPECT_TRUE(Take("b", "other"));
}

TEST_F(LeaseTableTest, ALeaseEndsByItself) {
  ASSERT_TRUE(Take("a"));
  clock.Advance(seconds(29));
  EXPECT_FALSE(Take("b"));
  clock.Advance(seconds(1));
  EXPECT_TRUE(Take("b"));
  EXPECT_FALSE(Take("a"));
}

TEST_F(LeaseTableTest, ItsHolderProlongsIt) {
  ASSERT_TRUE(Take("a"));
  clock.Advance(seconds(20));
  ASSERT_TRUE(Take("a"));
  clock.Advance(seconds(20));
  EXPECT_FALSE(Take("b"));
}

TEST_F(LeaseTableTest, WhatIsGivenBackIsFree) {
  ASSERT_TRUE(Take("a"));
  table.Give("job", "a");
  EXPECT_TRUE(Take("b"));
}

TEST_F(LeaseTableTest, NobodyGivesBackWhatAnotherHolds) {
  ASSERT_TRUE(Take("a"));
  table.Give("job", "b");
  EXPECT_FALSE(Take("b"));
}

}  // namespace
}  // namespace weir::storage
