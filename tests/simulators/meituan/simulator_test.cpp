// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/simulator.hpp"

#include <gtest/gtest.h>
#include <httplib.h>

#include <condition_variable>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include "simulators/shell.hpp"
#include "tests/simulators/meituan/scene.hpp"

namespace weir::simulators::meituan {
namespace {

/// Every fault and quirk at once.
Options WildOptions(std::uint64_t seed) {
  Options options = CalmOptions();
  options.seed = seed;
  options.shops = {"shop_001", "shop_002"};
  options.traffic = {};
  options.traffic.pace = std::chrono::seconds(5);
  options.faults = {.duplicated = 0.2,
                    .reordered = 0.3,
                    .forged = 0.1,
                    .missing_paid = 0.05,
                    .degraded = 0.1,
                    .api_failure = 0.1};
  options.quirks.encoding = Encoding::kMixed;
  options.quirks.get_for_cancel_and_refund = true;
  options.quirks.legacy_status = 0.1;
  options.quirks.net_prices = 0.1;
  return options;
}

std::string Transcript(std::uint64_t seed) {
  Scene scene(WildOptions(seed));
  for (int i = 0; i < 50; ++i) {
    scene.meituan.CreateOrder(scene.now);
    scene.RunFor(std::chrono::seconds(1));
  }
  scene.Run();
  std::string text;
  for (const SeenPush& seen : scene.pushes) {
    text += std::to_string(seen.at.time_since_epoch().count()) + seen.push.url + seen.push.body;
  }
  return text;
}

TEST(MeituanSimulator, SaysTheSameForTheSameSeed) { EXPECT_EQ(Transcript(5), Transcript(5)); }

TEST(MeituanSimulator, SaysOtherThingsForAnotherSeed) { EXPECT_NE(Transcript(5), Transcript(6)); }

TEST(MeituanSimulator, BringsEveryOrderToAnEndWhateverHappens) {
  Scene scene(WildOptions(7));
  for (int i = 0; i < 500; ++i) {
    scene.meituan.CreateOrder(scene.now);
  }
  scene.Run();
  std::set<std::string_view> statuses;
  for (const OrderTruth& order : scene.meituan.Orders()) {
    EXPECT_TRUE(order.settled());
    EXPECT_TRUE(order.platform_status == kCompleted || order.platform_status == kCancelled);
    statuses.insert(order.status);
  }
  EXPECT_EQ(statuses,
            (std::set<std::string_view>{"cancelled", "completed", "expired", "rejected"}));
  EXPECT_EQ(scene.meituan.counts().outstanding, 0U);
}

TEST(MeituanSimulator, WantsAShop) {
  Options options = CalmOptions();
  options.shops.clear();
  EXPECT_THROW(MeituanSimulator{options}, std::invalid_argument);
}

TEST(MeituanSimulator, GivesNoMorePushesThanAskedFor) {
  Scene scene;
  for (int i = 0; i < 5; ++i) {
    scene.meituan.CreateOrder(scene.now, CalmFate());
  }
  const Instant later = scene.now + std::chrono::hours(1);
  EXPECT_EQ(scene.meituan.Due(later, 3).size(), 3U);
}

/// An app on a free port that answers every push with ok.
class App {
 public:
  App() {
    server_.Post(".*", [this](const httplib::Request& request, httplib::Response& response,
                              const httplib::ContentReader& content) {
      std::string body;
      content([&](const char* bytes, std::size_t size) { return body.append(bytes, size), true; });
      const std::lock_guard lock(mutex_);
      bodies_.emplace_back(request.path, body);
      arrived_.notify_all();
      response.set_content(R"({"data":"ok"})", "application/json");
    });
    server_.set_keep_alive_timeout(1);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) {
      std::this_thread::yield();
    }
  }
  ~App() {
    server_.stop();
    thread_.join();
  }
  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
  /// Waits for so many pushes, long enough for any machine; gives how many came.
  std::size_t Await(std::size_t count) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::seconds(60), [&] { return bodies_.size() >= count; });
    return bodies_.size();
  }

 private:
  httplib::Server server_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<std::pair<std::string, std::string>> bodies_;
  int port_ = 0;
};

TEST(MeituanSimulator, LivesBehindRealSockets) {
  App app;
  Options options = CalmOptions();
  options.push_url = app.origin() + "/hooks/mt";
  options.traffic.pace = std::chrono::milliseconds(5);
  MeituanSimulator meituan(options);
  const SystemClock clock;
  HttpShell shell(meituan, clock, {});
  ASSERT_TRUE(shell.Start().has_value());
  std::string id;
  shell.With([&] { id = meituan.CreateOrder(clock.Now(), CalmFate()); });
  EXPECT_EQ(app.Await(8), 8U);

  Fields fields = {{"app_id", "9001"}, {"order_id", id}, {"timestamp", "1700000000"}};
  const std::string path = "/api/v1/order/viewstatus";
  const std::string signature = Sign(shell.origin() + path, fields, kSecret);
  httplib::Client client(shell.origin());
  const auto status =
      client.Get(path + "?app_id=9001&order_id=" + id + "&timestamp=1700000000&sig=" + signature);
  ASSERT_TRUE(status);
  EXPECT_EQ(status->body, R"({"data":{"status":8}})");
  shell.Stop();
  EXPECT_TRUE(meituan.Truth(id)->settled());
}

}  // namespace
}  // namespace weir::simulators::meituan
