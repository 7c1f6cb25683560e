// SPDX-License-Identifier: Apache-2.0
#include "gateway/etag.hpp"

#include <gtest/gtest.h>

#include <tuple>

namespace weir::gateway {
namespace {

TEST(MatchesEtag, KnowsEveryWayToGiveTags) {
  const std::tuple<const char*, bool> fields[] = {
      {R"("3")", true},
      {R"(W/"3")", true},
      {R"("1", "3")", true},
      {R"("1",W/"3" )", true},
      {"*", true},
      {" * ", true},
      {R"("3-masked")", false},
      {R"("33")", false},
      {"3", false},
      {"", false},
      {",", false},
      {R"("1", "2")", false},
      {R"(, ,"3",)", true},
      {R"("a,"3"")", false},
  };
  for (const auto& [field, matches] : fields) {
    EXPECT_EQ(MatchesEtag(field, R"("3")"), matches) << field;
  }
}

}  // namespace
}  // namespace weir::gateway
