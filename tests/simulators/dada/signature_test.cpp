// SPDX-License-Identifier: Apache-2.0
#include "simulators/dada/signature.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace weir::simulators::dada {
namespace {

nlohmann::json Vectors() {
  std::ifstream file(WEIR_TEST_DATA "/dada/sign_vectors.json");
  return nlohmann::json::parse(file);
}

TEST(SignCall, GivesTheVectors) {
  const nlohmann::json vectors = Vectors();
  ASSERT_FALSE(vectors.at("request").empty());
  for (const auto& vector : vectors.at("request")) {
    Fields members;
    for (const auto& [name, value] : vector.at("params").items()) {
      members.emplace_back(name, value.get<std::string>());
    }
    EXPECT_EQ(SignCall(members, vector.at("app_secret").get<std::string>()),
              vector.at("signature").get<std::string>())
        << vector.at("name");
  }
}

TEST(SignCallback, GivesTheVectors) {
  const nlohmann::json vectors = Vectors();
  ASSERT_FALSE(vectors.at("callback").empty());
  for (const auto& vector : vectors.at("callback")) {
    EXPECT_EQ(SignCallback({.client_id = vector.at("client_id"),
                            .order_id = vector.at("order_id"),
                            .update_time = vector.at("update_time")}),
              vector.at("signature").get<std::string>())
        << vector.at("joined");
  }
}

}  // namespace
}  // namespace weir::simulators::dada
