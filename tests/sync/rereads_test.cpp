// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/seeded_random.hpp"
#include "sync/backpressure.hpp"
#include "sync/errands.hpp"
#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A platform that notes what it is asked for and knows nothing.
class Asked final : public connectors::OrderSource {
 public:
  boost::asio::awaitable<Result<connectors::PulledItem>> GetOrder(std::string id) override {
    ids.push_back(std::move(id));
    co_return Fail(ErrorKind::kNotFound, "no such order");
  }
  std::vector<std::string> ids;
};

class RereadsTest : public ::testing::Test {
 protected:
  void Urge(const std::string& connection, const std::string& number) {
    model::OrderFacts facts;
    facts.platform_order_id = number;
    facts.urged = true;
    scene_.Push(connection, std::move(facts));
    scene_.FoldAll();
  }
  void Pause(const std::string& connection, bool paused) {
    scene_.Declare(PauseSetting{.connection = connection, .paused = paused});
    scene_.FoldAll();
  }
  std::vector<std::string> AskedFor() {
    scene_.Must(scene_.Run(rereads_.Step()));
    return std::exchange(platform_->ids, {});
  }

  FoldScene scene_;
  SeededRandom random_{1};
  Backpressure backpressure_{scene_.clock};
  Ingest ingest_{scene_.storage, scene_.clock, backpressure_};
  std::shared_ptr<Asked> platform_ = std::make_shared<Asked>();
  Rereads rereads_{scene_.storage, ingest_,
                   [this](const std::string& merchant, const std::string&) {
                     return std::make_shared<const OrderReader>(OrderReader{
                         .merchant = merchant, .platform = "meituan", .orders = platform_});
                   },
                   scene_.clock, random_};
};

TEST_F(RereadsTest, AskForWhatIsPartial) {
  Urge("mt-main", "1");
  EXPECT_THAT(AskedFor(), ElementsAre("1"));
}

TEST_F(RereadsTest, AskNothingOfAPausedConnection) {
  Pause("mt-main", true);
  Urge("mt-main", "1");
  Urge("mt-b", "2");
  EXPECT_THAT(AskedFor(), ElementsAre("2"));
}

TEST_F(RereadsTest, AskAtOnceWhenItGoesOn) {
  Pause("mt-main", true);
  Urge("mt-main", "1");
  EXPECT_THAT(AskedFor(), IsEmpty());
  Pause("mt-main", false);
  EXPECT_THAT(AskedFor(), ElementsAre("1"));
}

TEST_F(RereadsTest, AskWithinASecondForWhatIsWishedAnew) {
  Urge("mt-main", "1");
  EXPECT_THAT(AskedFor(), ElementsAre("1"));
  // The answer comes, and another message asks for more before anybody looks.
  model::OrderFacts answer;
  answer.platform_order_id = "1";
  answer.snapshot.emplace();
  scene_.Push("mt-main", std::move(answer));
  scene_.FoldAll();
  scene_.clock.Advance(std::chrono::milliseconds(100));
  model::OrderFacts more;
  more.platform_order_id = "1";
  more.sent_at = scene_.clock.Now();
  more.wants_reread = true;
  scene_.Push("mt-main", std::move(more));
  scene_.FoldAll();
  EXPECT_THAT(AskedFor(), IsEmpty());
  scene_.clock.Advance(std::chrono::seconds(1));
  EXPECT_THAT(AskedFor(), ElementsAre("1"));
}

TEST_F(RereadsTest, ALongBacklogOfAPausedConnectionHidesNobody) {
  Pause("mt-main", true);
  for (int i = 0; i < 600; ++i) Urge("mt-main", std::to_string(i));
  scene_.clock.Advance(std::chrono::seconds(1));
  Urge("mt-b", "1000");
  EXPECT_THAT(AskedFor(), ElementsAre("1000"));
}

}  // namespace
}  // namespace weir::sync::testing
