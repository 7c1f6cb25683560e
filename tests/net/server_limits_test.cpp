// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/net/server_fixture.hpp"

namespace weir::net {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

class ServerLimitsTest : public ServerFixture {
 protected:
  ServerLimitsTest() {
    options_.limits.message = {.header_bytes = 1024, .body_bytes = 1000};
    options_.limits.connections = 4;
    options_.refuse = [](unsigned status, std::string_view why) {
      return Response{.status = status, .headers = {}, .body = "refused: " + std::string(why)};
    };
    Start();
  }
};

struct Bad {
  std::string name;
  std::string request;
  std::string statuses;
};

class ServerRefuses : public ServerLimitsTest, public testing::WithParamInterface<Bad> {};

TEST_P(ServerRefuses, AndCloses) {
  const std::string answer = Talk({{GetParam().request, ""}}, /*half_close=*/false);
  EXPECT_EQ(Statuses(answer), GetParam().statuses);
  EXPECT_THAT(answer, HasSubstr("refused: "));
  EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nX-Request-Id: "));
  EXPECT_EQ(server_->counters().bad_requests, 1U);
}

const std::string kHost = " HTTP/1.1\r\nHost: h\r\n";

INSTANTIATE_TEST_SUITE_P(
    Requests, ServerRefuses,
    testing::Values(
        Bad{"Nonsense", "nonsense\r\n\r\n", "400"},
        Bad{"Tls", std::string("\x16\x03\x01\x02\x00\x01\x00", 7) + "\r\n\r\n", "400"},
        Bad{"Version2", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", "505"},
        Bad{"NoHost", "GET / HTTP/1.1\r\n\r\n", "400"},
        Bad{"TwoHosts", "GET /" + kHost + "Host: i\r\n\r\n", "400"},
        Bad{"SpaceBeforeColon", "GET /" + kHost + "X : 1\r\n\r\n", "400"},
        Bad{"BadLength", "POST /" + kHost + "Content-Length: x\r\n\r\n", "400"},
        Bad{"NegativeLength", "POST /" + kHost + "Content-Length: -1\r\n\r\n", "400"},
        Bad{"TwoLengths", "POST /" + kHost + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "400"},
        Bad{"LengthAndChunked",
            "POST /" + kHost + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "400"},
        Bad{"ForeignCoding", "POST /" + kHost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "400"},
        Bad{"UnchunkedCoding", "POST /" + kHost + "Transfer-Encoding: identity\r\n\r\n", "400"},
        Bad{"OldChunked",
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\nConnection: "
            "keep-alive\r\n\r\n0\r\n\r\n",
            "400"},
        Bad{"BadChunk", "POST /" + kHost + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "400"},
        Bad{"LargeBody", "POST /" + kHost + "Content-Length: 1001\r\n\r\n" + std::string(1001, 'x'),
            "413"},
        Bad{"HugeAnnounced",
            "POST /" + kHost +
                "Expect: 100-continue\r\nContent-Length: 18446744073709551615\r\n\r\n",
            "413"},
        Bad{"LargeChunks",
            "POST /" + kHost + "Transfer-Encoding: chunked\r\n\r\n200\r\n" + std::string(512, 'x') +
                "\r\n200\r\n" + std::string(512, 'x') + "\r\n0\r\n\r\n",
            "413"},
        Bad{"LargeTarget", "GET /" + std::string(2000, 'x') + kHost + "\r\n", "431"},
        Bad{"LargeField", "GET /" + kHost + "X: " + std::string(2000, 'x') + "\r\n\r\n", "431"},
        Bad{"EndlessField", "GET /" + kHost + "X: " + std::string(5000, 'x'), "431"},
        Bad{"EndlessChunkLine",
            "POST /" + kHost + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(5000, 'x'),
            "431"},
        Bad{"EndlessTrailer",
            "POST /" + kHost +
                "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + std::string(5000, 'x'),
            "431"},
        Bad{"AfterAGoodOne", "GET /" + kHost + "\r\nnonsense\r\n\r\n", "200 400"}),
    [](const auto& bad) { return bad.param.name; });

TEST_F(ServerLimitsTest, TakesABodyOfExactlyTheLimit) {
  EXPECT_EQ(
      Statuses(Talk("POST /" + kHost + "Content-Length: 1000\r\n\r\n" + std::string(1000, 'x'))),
      "200");
}

TEST_F(ServerLimitsTest, SaysNothingToWhoLeavesInTheMiddle) {
  EXPECT_EQ(Talk("POST /" + kHost + "Content-Length: 10\r\n\r\nabc"), "");
  EXPECT_EQ(Talk(""), "");
  EXPECT_TRUE(requests_.empty());
}

TEST_F(ServerLimitsTest, ClosesAnIdleConnectionWithoutAWord) {
  const auto begin = clock_.Monotonic();
  const std::string answer = TalkSlowly({{"GET /a" + kHost + "\r\n", "GET /a "}});
  EXPECT_EQ(Statuses(answer), "200");
  EXPECT_GE(clock_.Monotonic() - begin, options_.limits.idle);
  EXPECT_EQ(server_->counters().timed_out, 0U);
}

TEST_F(ServerLimitsTest, CutsOffASlowHeader) {
  // The second request begins in the bytes of the first, so it has surely been seen.
  const auto begin = clock_.Monotonic();
  const std::string answer = TalkSlowly({{"GET /a" + kHost + "\r\nGET /b HTT", "GET /a "}});
  EXPECT_EQ(Statuses(answer), "200 408");
  EXPECT_GE(clock_.Monotonic() - begin, seconds(10));
  EXPECT_LT(clock_.Monotonic() - begin, seconds(30));
  EXPECT_EQ(server_->counters().timed_out, 1U);
}

TEST_F(ServerLimitsTest, CutsOffASlowBody) {
  const auto begin = clock_.Monotonic();
  const std::string answer =
      TalkSlowly({{"POST /a" + kHost + "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n",
                   "Continue\r\n\r\n"}});
  EXPECT_EQ(Statuses(answer), "100 408");
  EXPECT_GE(clock_.Monotonic() - begin, seconds(30));
  EXPECT_EQ(server_->counters().timed_out, 1U);
}

TEST_F(ServerLimitsTest, WaitsForAHandlerLongerThanForAClient) {
  EXPECT_EQ(Statuses(TalkSlowly({{"GET /wait" + kHost + "Connection: close\r\n\r\n", ""}})), "200");
}

/// Asks, reads nothing, and tells when it may be dropped.
boost::asio::awaitable<void> AskAndSleep(std::uint16_t port, boost::asio::ip::tcp::socket* socket) {
  co_await socket->async_connect({boost::asio::ip::address_v4::loopback(), port}, kAwait);
  const std::string request = "GET /large" + kHost + "\r\n";
  co_await boost::asio::async_write(*socket, boost::asio::buffer(request), kAwait);
}

TEST_F(ServerLimitsTest, CutsOffWhoDoesNotReadItsAnswer) {
  boost::asio::ip::tcp::socket socket(io_);
  (void)Await(io_, Finish(AskAndSleep(server_->port(), &socket)));
  while (requests_.empty() || server_->counters().active > 0) {
    io_.restart();
    io_.poll();
    timer_.Advance(std::chrono::milliseconds(250));
  }
  EXPECT_EQ(server_->counters().timed_out, 1U);
}

TEST_F(ServerLimitsTest, TurnsAwayConnectionsOverTheLimit) {
  std::vector<boost::asio::ip::tcp::socket> held;
  for (int i = 0; i < 4; ++i) {
    held.emplace_back(io_).connect({boost::asio::ip::address_v4::loopback(), server_->port()});
  }
  while (server_->counters().active < 4) {
    io_.restart();
    io_.poll();
  }
  EXPECT_EQ(Statuses(Talk({}, /*half_close=*/false)), "503");
  EXPECT_EQ(server_->counters().refused, 1U);
  held.clear();
  while (server_->counters().active > 0) {
    io_.restart();
    io_.poll();
  }
  EXPECT_EQ(Statuses(Talk("GET /a" + kHost + "\r\n")), "200");
}

class ServerDrainTest : public ServerLimitsTest {
 protected:
  /// Begins to stop while a client waits for /wait, and lets `pass` go by.
  void StopDuringWait(seconds grace, seconds pass) {
    boost::asio::co_spawn(
        io_, Converse(server_->port(), {{"GET /wait" + kHost + "\r\n", "never"}}),
        [this](const std::exception_ptr&, std::string answer) { answer_ = std::move(answer); });
    while (requests_.empty()) {
      io_.restart();
      io_.poll();
    }
    boost::asio::co_spawn(io_, server_->Stop(grace),
                          [this](const std::exception_ptr&) { stopped_ = true; });
    timer_.RunFor(io_, pass);
  }

  void FinishAll() {
    timer_.RunFor(io_, std::chrono::hours(2));
    io_.restart();
    io_.run();
  }

  std::string answer_;
};

TEST_F(ServerDrainTest, WaitsForARunningRequest) {
  StopDuringWait(std::chrono::hours(2), seconds(30));
  EXPECT_FALSE(stopped_);
  FinishAll();
  EXPECT_TRUE(stopped_);
  EXPECT_EQ(Statuses(answer_), "200");
  EXPECT_THAT(answer_, HasSubstr("\r\nConnection: close\r\n"));
}

TEST_F(ServerDrainTest, CancelsWhatOutlastsTheGrace) {
  StopDuringWait(seconds(5), seconds(10));
  FinishAll();
  EXPECT_TRUE(stopped_);
  EXPECT_EQ(answer_, "");
  EXPECT_EQ(server_->counters().active, 0U);
}

TEST_F(ServerDrainTest, AcceptsNobodyElse) {
  const auto port = server_->port();
  StopDuringWait(std::chrono::hours(2), seconds(1));
  boost::asio::ip::tcp::socket socket(io_);
  boost::system::error_code error;
  socket.connect({boost::asio::ip::address_v4::loopback(), port}, error);
  EXPECT_TRUE(error);
  FinishAll();
}

TEST_F(ServerDrainTest, ClosesIdleConnectionsAtOnce) {
  boost::asio::ip::tcp::socket idle(io_);
  idle.connect({boost::asio::ip::address_v4::loopback(), server_->port()});
  while (server_->counters().active < 1) {
    io_.restart();
    io_.poll();
  }
  (void)Await(io_, Finish(server_->Stop(std::chrono::hours(1))));
  stopped_ = true;
  io_.restart();
  io_.run();
  EXPECT_EQ(clock_.Monotonic(), seconds(0)) << "nobody had to wait";
}

}  // namespace
}  // namespace weir::net
