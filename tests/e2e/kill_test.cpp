// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <thread>

#include "base/seeded_random.hpp"
#include "simulators/chance.hpp"
#include "tests/e2e/scale.hpp"
#include "tests/e2e/scene.hpp"

namespace weir::e2e {
namespace {

using ::testing::IsEmpty;

TEST(Kill, LosesNothingAtAnyMomentUnderLoad) {
  const int kills = Times("WEIR_E2E_KILLS", 30, 8);
  const std::int64_t slower = kSlow ? 6 : 1;
  SeededRandom random(7);
  Scene scene(7);
  scene.BeginTraffic();
  for (int i = 0; i < kills; ++i) {
    scene.gateway().Start();
    // Some lives end before they are ready, most of them in full work.
    if (i % 5 != 0) {
      ASSERT_TRUE(scene.gateway().WaitReady()) << scene.gateway().Log();
    }
    std::this_thread::sleep_for(
        std::chrono::milliseconds(simulators::Between(random, 5, 300) * slower));
    scene.gateway().Kill();
  }
  scene.gateway().Start();
  ASSERT_TRUE(scene.gateway().WaitReady()) << scene.gateway().Log();
  ASSERT_TRUE(scene.PlayOut());
  EXPECT_THAT(scene.Audit(), IsEmpty());
  scene.Quiet();
  RecordProperty("answered", static_cast<int>(scene.answered().size()));
  EXPECT_GT(scene.answered().size(), 50U);
  EXPECT_EQ(scene.gateway().Stop(), 0);
  EXPECT_THAT(MissingIn(scene.data(), scene.answered()), IsEmpty());
  const Finished replay = RunWeir({"replay", "--data", scene.data()});
  EXPECT_EQ(replay.exit_code, 0) << replay.output;
}

}  // namespace
}  // namespace weir::e2e
