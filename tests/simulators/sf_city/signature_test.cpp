// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_city/signature.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace weir::simulators::sf_city {
namespace {

TEST(SignBody, GivesTheVectors) {
  std::ifstream file(WEIR_TEST_DATA "/sf_city/sign_vectors.json");
  const auto vectors = nlohmann::json::parse(file);
  ASSERT_FALSE(vectors.empty());
  for (const auto& vector : vectors) {
    EXPECT_EQ(SignBody(vector.at("raw_body").get<std::string>(), vector.at("dev_id"),
                       vector.at("dev_key").get<std::string>()),
              vector.at("sign").get<std::string>());
  }
}

}  // namespace
}  // namespace weir::simulators::sf_city
