// SPDX-License-Identifier: Apache-2.0
#include "net/router.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/net/support.hpp"

namespace weir::net {
namespace {

boost::asio::awaitable<Response> Tell(std::string name, PathParameters parameters) {
  co_return Response{.status = 200,
                     .headers = {},
                     .body = fmt::format("{}({})", name, fmt::join(parameters, "|"))};
}

boost::asio::awaitable<Response> Throw(Request, PathParameters) {
  throw std::runtime_error("secret detail");
  co_return Response{};
}

boost::asio::awaitable<Response> EchoBody(Request request, PathParameters) {
  co_return Response{.status = 200, .headers = {}, .body = std::move(request.body)};
}

Handler Named(std::string name) {
  return [name](Request, PathParameters parameters) { return Tell(name, std::move(parameters)); };
}

class RouterTest : public testing::Test {
 protected:
  RouterTest() {
    router_.Add("GET", "/", Named("root"));
    router_.Add("GET", "/v1/orders", Named("list"));
    router_.Add("GET", "/v1/orders/{id}", Named("one"));
    router_.Add("GET", "/v1/orders/newest", Named("newest"));
    router_.Add("POST", "/v1/orders/{id}/accept", Named("accept"));
    router_.Add("POST", "/v1/orders/{id}/refunds/{rid}/approve", Named("approve"));
    router_.Add("PUT", "/v1/stock", Named("put"));
    router_.Add("GET", "/v1/stock", Named("get"));
    router_.Add("POST", "/hooks/{connection}/{topic...}", Named("push"));
    router_.Add("GET", "/hooks/{connection}/{topic...}", Named("probe"));
    router_.Add("POST", "/hooks/{connection}/health", Named("health"));
    router_.Add("GET", "/throws", Throw);
    router_.Add("POST", "/echo", EchoBody);
  }

  Response Ask(std::string method, std::string target, std::string body = {}) {
    return Await(io_, router_.Handle({.method = std::move(method),
                                      .target = std::move(target),
                                      .headers = {},
                                      .body = std::move(body)}));
  }

  boost::asio::io_context io_;
  Router router_;
};

struct Match {
  std::string method;
  std::string target;
  std::string answer;
};

class RouterMatches : public RouterTest, public testing::WithParamInterface<Match> {};

TEST_P(RouterMatches, FindsTheHandler) {
  const Match& match = GetParam();
  const Response response = Ask(match.method, match.target);
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(response.body, match.answer);
}

INSTANTIATE_TEST_SUITE_P(
    Routes, RouterMatches,
    testing::Values(Match{"GET", "/", "root()"}, Match{"GET", "/v1/orders", "list()"},
                    Match{"GET", "/v1/orders?limit=5&x=/y", "list()"},
                    Match{"GET", "/v1/orders/meituan-1", "one(meituan-1)"},
                    Match{"GET", "/v1/orders/newest", "newest()"},
                    Match{"POST", "/v1/orders/newest/accept", "accept(newest)"},
                    Match{"POST", "/v1/orders/a/refunds/b/approve", "approve(a|b)"},
                    Match{"HEAD", "/v1/orders", "list()"},
                    Match{"GET", "/v1/orders/a%2Fb%20%E4%BD%A0", "one(a/b 你)"},
                    Match{"GET", "/v1/orders/a+b", "one(a+b)"},
                    Match{"POST", "/hooks/mt-main/order/paid", "push(mt-main|order/paid)"},
                    Match{"POST", "/hooks/mt-main/order%2Fpaid", "push(mt-main|order/paid)"},
                    Match{"POST", "/hooks/mt-main/", "push(mt-main|)"},
                    Match{"POST", "/hooks/mt-main", "push(mt-main|)"},
                    Match{"GET", "/hooks/mt-main?a=1", "probe(mt-main|)"},
                    Match{"POST", "/hooks/mt-main/health", "health(mt-main)"},
                    Match{"GET", "/hooks/mt-main/health", "probe(mt-main|health)"},
                    Match{"POST", "/hooks/mt-main/health/x", "push(mt-main|health/x)"}));

struct Miss {
  std::string method;
  std::string target;
  unsigned status;
};

class RouterMisses : public RouterTest, public testing::WithParamInterface<Miss> {};

TEST_P(RouterMisses, GoesToTheFallback) {
  router_.SetFallback([](const Request& request, unsigned status) {
    return Response{.status = status, .headers = {}, .body = request.target};
  });
  const Response response = Ask(GetParam().method, GetParam().target);
  EXPECT_EQ(response.status, GetParam().status);
  EXPECT_EQ(response.body, GetParam().target);
}

INSTANTIATE_TEST_SUITE_P(
    Targets, RouterMisses,
    testing::Values(Miss{"GET", "/nowhere", 404}, Miss{"GET", "/v1", 404},
                    Miss{"GET", "/v1/orders/", 404}, Miss{"GET", "/v1//orders", 404},
                    Miss{"GET", "//v1/orders", 404}, Miss{"POST", "/hooks", 404},
                    Miss{"POST", "/hooks/", 404}, Miss{"POST", "/hooks//order/paid", 404},
                    Miss{"DELETE", "/v1/orders", 405}, Miss{"get", "/v1/orders", 405},
                    Miss{"GET", "/v1/orders/%", 400}, Miss{"GET", "/v1/orders/%zz", 400},
                    Miss{"GET", "/nowhere/%4", 400}, Miss{"GET", "/v1/orders/%FF", 400},
                    Miss{"GET", "/v1/orders/a%00b", 400}, Miss{"OPTIONS", "*", 400},
                    Miss{"GET", "", 400}));

TEST_F(RouterTest, TellsAllowedMethods) {
  EXPECT_EQ(Ask("DELETE", "/v1/stock").headers.Find("allow"), "GET, HEAD, PUT");
  EXPECT_EQ(Ask("DELETE", "/v1/orders/1/accept").headers.Find("Allow"), "POST");
}

TEST_F(RouterTest, AnswersAThrowingHandlerWith500) {
  const Response response = Ask("GET", "/throws?token=1");
  EXPECT_EQ(response.status, 500U);
  EXPECT_EQ(response.body, "");
}

TEST_F(RouterTest, GivesTheFallbackOfAThrowNoQuery) {
  router_.SetFallback([](const Request& request, unsigned status) {
    return Response{.status = status, .headers = {}, .body = request.target};
  });
  EXPECT_EQ(Ask("GET", "/throws?token=1").body, "/throws");
}

TEST_F(RouterTest, HandsTheBodyOver) { EXPECT_EQ(Ask("POST", "/echo", "abc").body, "abc"); }

TEST_F(RouterTest, RefusesTheSameRouteTwice) {
  EXPECT_THROW(router_.Add("GET", "/v1/orders/{other}", Named("again")), std::logic_error);
}

TEST_F(RouterTest, RefusesPatternsThatCannotMatch) {
  EXPECT_THROW(router_.Add("GET", "v1", Named("x")), std::logic_error);
  EXPECT_THROW(router_.Add("GET", "/a/{rest...}/b", Named("x")), std::logic_error);
}

TEST_F(RouterTest, ListsItsRoutes) {
  const auto routes = router_.routes();
  EXPECT_EQ(routes.size(), 13U);
  EXPECT_THAT(routes, testing::Contains(testing::FieldsAre("PUT", "/v1/stock")));
}

}  // namespace
}  // namespace weir::net
