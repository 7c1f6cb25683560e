// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/signer.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/sf_city/support.hpp"

namespace weir::connectors::sf_city {
namespace {

std::string SignedByUs(std::string_view body) {
  return Sign(body, 1234567890, Secret(std::string(kKey)));
}

// Protocol §2.1.
TEST(Signature, IsTheWorkedVectors) {
  const json vectors = json::parse(ReadData("sign_vectors.json"));
  ASSERT_EQ(vectors.size(), 2U);
  for (const json& vector : vectors) {
    EXPECT_EQ(Sign(vector["raw_body"].get<std::string>(), vector["dev_id"].get<std::int64_t>(),
                   Secret(vector["dev_key"].get<std::string>())),
              vector["sign"].get<std::string>());
  }
}

TEST(Signature, HoldsForEverySample) {
  for (const char* file : {"createorder_request.json", "cancelorder_request.json"}) {
    const json sample = json::parse(ReadData(file));
    EXPECT_EQ(SignedByUs(sample["raw_body"].get<std::string>()), sample["sign"].get<std::string>())
        << file;
  }
  for (const char* file : kCallbackSamples) {
    const json sample = json::parse(ReadData(file));
    EXPECT_EQ(SignedByUs(sample["raw_body"].get<std::string>()), sample["sign"].get<std::string>())
        << file;
  }
}

TEST(Signature, IsOfEachByteOfAllThree) {
  const std::string right = SignedByUs("{}");
  EXPECT_NE(right, SignedByUs("{} "));
  EXPECT_NE(right, Sign("{}", 1234567891, Secret(std::string(kKey))));
  EXPECT_NE(right, Sign("{}", 1234567890, Secret("other")));
  EXPECT_EQ(right, SignedByUs("{}"));
}

}  // namespace
}  // namespace weir::connectors::sf_city
