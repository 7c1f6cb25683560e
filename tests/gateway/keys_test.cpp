// SPDX-License-Identifier: Apache-2.0
#include "gateway/keys.hpp"

#include <gtest/gtest.h>

namespace weir::gateway {
namespace {

class KeyRingTest : public testing::Test {
 protected:
  KeyRingTest() {
    ring_.Set({{{.key_id = "erp", .merchant = "demo", .scopes = 1}, Secret("s3cret")},
               {{.key_id = "ops", .merchant = "*", .scopes = 9}, Secret("other")}});
  }

  std::string IdOf(std::string_view authorization) {
    const auto found = ring_.Find(authorization);
    return found ? found->key_id : "nobody";
  }

  KeyRing ring_;
};

TEST_F(KeyRingTest, FindsWhoseKeyItIs) {
  EXPECT_EQ(IdOf("Bearer s3cret"), "erp");
  EXPECT_EQ(IdOf("Bearer other"), "ops");
}

TEST_F(KeyRingTest, TakesTheSchemeAsTheStandardDoes) {
  EXPECT_EQ(IdOf("bearer s3cret"), "erp");
  EXPECT_EQ(IdOf("BEARER   s3cret"), "erp");
}

TEST_F(KeyRingTest, FindsNobodyForAnythingElse) {
  for (const char* field : {"", "Bearer", "Bearer ", "Bearer    ", "s3cret", "Basic s3cret",
                            "Bearer s3cre", "Bearer s3cret2", "Bearer S3CRET", "Bearers3cret"}) {
    EXPECT_EQ(IdOf(field), "nobody") << field;
  }
}

TEST_F(KeyRingTest, NeverFindsAnEmptySecret) {
  ring_.Set({{{.key_id = "empty", .merchant = "demo", .scopes = 1}, Secret("")}});
  EXPECT_EQ(IdOf("Bearer "), "nobody");
  EXPECT_EQ(IdOf("Bearer  "), "nobody");
}

TEST_F(KeyRingTest, KnowsOnlyTheKeysSetLast) {
  ring_.Set({{{.key_id = "new", .merchant = "demo", .scopes = 1}, Secret("s3cret")}});
  EXPECT_EQ(IdOf("Bearer s3cret"), "new");
  EXPECT_EQ(IdOf("Bearer other"), "nobody");
}

TEST(Scope, HasOneWordEach) {
  for (const char* word : {"read", "read_personal", "write", "admin"}) {
    const auto scope = ParseScope(word);
    ASSERT_TRUE(scope) << word;
    EXPECT_EQ(Name(*scope), word);
  }
  EXPECT_FALSE(ParseScope("root"));
  EXPECT_FALSE(ParseScope(""));
}

TEST(Scope, DoesNotIncludeAnother) {
  const Principal admin{.key_id = "a", .merchant = "*", .scopes = 8};
  EXPECT_TRUE(admin.Has(Scope::kAdmin));
  EXPECT_FALSE(admin.Has(Scope::kRead));
}

}  // namespace
}  // namespace weir::gateway
