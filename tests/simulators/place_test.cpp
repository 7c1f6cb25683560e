// SPDX-License-Identifier: Apache-2.0
#include "simulators/place.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace weir::simulators {
namespace {

using std::chrono::seconds;

constexpr Instant kStart{seconds(1'700'000'000)};
constexpr Leg kLeg{.from = {.latitude = 31'000'000, .longitude = 121'000'000},
                   .to = {.latitude = 31'010'000, .longitude = 120'990'000},
                   .start = kStart,
                   .end = kStart + seconds(100)};

TEST(PlaceOnALeg, IsOnTheStraightLine) {
  EXPECT_EQ(PlaceOn(kLeg, kStart + seconds(25)), (Place{31'002'500, 120'997'500}));
}

TEST(PlaceOnALeg, IsAtItsEndsOutsideOfIt) {
  EXPECT_EQ(PlaceOn(kLeg, kStart - seconds(1)), kLeg.from);
  EXPECT_EQ(PlaceOn(kLeg, kStart + seconds(1'000)), kLeg.to);
}

TEST(PlaceOnALeg, OfNoTimeIsItsEnd) {
  Leg leg = kLeg;
  leg.end = leg.start;
  EXPECT_EQ(PlaceOn(leg, kStart), leg.to);
}

TEST(Distance, IsInMetres) {
  EXPECT_EQ(Metres({31'000'000, 121'000'000}, {31'000'000, 121'000'000}), 0);
  EXPECT_EQ(Metres({31'000'000, 121'000'000}, {31'010'000, 121'000'000}), 1'112);
  EXPECT_NEAR(Metres({31'000'000, 121'000'000}, {31'000'000, 121'010'000}), 953, 1);
}

TEST(MicroDegrees, AreWrittenWithSixDecimals) {
  EXPECT_EQ(Degrees(121'536'710), "121.536710");
  EXPECT_EQ(Degrees(-5), "-0.000005");
}

TEST(Freight, GrowsByTheKilometreAndTheKilogram) {
  EXPECT_EQ(FreightOf(3'000, 5'000), 600);
  EXPECT_EQ(FreightOf(3'001, 5'000), 750);
  EXPECT_EQ(FreightOf(5'000, 5'000), 900);
  EXPECT_EQ(FreightOf(3'000, 6'001), 800);
}

}  // namespace
}  // namespace weir::simulators
