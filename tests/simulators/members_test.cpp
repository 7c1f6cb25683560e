// SPDX-License-Identifier: Apache-2.0
#include "simulators/members.hpp"

#include <gtest/gtest.h>

namespace weir::simulators {
namespace {

const nlohmann::json kObject = nlohmann::json::parse(
    R"({"text":"a","number":7,"count":"8","yuan":20.01,"degrees":"31.257801","huge":1e300,"nil":null})");

TEST(Members, AreReadAsText) {
  EXPECT_EQ(TextIn(kObject, "text"), "a");
  EXPECT_EQ(TextIn(kObject, "number"), "7");
  EXPECT_EQ(TextIn(kObject, "yuan"), "");
  EXPECT_EQ(TextIn(kObject, "none"), "");
  EXPECT_EQ(TextIn(nlohmann::json::array(), "text"), "");
}

TEST(Members, AreReadAsIntegers) {
  EXPECT_EQ(IntIn(kObject, "number"), 7);
  EXPECT_EQ(IntIn(kObject, "count"), 8);
  EXPECT_EQ(IntIn(kObject, "text"), std::nullopt);
}

TEST(Members, AreReadToScale) {
  EXPECT_EQ(ScaledIn(kObject, "yuan", 100), 2'001);
  EXPECT_EQ(ScaledIn(kObject, "degrees", 1'000'000), 31'257'801);
  for (const char* name : {"text", "huge", "nil", "none"}) {
    EXPECT_EQ(ScaledIn(kObject, name, 100), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace weir::simulators
