// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "base/seeded_random.hpp"
#include "simulators/chance.hpp"
#include "tests/e2e/endpoint_process.hpp"
#include "tests/e2e/scale.hpp"
#include "tests/e2e/scene.hpp"

namespace weir::e2e {
namespace {

using ::testing::IsEmpty;

constexpr auto kPatience = std::chrono::minutes(3);
constexpr auto kGlance = std::chrono::milliseconds(50);

constexpr const char* kImpatient = R"([callbacks]
retry_seconds = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
timeout_seconds = 2
)";

TEST(Callbacks, AllArriveInOrderWhateverTheEndpointsAndTheProcessDo) {
  EndpointProcess healthy("healthy", 1, {});
  EndpointProcess limited("limited", 2, {.limited = 0.003});
  EndpointProcess cut("cut", 3, {.failed = 0.02, .redirected = 0.01, .cut = 0.03});
  EndpointProcess slow("slow", 4, {.stalled = 0.002, .stall = std::chrono::seconds(3)});
  EndpointProcess down("down", 5, {});
  down.GoDown();
  const std::vector<EndpointProcess*> all = {&healthy, &limited, &cut, &slow, &down};
  std::string more = kImpatient;
  for (const EndpointProcess* endpoint : all) more += endpoint->Declared();

  Scene scene(11, more);
  SeededRandom random(11);
  scene.BeginTraffic();
  for (int i = 0; i < Times("WEIR_E2E_CALLBACK_KILLS", 6, 2); ++i) {
    scene.gateway().Start();
    ASSERT_TRUE(scene.gateway().WaitReady()) << scene.gateway().Log();
    std::this_thread::sleep_for(
        std::chrono::milliseconds(simulators::Between(random, 100, 600) * (kSlow ? 4 : 1)));
    scene.gateway().Kill();
  }
  scene.gateway().Start();
  ASSERT_TRUE(scene.gateway().WaitReady()) << scene.gateway().Log();
  ASSERT_TRUE(scene.PlayOut());
  app::demo::GatewayClient client(scene.origin(), app::demo::kApiKey);
  const std::uint64_t feed_end = client.Orders().value().feed_end;
  EXPECT_GT(feed_end, 100U);
  EXPECT_TRUE(healthy.WaitFor(feed_end));
  down.ComeUp();
  for (EndpointProcess* endpoint : all) {
    EXPECT_TRUE(endpoint->WaitFor(feed_end));
    EXPECT_THAT(endpoint->Complaints(feed_end), IsEmpty());
  }
  EXPECT_GT(limited.counts().failed + cut.counts().failed + slow.counts().failed, 0U);
  EXPECT_EQ(scene.gateway().Stop(), 0) << scene.gateway().Log();
}

TEST(Callbacks, NoneGoesToAPrivateAddressUnlessToldSo) {
  EndpointProcess endpoint("hidden", 6, {});
  std::string declared = endpoint.Declared();
  const std::string allowed = "allow_private = true";
  declared.replace(declared.find(allowed), allowed.size(), "allow_private = false");
  Scene scene(12, kImpatient + declared);
  scene.gateway().Start();
  ASSERT_TRUE(scene.gateway().WaitReady()) << scene.gateway().Log();
  scene.BeginTraffic();
  app::demo::GatewayClient client(scene.origin(), app::demo::kApiKey);
  const auto end = std::chrono::steady_clock::now() + kPatience;
  double failed = 0;
  while (failed == 0 && std::chrono::steady_clock::now() < end) {
    failed = app::demo::MetricOf(client.Get("/metrics").value_or(""),
                                 "weir_callback_attempts_failed_total");
    std::this_thread::sleep_for(kGlance);
  }
  EXPECT_GT(failed, 0);
  EXPECT_EQ(endpoint.counts().calls, 0U);
  scene.Quiet();
  EXPECT_EQ(scene.gateway().Stop(), 0);
}

}  // namespace
}  // namespace weir::e2e
