// SPDX-License-Identifier: Apache-2.0
#include "simulators/push_desk.hpp"

#include <gtest/gtest.h>

namespace weir::simulators {
namespace {

TEST(PushAnswer, SaysOkUnderTheMember) {
  EXPECT_TRUE(SaysOk({200, R"({"data":"ok","more":1})"}, "data"));
  EXPECT_FALSE(SaysOk({200, R"({"message":"ok"})"}, "data"));
  EXPECT_FALSE(SaysOk({200, R"({"data":["ok"]})"}, "data"));
  EXPECT_FALSE(SaysOk({500, R"({"data":"ok"})"}, "data"));
}

TEST(PushAnswer, OfAnotherKindIsNotOk) {
  for (const char* body : {"", "ok", "[]", "{", "null"}) {
    EXPECT_FALSE(SaysOk({200, body}, "data")) << body;
  }
}

}  // namespace
}  // namespace weir::simulators
