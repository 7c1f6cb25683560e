// SPDX-License-Identifier: Apache-2.0
#include "app/bench/feed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace weir::app::bench {
namespace {

using testing::ElementsAre;

constexpr std::string_view kPage =
    R"({"data":[{"seq":4,"id":"c-4","type":"order.placed","subject":"meituan-3000000000000000007",)"
    R"("data":{"remark":"\"subject\":\"meituan-1\"","next":"x"}},)"
    R"({"seq":5,"id":"c-5","type":"order.placed","subject":"meituan-3000000000000000009","data":{}}],)"
    R"("next":5})";

TEST(FeedPage, TellsWhereToGoOn) { EXPECT_EQ(NextOf(kPage), 5U); }

TEST(FeedPage, NamesTheOrdersOfItsChanges) {
  EXPECT_THAT(OrderIdsOf(kPage, R"("subject":"meituan-)"),
              ElementsAre(3'000'000'000'000'000'007, 3'000'000'000'000'000'009));
}

TEST(FeedPage, IsNotWhatHasNoEnd) {
  EXPECT_THROW(static_cast<void>(NextOf(R"({"status":500})")), std::runtime_error);
}

}  // namespace
}  // namespace weir::app::bench
