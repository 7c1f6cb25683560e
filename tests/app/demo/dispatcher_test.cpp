// SPDX-License-Identifier: Apache-2.0
#include "app/demo/dispatcher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace weir::app::demo {
namespace {

using nlohmann::json;
using testing::IsEmpty;

struct Asked {
  std::string path;
  std::string key;
  json body;
};

/// A gateway that takes everything and remembers it.
class Gateway {
 public:
  Gateway() {
    server_.set_keep_alive_timeout(1);
    server_.Post(".*", [this](const httplib::Request& request, httplib::Response& response) {
      const std::lock_guard lock(mutex_);
      if (fails_ > 0) {
        --fails_;
        response.status = 503;
        return;
      }
      asked_.push_back({.path = request.path,
                        .key = request.get_header_value("Idempotency-Key"),
                        .body = json::parse(request.body)});
      response.status = 202;
      changed_.notify_all();
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~Gateway() {
    server_.stop();
    thread_.join();
  }
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  [[nodiscard]] std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
  void Fail(int calls) {
    const std::lock_guard lock(mutex_);
    fails_ = calls;
  }
  std::vector<Asked> Wait(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(30), [&] { return asked_.size() >= count; });
    return asked_;
  }

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Asked> asked_;
  int fails_ = 0;
};

Change OrderOf(int number, const char* mode = "merchant", bool placed = true) {
  json customer = json::object();
  if (placed) customer["latitude"] = 31.2;
  return {.seq = 1,
          .type = "order.placed",
          .subject = "meituan-" + std::to_string(number),
          .at = {},
          .version = 1,
          .data = {{"status", "placed"}, {"delivery", {{"mode", mode}}}, {"customer", customer}}};
}

Change ShipmentOf(const char* type, const char* id, const json& data) {
  return {.seq = 1, .type = type, .subject = id, .at = {}, .version = 1, .data = data};
}

class Dispatching : public testing::Test {
 protected:
  void SetUp() override { dispatcher_.Start(); }

  Gateway gateway_;
  Dispatcher dispatcher_{gateway_.origin(), "key"};
};

TEST_F(Dispatching, GivesOrdersToACourierByPolicy) {
  for (int i = 1; i <= 2; ++i) dispatcher_.Take(OrderOf(i));
  const auto asked = gateway_.Wait(2);
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[0].path, "/v1/shipments");
  EXPECT_EQ(asked[0].key, "dispatch-meituan-1");
  EXPECT_EQ(asked[0].body.at("order"), "meituan-1");
  EXPECT_EQ(asked[0].body.at("policy").at("by"), "cheapest");
  EXPECT_EQ(asked[0].body.at("policy").at("couriers"), json({"dada-main", "sfc-main"}));
  EXPECT_EQ(asked[1].body.at("order"), "meituan-2");
}

TEST_F(Dispatching, SendsEveryFourthAsAParcel) {
  for (int i = 1; i <= 4; ++i) dispatcher_.Take(OrderOf(i));
  const auto asked = gateway_.Wait(4);
  ASSERT_EQ(asked.size(), 4U);
  EXPECT_FALSE(asked[2].body.contains("courier"));
  EXPECT_EQ(asked[3].body.at("courier"), "sfx-main");
}

TEST_F(Dispatching, SendsAsAParcelWhatHasNoPlace) {
  dispatcher_.Take(OrderOf(1, "merchant", false));
  const auto asked = gateway_.Wait(1);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].body.at("courier"), "sfx-main");
}

TEST_F(Dispatching, LeavesToThePlatformWhatItDelivers) {
  for (int i = 1; i <= 4; ++i) dispatcher_.Take(OrderOf(i, "platform"));
  EXPECT_TRUE(dispatcher_.idle());
}

TEST_F(Dispatching, GivesAnOrderOnce) {
  for (int i = 1; i <= 3; ++i) dispatcher_.Take(OrderOf(1));
  dispatcher_.Take(OrderOf(2));
  const auto asked = gateway_.Wait(2);
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[1].key, "dispatch-meituan-2");
}

TEST_F(Dispatching, AsksAgainUnderTheSameKey) {
  gateway_.Fail(2);
  dispatcher_.Take(OrderOf(1));
  const auto asked = gateway_.Wait(1);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].key, "dispatch-meituan-1");
  EXPECT_THAT(dispatcher_.complaint(), IsEmpty());
}

TEST_F(Dispatching, RestsWhenItIsTold) {
  dispatcher_.Rest();
  for (int i = 1; i <= 2; ++i) dispatcher_.Take(OrderOf(i));
  EXPECT_TRUE(dispatcher_.idle());
}

TEST_F(Dispatching, TipsEveryFifthRider) {
  for (int i = 1; i <= 5; ++i) {
    dispatcher_.Take(ShipmentOf("shipment.status_changed", "shp-1",
                                {{"status", "assigned"}, {"connection", "dada-main"}}));
  }
  const auto asked = gateway_.Wait(1);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].path, "/v1/shipments/shp-1/tip");
  EXPECT_EQ(asked[0].body, json({{"amount", 200}}));
}

TEST_F(Dispatching, CountsWhatACourierLost) {
  dispatcher_.Take(ShipmentOf("shipment.status_changed", "shp-1",
                              {{"status", "cancelled"}, {"connection", "dada-main"}}));
  dispatcher_.Take(ShipmentOf("shipment.created", "shp-2", {{"predecessor", "shp-1"}}));
  EXPECT_EQ(dispatcher_.cancelled(), (Dispatcher::Tally{{"dada-main", 1}}));
  EXPECT_EQ(dispatcher_.taken_over(), (Dispatcher::Tally{{"dada-main", 1}}));
}

}  // namespace
}  // namespace weir::app::demo
