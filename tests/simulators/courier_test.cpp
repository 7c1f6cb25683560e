// SPDX-License-Identifier: Apache-2.0
#include "simulators/courier.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/seeded_random.hpp"

namespace weir::simulators {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using Letters = Courier<std::string>;

constexpr Instant kStart{seconds(1'700'000'000)};

class CourierTest : public testing::Test {
 protected:
  Letters Make() {
    return {faults_,
            {.timeout = seconds(3), .retries = {seconds(10)}},
            counts_,
            random_,
            [this](const std::string& order) { return order == "1" ? &events_ : nullptr; },
            [this](const Letters::Parcel& parcel) { given_up_.push_back(parcel.content); }};
  }

  Faults faults_;
  Counts counts_;
  SeededRandom random_{1};
  std::vector<Event> events_;
  std::vector<std::string> given_up_;
};

TEST_F(CourierTest, BooksTheFirstOkOfAnEvent) {
  auto courier = Make();
  courier.Tell("1", events_, {.topic = "a", .what = "b", .at = kStart}, false, "letter");
  const auto attempt = courier.Take(kStart);
  ASSERT_TRUE(attempt.has_value());
  EXPECT_EQ(attempt->parcel->content, "letter");
  EXPECT_EQ(attempt->stamp, kStart);
  const auto first = courier.OnAnswer(attempt->id, true, kStart);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->order, "1");
  EXPECT_EQ(events_[0].answered_ok, 1U);
  EXPECT_EQ(counts_.answered_ok, 1U);
}

TEST_F(CourierTest, RepeatsWhatFailedAndThenGivesItUp) {
  auto courier = Make();
  courier.Tell("1", events_, {.topic = "a", .what = "b", .at = kStart}, false, "letter");
  EXPECT_FALSE(courier.OnAnswer(courier.Take(kStart)->id, false, kStart).has_value());
  const auto again = courier.Take(kStart + seconds(10));
  EXPECT_EQ(again->stamp, kStart + seconds(10));
  EXPECT_FALSE(courier.OnAnswer(again->id, false, kStart + seconds(10)).has_value());
  EXPECT_THAT(given_up_, ElementsAre("letter"));
  EXPECT_EQ(counts_.repeated, 1U);
  EXPECT_EQ(counts_.failed, 2U);
  EXPECT_EQ(courier.given_up(), 1U);
}

TEST_F(CourierTest, SuppressesOnlyWhatMayBeMissing) {
  faults_.missing_paid = 1;
  auto courier = Make();
  courier.Tell("1", events_, {.topic = "a", .what = "b", .at = kStart}, true, "never");
  courier.Tell("1", events_, {.topic = "a", .what = "b", .at = kStart}, false, "letter");
  EXPECT_TRUE(events_[0].suppressed);
  EXPECT_EQ(courier.Take(kStart)->parcel->content, "letter");
  EXPECT_FALSE(courier.Take(kStart).has_value());
  EXPECT_EQ(counts_.suppressed, 1U);
}

TEST_F(CourierTest, DoublesAndForgesBesideTheGenuine) {
  faults_.duplicated = faults_.forged = 1;
  auto courier = Make();
  courier.Tell("letter", kStart);
  std::vector<Letters::Kind> kinds;
  while (const auto attempt = courier.Take(kStart + seconds(60))) {
    kinds.push_back(attempt->parcel->kind);
    (void)courier.OnAnswer(attempt->id, true, kStart + seconds(60));
  }
  EXPECT_THAT(kinds, testing::UnorderedElementsAre(Letters::Kind::kForged, Letters::Kind::kGenuine,
                                                   Letters::Kind::kDuplicate));
  EXPECT_EQ(counts_.pushes, 2U);
  EXPECT_EQ(counts_.duplicated, 1U);
  EXPECT_EQ(counts_.forged_accepted, 1U);
}

TEST_F(CourierTest, NeverRepeatsAForgery) {
  faults_.forged = 1;
  auto courier = Make();
  courier.Tell("letter", kStart);
  while (const auto attempt = courier.Take(kStart)) {
    (void)courier.OnAnswer(attempt->id, attempt->parcel->kind == Letters::Kind::kGenuine, kStart);
  }
  EXPECT_FALSE(courier.NextDue().has_value());
  EXPECT_EQ(counts_.forged_accepted, 0U);
}

TEST_F(CourierTest, HoldsBackAndDelays) {
  faults_.delay = seconds(4);
  auto courier = Make();
  courier.Tell("letter", kStart);
  EXPECT_EQ(courier.NextDue(), kStart + seconds(4));
}

}  // namespace
}  // namespace weir::simulators
