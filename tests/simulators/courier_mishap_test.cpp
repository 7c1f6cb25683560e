// SPDX-License-Identifier: Apache-2.0
#include "simulators/courier_mishap.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "base/seeded_random.hpp"

namespace weir::simulators {
namespace {

struct Served {
  HttpAnswer answer;
  std::optional<Verdict> verdict;  ///< None: it never arrived.
};

Served ServedWith(const CourierFaults& faults) {
  SeededRandom random(1);
  Served served;
  served.answer = WithMishaps(random, faults, [&](Verdict verdict) {
    served.verdict = verdict;
    return HttpAnswer{.body = "answer", .headers = {}};
  });
  return served;
}

TEST(CourierMishap, IsNoneWithoutSwitches) {
  const Served served = ServedWith({});
  EXPECT_EQ(served.verdict, Verdict::kServe);
  EXPECT_FALSE(served.answer.cut);
  EXPECT_EQ(served.answer.body, "answer");
}

TEST(CourierMishap, LosesTheRequest) {
  const Served served = ServedWith({.lost_request = 1, .lost_answer = 1, .busy = 1});
  EXPECT_EQ(served.verdict, std::nullopt);
  EXPECT_TRUE(served.answer.cut);
}

TEST(CourierMishap, LosesTheAnswer) {
  const Served served = ServedWith({.lost_answer = 1});
  EXPECT_EQ(served.verdict, Verdict::kServe);
  EXPECT_TRUE(served.answer.cut);
}

TEST(CourierMishap, IsBusyBeforeItRefuses) {
  EXPECT_EQ(ServedWith({.busy = 1, .refused = 1}).verdict, Verdict::kBusy);
  EXPECT_EQ(ServedWith({.refused = 1}).verdict, Verdict::kRefuse);
}

TEST(CourierMishap, MakesTheSameDrawsWhateverTheSwitchesSay) {
  SeededRandom calm(1);
  SeededRandom wild(1);
  const auto serve = [](Verdict) { return HttpAnswer{.headers = {}}; };
  (void)WithMishaps(calm, {}, serve);
  (void)WithMishaps(wild, {.lost_request = 1}, serve);
  EXPECT_EQ(calm.Below(1'000'000), wild.Below(1'000'000));
}

}  // namespace
}  // namespace weir::simulators
