// SPDX-License-Identifier: Apache-2.0
#include "base/swapped.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

namespace weir {
namespace {

TEST(Swapped, ShowsWhatWasSetLast) {
  Swapped<std::string> text("first");
  text.Set("second");
  EXPECT_EQ(*text.Get(), "second");
}

TEST(Swapped, LeavesReadersWhatTheyGot) {
  Swapped<std::string> text("first");
  const auto held = text.Get();
  text.Set("second");
  EXPECT_EQ(*held, "first");
}

TEST(Swapped, IsNeverSeenHalfDone) {
  Swapped<std::string> text(std::string(100, 'a'));
  std::atomic<bool> done{false};
  const std::jthread writer([&] {
    for (int i = 0; i < 10'000; ++i) text.Set(std::string(100, i % 2 == 0 ? 'a' : 'b'));
    done = true;
  });
  while (!done) {
    const auto seen = text.Get();
    ASSERT_EQ(seen->find_first_not_of(seen->front()), std::string::npos);
  }
}

}  // namespace
}  // namespace weir
