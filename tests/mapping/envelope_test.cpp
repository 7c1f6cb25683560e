// SPDX-License-Identifier: Apache-2.0
#include "mapping/envelope.hpp"

#include <gtest/gtest.h>

#include <string>

namespace weir::mapping {
namespace {

constexpr std::array<std::string_view, 3> kNames{"event", "id", "content"};

TEST(Envelope, GivesTextsAndNumbersAsTheyStand) {
  Envelope envelope;
  ASSERT_TRUE(
      envelope.Read(R"({"id":18446744073709551615,"content":"{\"a\":1}","event":"x"})", kNames));
  EXPECT_EQ(envelope.text(0), "x");
  EXPECT_EQ(envelope.text(1), "18446744073709551615");
  EXPECT_EQ(envelope.text(2), R"({"a":1})");
}

TEST(Envelope, ForgetsTheOneBefore) {
  Envelope envelope;
  ASSERT_TRUE(envelope.Read(R"({"event":"x"})", kNames));
  ASSERT_TRUE(envelope.Read(R"({"id":"7"})", kNames));
  EXPECT_EQ(envelope.text(0), "");
  EXPECT_EQ(envelope.text(1), "7");
}

TEST(Envelope, LeavesArraysAndObjectsEmpty) {
  Envelope envelope;
  ASSERT_TRUE(envelope.Read(R"({"content":{"a":1},"event":[1]})", kNames));
  EXPECT_EQ(envelope.text(0), "");
  EXPECT_EQ(envelope.text(2), "");
}

class NotAnEnvelope : public testing::TestWithParam<std::string> {};

TEST_P(NotAnEnvelope, IsLeftToTheDocument) {
  Envelope envelope;
  EXPECT_FALSE(envelope.Read(GetParam(), kNames));
}

INSTANTIATE_TEST_SUITE_P(Bodies, NotAnEnvelope,
                         testing::Values("", "[]", "7", R"({"event":)", R"({"id":1.0})",
                                         R"({"id":-0})", R"({"id":1e3})", "{\"event\":\"\xFF\"}",
                                         R"({"event":")" + std::string(70'000, 'x') + R"("})"));

}  // namespace
}  // namespace weir::mapping
