// SPDX-License-Identifier: Apache-2.0
#include "simulators/shelves.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace weir::simulators {
namespace {

constexpr Instant kNow{std::chrono::seconds(1'700'000'000)};

TEST(Shelves, GiveTheSameMenuForTheSameSeedAndShop) {
  Shelves one(7, 50, 10);
  Shelves other(7, 50, 10);
  EXPECT_EQ(one.MenuOf("a").items[3].specs[0].price, other.MenuOf("a").items[3].specs[0].price);
  EXPECT_EQ(one.ReviewsOf("a", kNow)[0].text, other.ReviewsOf("a", kNow)[0].text);
}

TEST(Shelves, KeepWhatIsChanged) {
  Shelves shelves(7, 5, 0);
  shelves.MenuOf("a").items.front().name = "新菜";
  EXPECT_EQ(shelves.MenuOf("a").items.front().name, "新菜");
  EXPECT_NE(shelves.MenuOf("b").items.front().name, "新菜");
}

TEST(Shelves, HoldNoMoreThanThreeThousandItems) {
  Shelves shelves(1, 10'000, 0);
  EXPECT_EQ(shelves.MenuOf("a").items.size(), Shelves::kLargestMenu);
}

TEST(Catalogue, NamesEverythingOnce) {
  Shelves shelves(3, 3000, 0);
  std::set<std::string> codes;
  std::set<std::int64_t> specs;
  std::size_t count = 0;
  for (const CatalogueItem& item : shelves.MenuOf("a").items) {
    codes.insert(item.code);
    ASSERT_FALSE(item.specs.empty());
    ASSERT_LT(item.category, shelves.MenuOf("a").categories.size());
    for (const CatalogueSpec& spec : item.specs) {
      EXPECT_GT(spec.price, 0);
      specs.insert(spec.id);
      ++count;
    }
  }
  EXPECT_EQ(codes.size(), 3000U);
  EXPECT_EQ(specs.size(), count);
}

TEST(Catalogue, MayBeEmpty) {
  Shelves shelves(3, 0, 5);
  EXPECT_TRUE(shelves.MenuOf("a").items.empty());
  EXPECT_EQ(shelves.ReviewsOf("a", kNow).size(), 5U);
}

TEST(Reviews, AreOfTheLastNinetyDaysNewestFirst) {
  Shelves shelves(5, 10, 200);
  const auto& reviews = shelves.ReviewsOf("a", kNow);
  ASSERT_EQ(reviews.size(), 200U);
  EXPECT_TRUE(std::ranges::is_sorted(reviews, std::greater<>(), &Review::at));
  EXPECT_LE(reviews.front().at, kNow);
  EXPECT_GT(reviews.back().at, kNow - std::chrono::days(90));
  for (const Review& review : reviews) {
    for (const int score : {review.rating, review.food, review.delivery, review.packaging}) {
      EXPECT_TRUE(score >= 1 && score <= 5);
    }
  }
}

TEST(Reviews, AreOfSeveralKinds) {
  Shelves shelves(5, 10, 200);
  const auto& reviews = shelves.ReviewsOf("a", kNow);
  EXPECT_TRUE(
      std::ranges::any_of(reviews, [](const Review& each) { return each.reply.has_value(); }));
  EXPECT_TRUE(
      std::ranges::any_of(reviews, [](const Review& each) { return each.follow_up.has_value(); }));
  EXPECT_TRUE(
      std::ranges::any_of(reviews, [](const Review& each) { return !each.pictures.empty(); }));
}

}  // namespace
}  // namespace weir::simulators
