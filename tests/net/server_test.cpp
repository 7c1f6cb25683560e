// SPDX-License-Identifier: Apache-2.0
#include "net/server.hpp"

#include <gmock/gmock.h>

#include <stdexcept>
#include <thread>

#include "base/clock.hpp"
#include "net/beast_transport.hpp"
#include "tests/net/server_fixture.hpp"

namespace weir::net {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ServerTest : public ServerFixture {
 protected:
  ServerTest() { Start(); }
};

TEST_F(ServerTest, HandsTheRequestOver) {
  (void)Talk(
      "POST /hooks/a/b?x=%20 HTTP/1.1\r\nHost: h\r\nX-One:  1 \r\nContent-Length: 3\r\n\r\nabc");
  ASSERT_EQ(requests_.size(), 1U);
  const Request& request = requests_[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/hooks/a/b?x=%20");
  EXPECT_EQ(request.path(), "/hooks/a/b");
  EXPECT_EQ(request.query(), "x=%20");
  EXPECT_EQ(request.headers.Find("x-one"), "1");
  EXPECT_EQ(request.body, "abc");
  EXPECT_EQ(request.remote, "127.0.0.1");
}

TEST_F(ServerTest, WritesACompleteAnswer) {
  const std::string answer = Talk("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nContent-Type: text/plain\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nContent-Length: 7\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("Connection:")));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nGET /a "));
}

TEST_F(ServerTest, EchoesADistinctRequestId) {
  const std::string answer =
      Talk("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_EQ(requests_.size(), 2U);
  EXPECT_NE(requests_[0].request_id, requests_[1].request_id);
  for (const Request& request : requests_) {
    EXPECT_THAT(answer, HasSubstr("X-Request-Id: " + request.request_id + "\r\n"));
  }
}

TEST_F(ServerTest, KeepsTheConnectionOpen) {
  const std::string answer = Talk({{"GET /a HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a "},
                                   {"GET /b HTTP/1.1\r\nHost: h\r\n\r\n", "GET /b "}});
  EXPECT_EQ(Statuses(answer), "200 200");
  EXPECT_EQ(server_->counters().accepted, 1U);
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  std::string requests;
  std::string order;
  for (int i = 0; i < 50; ++i) {
    const std::string body = "b" + std::to_string(i);
    requests += "POST /" + std::to_string(i) +
                " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body;
    order += "POST /" + std::to_string(i) + " " + body + "|";
  }
  const std::string answers = Talk(requests);
  std::string got;
  for (auto at = answers.find("POST /"); at != std::string::npos;
       at = answers.find("POST /", at + 1)) {
    got += answers.substr(at, answers.find("HTTP/1.1", at) - at) + "|";
  }
  EXPECT_EQ(got, order);
}

TEST_F(ServerTest, ReadsARequestThatComesByteByByte) {
  std::vector<Step> steps;
  for (const char c : std::string("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc")) {
    steps.push_back({std::string(1, c), ""});
  }
  EXPECT_THAT(Talk(std::move(steps)), EndsWith("POST /a abc"));
}

TEST_F(ServerTest, ReadsAChunkedBodyAndDropsTrailers) {
  const std::string answer = Talk(
      "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nX-Trailer: 1\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(Statuses(answer), "200 200");
  EXPECT_EQ(requests_.at(0).body, "abcdefg");
  EXPECT_EQ(requests_.at(0).headers.Find("X-Trailer"), "");
}

TEST_F(ServerTest, LeavesTheBodyOfAHeadOut) {
  const std::string answer = Talk("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("\r\nContent-Length: 8\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST_F(ServerTest, TellsNoLengthWithout) {
  const std::string answer = Talk("GET /empty HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(Statuses(answer), "204");
  EXPECT_THAT(answer, Not(HasSubstr("Content-Length")));
}

TEST_F(ServerTest, ClosesWhenAskedTo) {
  const std::string answer = Talk({{"GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", ""}},
                                  /*half_close=*/false);
  EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
}

TEST_F(ServerTest, ClosesAfterHttp10) {
  const std::string answer = Talk({{"GET /a HTTP/1.0\r\n\r\n", ""}}, /*half_close=*/false);
  EXPECT_EQ(Statuses(answer), "200");
}

TEST_F(ServerTest, KeepsHttp10OpenWhenAskedTo) {
  const std::string request = "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  const std::string answer = Talk({{request, "GET /a "}, {request, "GET /a "}});
  EXPECT_EQ(Statuses(answer), "200 200");
  EXPECT_THAT(answer, HasSubstr("\r\nConnection: keep-alive\r\n"));
}

TEST_F(ServerTest, AsksForTheBodyOfWhoWaits) {
  const std::string answer =
      Talk({{"POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n",
             "HTTP/1.1 100 Continue\r\n\r\n"},
            {"abc", "POST /a abc"}});
  EXPECT_EQ(Statuses(answer), "100 200");
}

TEST_F(ServerTest, AsksNobodyWhoHasSentTheBody) {
  EXPECT_EQ(Statuses(Talk("POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                          "Content-Length: 3\r\n\r\nabc")),
            "200");
}

TEST_F(ServerTest, SendsALargeAnswerWhole) {
  const std::string answer = Talk("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, kLarge);
}

TEST_F(ServerTest, AnswersAThrowingHandlerAndGoesOn) {
  EXPECT_EQ(
      Statuses(Talk("GET /throw HTTP/1.1\r\nHost: h\r\n\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n")),
      "500 200");
}

TEST_F(ServerTest, TakesAnAbsoluteTarget) {
  (void)Talk(
      "GET http://h/a/b?c HTTP/1.1\r\nHost: h\r\n\r\nGET http://h HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(requests_.at(0).target, "/a/b?c");
  EXPECT_EQ(requests_.at(1).target, "/");
}

TEST_F(ServerTest, StopsOnceNobodyTalks) {
  (void)Talk("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
  (void)Await(io_, Finish(server_->Stop(std::chrono::seconds(5))));
  stopped_ = true;
  io_.restart();
  io_.run();  // returns
  EXPECT_EQ(server_->counters().active, 0U);
}

TEST(Server, SaysWhatKeepsItFromListening) {
  boost::asio::io_context io;
  FakeClock clock;
  FakeTimer timer(clock);
  SeededRandom random(1);
  const ServerContext context{{&io}, clock, timer, random};
  HttpServer first({}, context, {});
  first.Start();
  ServerOptions options;
  options.port = first.port();
  HttpServer second(options, context, {});
  try {
    second.Start();
    FAIL() << "two servers on one port";
  } catch (const std::runtime_error& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("127.0.0.1:" + std::to_string(first.port())));
  }
}

// What the single-threaded tests cannot see: connections on two threads, and a stop among them.
TEST(Server, SpreadsConnectionsOverItsThreads) {
  boost::asio::io_context one(1);
  boost::asio::io_context two(1);
  boost::asio::io_context clients;
  SystemClock clock;
  SystemTimer timer;
  SeededRandom random(1);
  std::atomic<int> on_one{0};
  std::atomic<int> on_two{0};
  struct Count {
    static boost::asio::awaitable<Response> Serve(Request, std::atomic<int>* first,
                                                  std::atomic<int>* second,
                                                  boost::asio::io_context* io) {
      ++(io->get_executor().running_in_this_thread() ? *first : *second);
      co_return Response{};
    }
  };
  HttpServer server({}, {{&one, &two}, clock, timer, random}, [&](Request request) {
    return Count::Serve(std::move(request), &on_one, &on_two, &one);
  });
  server.Start();
  std::thread first([&] { one.run(); });
  std::thread second([&] { two.run(); });
  const std::string request = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
  int answered = 0;
  for (int i = 0; i < 8; ++i) {
    boost::asio::co_spawn(clients, Converse(server.port(), {{request + request + request, ""}}),
                          [&answered](const std::exception_ptr&, const std::string& answer) {
                            answered += Statuses(answer) == "200 200 200" ? 1 : 0;
                          });
  }
  clients.run();
  EXPECT_EQ(answered, 8);
  EXPECT_TRUE(Await(clients, Finish(server.Stop(std::chrono::seconds(10)))));
  first.join();
  second.join();
  EXPECT_EQ(on_one + on_two, 24);
  EXPECT_GT(on_one, 0);
  EXPECT_GT(on_two, 0);
}

}  // namespace
}  // namespace weir::net
