// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/order_list.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "tests/connectors/meituan/support.hpp"

namespace weir::connectors::meituan {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FixedClock final : public Clock {
 public:
  [[nodiscard]] Instant Now() const override { return Instant(std::chrono::seconds(1700000000)); }
  [[nodiscard]] std::chrono::nanoseconds Monotonic() const override { return {}; }
};

/// A shop with `count` orders today, of which number 2 is not paid for.
class Shop final : public net::Transport {
 public:
  boost::asio::awaitable<Result<net::Response>> Send(net::Request request,
                                                     std::chrono::milliseconds) override {
    targets.push_back(request.target);
    net::Response response;
    if (HasPath("order/getOrderDaySeq")) {
      response.body = fmt::format(R"({{"data":{{"day_seq":{}}}}})", count);
    } else if (HasPath("order/getOrderIdByDaySeq")) {
      const std::string seq = Parameter("day_seq");
      response.body = seq == "2" ? R"({"data":"ng","error":{"code":806,"msg":"none"}})"
                                 : R"({"data":{"order_id":9)" + seq + "}}";
    } else {
      response.body = fmt::format(R"({{"data":{{"order_id":{}}}}})", Parameter("order_id"));
    }
    if (targets.size() == fails_at) response.body = R"({"data":"ng","error":{"code":711}})";
    co_return response;
  }

  int count = 3;
  std::size_t fails_at = 0;
  std::vector<std::string> targets;

 private:
  bool HasPath(const std::string& path) const {
    return targets.back().find("/" + path + "?") != std::string::npos;
  }
  std::string Parameter(const std::string& name) const {
    const std::string& target = targets.back();
    const std::size_t at = target.find(name + "=") + name.size() + 1;
    return target.substr(at, target.find('&', at) - at);
  }
};

class OrderListTest : public ::testing::Test {
 protected:
  Result<PulledPage> List(std::string cursor = {}, std::chrono::days ago = {}) {
    OrderList list(std::make_shared<Client>(TestCredentials(), shop_, clock_), clock_);
    const Instant to = clock_.Now() - ago;
    boost::asio::io_context io;
    std::optional<Result<PulledPage>> outcome;
    boost::asio::co_spawn(
        io, list.ListOrders("shop_001", {to - std::chrono::days(1), to}, std::move(cursor)),
        [&outcome](const std::exception_ptr& failure, Result<PulledPage> page) {
          if (failure) std::rethrow_exception(failure);
          outcome = std::move(page);
        });
    io.run();
    return std::move(outcome.value());
  }

  FixedClock clock_;  // 2023-11-15 in Beijing
  Shop shop_;
};

TEST_F(OrderListTest, EveryPaidOrderOfTheDayIsReadInFull) {
  const auto page = List();
  ASSERT_TRUE(page);
  ASSERT_THAT(page->items, SizeIs(2));
  EXPECT_EQ(page->items[0].topic, "order/getOrderDetail");
  EXPECT_EQ(page->items[1].payload, R"({"data":{"order_id":93}})");
  EXPECT_EQ(page->next, "");
  EXPECT_THAT(shop_.targets, Contains(HasSubstr("date_time=20231115&day_seq=1")));
}

TEST_F(OrderListTest, ALongDayComesInPages) {
  shop_.count = 25;
  const auto first = List();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->next, "20231115/21/25");
  const auto second = List(first->next);
  ASSERT_TRUE(second);
  EXPECT_THAT(second->items, SizeIs(5));
  EXPECT_EQ(second->next, "");
}

TEST_F(OrderListTest, AnyCallThatFailsFailsThePage) {
  for (const std::size_t call : {1U, 2U, 3U}) {
    shop_.targets.clear();
    shop_.fails_at = call;
    const auto page = List();
    ASSERT_FALSE(page) << call;
    EXPECT_EQ(page.error().remote_code, "711");
  }
}

TEST_F(OrderListTest, OfDaysThatAreOverNothingIsListed) {
  const auto page = List({}, std::chrono::days(2));
  ASSERT_TRUE(page);
  EXPECT_THAT(page->items, IsEmpty());
  EXPECT_THAT(shop_.targets, IsEmpty());
}

TEST_F(OrderListTest, ACursorOfAnotherListIsRefused) {
  for (const char* cursor : {"40", "20231115/0/5", "20231115/a/5"}) EXPECT_FALSE(List(cursor));
}

}  // namespace
}  // namespace weir::connectors::meituan
