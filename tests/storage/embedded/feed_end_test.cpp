// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/storage/embedded/embedded_world.hpp"

namespace weir::storage {
namespace {

/// Reads wait on an executor of their own, so that a batch can go in between.
class FeedEndTest : public testing::Test {
 protected:
  void SetUp() override {
    world_.options.readers = readers_.get_executor();
    ASSERT_TRUE(world_.Open());
  }

  boost::asio::io_context readers_;
  EmbeddedWorld world_;
};

TEST_F(FeedEndTest, BoundsAReadThatWasAskedForBeforeABatch) {
  ASSERT_TRUE(world_.Apply({.changes = {Change(1, "o-1")}}));
  const auto page = world_.Begin(world_.embedded->ReadChanges("demo", 0, 10, {}));
  world_.Poll();
  ASSERT_TRUE(world_.Apply({.changes = {Change(2, "o-2")}}));
  readers_.run();
  world_.Poll();
  ASSERT_TRUE(*page);
  EXPECT_EQ((**page)->next, 1U);
  EXPECT_EQ((**page)->changes.size(), 1U);
}

}  // namespace
}  // namespace weir::storage
