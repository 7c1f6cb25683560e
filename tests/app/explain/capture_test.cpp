// SPDX-License-Identifier: Apache-2.0
#include "app/explain/capture.hpp"

#include <gtest/gtest.h>

namespace weir::app::explain {
namespace {

TEST(ReadCapture, ABodyAloneNamesNoTarget) {
  const auto request = ReadCapture("a=1&b=2\r\n");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->method, "POST");
  EXPECT_EQ(request->target, "");
  EXPECT_EQ(request->body, "a=1&b=2");
}

TEST(ReadCapture, ARequestKeepsItsHeaders) {
  const auto request = ReadCapture(
      "POST /hooks/dy-main/spi/x?timestamp=1 HTTP/1.1\r\nHost: gw\r\nX-Douyin-Signature: abc\r\n"
      "\r\n{\"a\":1}");
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(request->method, "POST");
  EXPECT_EQ(request->target, "/hooks/dy-main/spi/x?timestamp=1");
  EXPECT_EQ(request->headers.Find("x-douyin-signature"), "abc");
  EXPECT_EQ(request->body, "{\"a\":1}");
}

TEST(ReadCapture, ARequestMayHaveAnEditorsLineBreaks) {
  const auto request = ReadCapture("POST /hooks/dy-main HTTP/1.1\nHost: gw\n\n{}\n");
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(request->headers.Find("Host"), "gw");
  EXPECT_EQ(request->body, "{}");
}

TEST(ReadCapture, AStatedLengthDecidesWhereTheBodyEnds) {
  const auto request =
      ReadCapture("POST /hooks/dy-main HTTP/1.1\r\nContent-Length: 4\r\n\r\n{}\r\nmore");
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(request->body, "{}\r\n");
}

TEST(ReadCapture, AHeadWithoutEndIsRefused) {
  const auto request = ReadCapture("POST /hooks/dy-main HTTP/1.1\nHost: gw");
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().message, "expected an empty line between the headers and the body");
}

TEST(ReadCapture, AHeaderThatIsNoneIsRefused) {
  EXPECT_FALSE(ReadCapture("POST /hooks/dy-main HTTP/1.1\nno colon\n\n{}"));
}

TEST(ReadCapture, AnObjectNamesUrlBodyMethodAndHeaders) {
  const auto request =
      ReadCapture(R"({"url":"https://gw.example.com/hooks/dy-main?x=1","body":"{}","method":"GET",)"
                  R"("headers":{"event-sign":"abc"}})");
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(request->target, "/hooks/dy-main?x=1");
  EXPECT_EQ(request->method, "GET");
  EXPECT_EQ(request->headers.Find("event-sign"), "abc");
}

TEST(ReadCapture, AnObjectWhoseBodyIsNoTextIsRefused) {
  EXPECT_FALSE(ReadCapture(R"({"url":"/hooks/dy-main","body":{}})"));
}

TEST(ReadCapture, AUrlInsideAQueryIsNoOrigin) {
  EXPECT_EQ(TargetOf("/hooks/a?u=https://b/c"), "/hooks/a?u=https://b/c");
}

}  // namespace
}  // namespace weir::app::explain
