// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace weir {
namespace {

constexpr ErrorKind kKinds[] = {
    ErrorKind::kTransport, ErrorKind::kRateLimited, ErrorKind::kUnauthorized, ErrorKind::kRejected,
    ErrorKind::kNotFound,  ErrorKind::kMalformed,   ErrorKind::kConflict,     ErrorKind::kInternal};

TEST(ErrorKind, HasAWordOfItsOwn) {
  std::set<std::string_view> words;
  for (const ErrorKind kind : kKinds) {
    words.insert(Name(kind));
  }
  EXPECT_EQ(words.size(), std::size(kKinds));
  EXPECT_EQ(Name(ErrorKind::kRateLimited), "rate_limited");
}

TEST(ErrorKind, IsTransientOnlyWhenTimeAloneHeals) {
  for (const ErrorKind kind : kKinds) {
    EXPECT_EQ(IsTransient(kind), kind == ErrorKind::kTransport || kind == ErrorKind::kRateLimited)
        << Name(kind);
  }
}

TEST(Fail, MakesTheErrorOfAnyResult) {
  const Result<int> result = Fail(ErrorKind::kNotFound, "no such file");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(result.error().message, "no such file");
}

}  // namespace
}  // namespace weir
