// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/errors.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/connectors/sf_express/support.hpp"

namespace weir::connectors::sf_express {
namespace {

/// Every documented code but those of success.
std::vector<std::string> Documented() {
  std::vector<std::string> codes;
  const json lists = json::parse(ReadData("error_codes.json"));
  for (const char* list : {"api", "business"}) {
    for (const json& row : lists.at(list)) codes.push_back(row.at("code"));
  }
  std::erase_if(codes, [](const std::string& code) { return code == "A1000" || code == "S0000"; });
  return codes;
}

TEST(Errors, AreAllOfThePlatformsList) {
  EXPECT_EQ(Documented().size(), 70U);
  for (const std::string& code : Documented()) EXPECT_TRUE(IsKnownCode(code)) << code;
}

TEST(Errors, PassOnlyWhereThePlatformSaysSo) {
  const std::set<std::string> passing{"A1005", "A1009", "A1099"};
  for (const std::string& code : Documented()) {
    EXPECT_EQ(IsTransient(ToError(code).kind), passing.contains(code)) << code;
  }
}

TEST(Errors, NameTheCode) {
  const Error error = ToError("A1006");
  EXPECT_EQ(error.kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(error.remote_code, "A1006");
  EXPECT_EQ(error.message, "SF Express answers A1006: bad signature.");
}

TEST(Errors, KnowWhatIsNotThere) {
  for (const char* code : {"6150", "8018", "8024", "8148"}) {
    EXPECT_EQ(ToError(code).kind, ErrorKind::kNotFound) << code;
  }
}

TEST(Errors, KnowWhatCameTooLate) {
  for (const char* code : {"8016", "8019", "8037", "8168", "8252"}) {
    EXPECT_EQ(ToError(code).kind, ErrorKind::kConflict) << code;
  }
}

TEST(Errors, OfTokensCallForANewOne) {
  EXPECT_TRUE(IsTokenRefusal(ToError("A1011")));
  EXPECT_TRUE(IsTokenRefusal(ToError("A1002")));
  EXPECT_FALSE(IsTokenRefusal(ToError("A1006")));
}

TEST(Errors, ThatAreUnknownAreRejections) {
  const Error error = ToError(std::string(100, 'x'));
  EXPECT_EQ(error.kind, ErrorKind::kRejected);
  EXPECT_EQ(error.remote_code.size(), 64U);
  EXPECT_FALSE(IsKnownCode("4711"));
}

}  // namespace
}  // namespace weir::connectors::sf_express
