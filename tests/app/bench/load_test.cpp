// SPDX-License-Identifier: Apache-2.0
#include "app/bench/load.hpp"

#include <gtest/gtest.h>
#include <httplib.h>

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "app/bench/place.hpp"
#include "base/instant.hpp"

namespace weir::app::bench {
namespace {

using std::chrono::milliseconds;

constexpr Instant kNow{milliseconds(1'795'000'000'000)};

/// Answers every push with one status and keeps what came.
class Platform {
 public:
  explicit Platform(int status) {
    server_.Post(".*", [this, status](const httplib::Request& request, httplib::Response& answer) {
      const std::lock_guard lock(mutex_);
      bodies_.insert(request.body);
      ++count_;
      answer.status = status;
      answer.set_content("{}", "application/json");
    });
    server_.set_keep_alive_max_count(1'000'000);
    port_ = static_cast<std::uint16_t>(server_.bind_to_any_port("127.0.0.1"));
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~Platform() {
    server_.stop();
    thread_.join();
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::size_t different() const { return bodies_.size(); }

 private:
  httplib::Server server_;
  std::mutex mutex_;
  std::set<std::string> bodies_;
  std::atomic<std::uint64_t> count_{0};
  std::uint16_t port_ = 0;
  std::thread thread_;
};

class LoadTest : public testing::Test {
 protected:
  const SignedOrders orders_{BenchSource(), 1, kNow};
};

TEST_F(LoadTest, SendsEachOrderOnceAndHearsOfEach) {
  Platform platform(200);
  const LoadResult result =
      RunLoad(orders_, {.port = platform.port(), .connections = 4, .duration = milliseconds(100)});
  EXPECT_TRUE(result.clean());
  EXPECT_EQ(result.sent, platform.count());
  EXPECT_EQ(result.sent, platform.different());
  EXPECT_EQ(result.answers.count(), result.sent);
}

TEST_F(LoadTest, ReportsEveryOtherStatus) {
  Platform platform(503);
  const LoadResult result =
      RunLoad(orders_, {.port = platform.port(), .connections = 2, .duration = milliseconds(50)});
  EXPECT_FALSE(result.clean());
  EXPECT_EQ(result.Of(503), result.sent);
  EXPECT_EQ(result.per_second(), 0);
}

TEST_F(LoadTest, SendsWhatTheScheduleSaysHoweverSlowTheServer) {
  Platform platform(200);
  const LoadResult result = RunLoad(
      orders_,
      {.port = platform.port(), .connections = 1, .duration = milliseconds(100), .rate = 500});
  EXPECT_TRUE(result.clean());
  EXPECT_EQ(result.sent, 50U);
}

TEST_F(LoadTest, EndsWithTheLastOrderItMaySend) {
  Platform platform(200);
  const LoadResult result = RunLoad(orders_, {.port = platform.port(),
                                              .connections = 4,
                                              .duration = std::chrono::hours(1),
                                              .at_most = 10});
  EXPECT_TRUE(result.clean());
  EXPECT_EQ(result.sent, 10U);
}

TEST(DueAt, IsCountedFromTheBeginning) {
  using std::chrono::nanoseconds;
  EXPECT_EQ(DueAt(nanoseconds(5), 1000, 0), nanoseconds(5));
  EXPECT_EQ(DueAt(nanoseconds(5), 1000, 3), nanoseconds(3'000'005));
}

}  // namespace
}  // namespace weir::app::bench
