// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>
#include <utility>

#include "connectors/reasons.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors {
namespace {

class AcceptsOnly final : public OrderDesk {
 public:
  boost::asio::awaitable<Result<void>> Accept(std::string /*platform_order_id*/) override {
    co_return Result<void>{};
  }
};

Result<void> Await(boost::asio::awaitable<Result<void>> work) {
  boost::asio::io_context io;
  std::optional<Result<void>> outcome;
  boost::asio::co_spawn(io, std::move(work),
                        [&outcome](const std::exception_ptr& /*failure*/, Result<void> value) {
                          outcome = std::move(value);
                        });
  io.run();
  return std::move(outcome.value());
}

TEST(OrderDesk, WhatAPlatformHasNotIsUnsupported) {
  AcceptsOnly desk;
  for (const Result<void>& answer : {Await(desk.Refuse("1", "closed")), Await(desk.Ready("1")),
                                     Await(desk.DecideRefund("1", "2", true, ""))}) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::kRejected);
    EXPECT_EQ(answer.error().remote_code, "unsupported");
  }
}

constexpr std::array kTable{ReasonCode{reason::kClosed, "503"}};

TEST(Reasons, AWordHasItsPlatformsCode) {
  EXPECT_EQ(CodeOf("closed", kTable, "504"), "503");
  EXPECT_EQ(CodeOf("sold_out", kTable, "504"), "504");
  EXPECT_EQ(CodeOf("停电了", kTable, "504"), "504");
}

TEST(Reasons, TheCustomerReadsAWordsTextOrTheShopsOwn) {
  EXPECT_EQ(ReasonText("sold_out"), "商品已售完");
  EXPECT_EQ(ReasonText("停电了"), "停电了");
  EXPECT_EQ(ReasonText(""), "商家原因");
}

}  // namespace
}  // namespace weir::connectors
