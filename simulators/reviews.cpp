// SPDX-License-Identifier: Apache-2.0
#include "simulators/reviews.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <string_view>

#include "simulators/chance.hpp"

namespace weir::simulators {
namespace {

using std::chrono::hours;

constexpr auto kOldest = std::chrono::days(89);
constexpr std::uint64_t kOrders = 1'100'000'000'000'000'000;
constexpr std::array<std::string_view, 4> kPraise = {"好吃", "分量足, 下次还来", "包装很好 👍", ""};
constexpr std::array<std::string_view, 3> kBlame = {"太咸了", "送到都凉了",
                                                    "少了一双筷子\n打电话没人接"};
constexpr std::array<std::string_view, 3> kGoodTags = {"味道好", "送餐快", "分量足"};
constexpr std::array<std::string_view, 2> kBadTags = {"口味一般", "送餐慢"};

Review DrawReview(Random& random, const Catalogue& menu, Instant at) {
  const int rating =
      static_cast<int>(Chance(random, 0.7) ? Between(random, 4, 5) : Between(random, 1, 3));
  const bool good = rating > 3;
  const auto near = [&] {
    return std::clamp(rating + static_cast<int>(Between(random, -1, 1)), 1, 5);
  };
  Review review{.order = std::to_string(kOrders + random.Below(kOrders / 100)),
                .rating = rating,
                .food = near(),
                .delivery = near(),
                .packaging = near(),
                .text = std::string(good ? Pick(random, kPraise) : Pick(random, kBlame)),
                .at = at,
                .minutes = Between(random, 18, 70),
                .tags = {std::string(good ? Pick(random, kGoodTags) : Pick(random, kBadTags))},
                .pictures = {},
                .item = random.Below(std::max<std::size_t>(menu.items.size(), 1)),
                .reply = std::nullopt,
                .follow_up = std::nullopt};
  if (Chance(random, 0.2)) {
    review.pictures.push_back("http://p1.example.com/" + review.order + ".jpg");
  }
  if (Chance(random, 0.4)) {
    review.reply = {good ? "谢谢惠顾" : "非常抱歉, 我们会改进", at + hours(5)};
  }
  if (Chance(random, 0.1)) {
    review.follow_up = {"第二次买了, 一样的味道", at + hours(30)};
  }
  return review;
}

}  // namespace

std::vector<Review> DrawReviews(Random& random, const Catalogue& menu, std::size_t count,
                                Instant now) {
  std::vector<Review> reviews;
  for (std::size_t i = 0; i < count; ++i) {
    const auto back =
        Within(random, std::chrono::duration_cast<std::chrono::milliseconds>(kOldest));
    reviews.push_back(DrawReview(random, menu, now - back));
  }
  std::ranges::sort(reviews, std::greater<>(), &Review::at);
  for (std::size_t i = 0; i < reviews.size(); ++i) {
    reviews[i].id = 70'000 + static_cast<std::int64_t>(reviews.size() - i);
  }
  return reviews;
}

}  // namespace weir::simulators
