// SPDX-License-Identifier: Apache-2.0
#include "connectors/connection.hpp"

#include <gtest/gtest.h>

namespace weir::connectors {
namespace {

std::string Complaint(std::map<std::string, Secret> credentials) {
  const ConnectionOptions options{.id = "mt-main",
                                  .merchant = "demo",
                                  .platform = "meituan",
                                  .base_url = {},
                                  .public_url = {},
                                  .credentials = std::move(credentials)};
  const auto checked = CheckCredentials(options, {"app_id", "app_secret"});
  return checked ? "" : checked.error().message;
}

TEST(CheckCredentials, TakesExactlyThoseNamed) {
  EXPECT_EQ(Complaint({{"app_id", Secret("1")}, {"app_secret", Secret("s")}}), "");
}

TEST(CheckCredentials, NamesWhatIsMissing) {
  EXPECT_EQ(
      Complaint({{"app_id", Secret("1")}}),
      "Connection 'mt-main': missing credential 'app_secret'; meituan takes app_id, app_secret.");
}

TEST(CheckCredentials, NamesWhatIsEmpty) {
  EXPECT_EQ(Complaint({{"app_id", Secret("")}, {"app_secret", Secret("s")}}),
            "Connection 'mt-main': empty credential 'app_id'; meituan takes app_id, app_secret.");
}

TEST(CheckCredentials, NamesWhatIsUnknown) {
  EXPECT_EQ(
      Complaint({{"app_id", Secret("1")}, {"app_key", Secret("k")}, {"app_secret", Secret("s")}}),
      "Connection 'mt-main': unknown credential 'app_key'; meituan takes app_id, app_secret.");
}

Result<void> CheckWithOptional(std::map<std::string, Secret> credentials) {
  ConnectionOptions options{.id = "el-main", .platform = "eleme"};
  options.credentials = std::move(credentials);
  return CheckCredentials(options, {"app_id"}, {"app_key"});
}

TEST(CheckCredentials, TakesWhatMayBeLeftOut) {
  EXPECT_TRUE(CheckWithOptional({{"app_id", Secret("1")}}));
  EXPECT_TRUE(CheckWithOptional({{"app_id", Secret("1")}, {"app_key", Secret("k")}}));
  EXPECT_EQ(CheckWithOptional({{"app_key", Secret("k")}}).error().message,
            "Connection 'el-main': missing credential 'app_id'; eleme takes app_id and may take "
            "app_key.");
  EXPECT_FALSE(CheckWithOptional({{"app_id", Secret("1")}, {"app_key", Secret("")}}));
}

TEST(ChooseOption, TakesOneOfTheWords) {
  ConnectionOptions options{.id = "el-main", .platform = "eleme"};
  EXPECT_EQ(ChooseOption(options, "envelope", {"nop", "retail"}), "nop");
  options.options["envelope"] = "retail";
  EXPECT_EQ(ChooseOption(options, "envelope", {"nop", "retail"}), "retail");
  options.options["envelope"] = "other";
  const auto chosen = ChooseOption(options, "envelope", {"nop", "retail"});
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().kind, ErrorKind::kMalformed);
  EXPECT_EQ(chosen.error().message,
            "Connection 'el-main': options.envelope is 'other'; expected one of nop, retail.");
}

TEST(CheckCredentials, NeverTellsASecret) {
  EXPECT_EQ(Complaint({{"other", Secret("hidden-value")}}).find("hidden-value"), std::string::npos);
}

}  // namespace
}  // namespace weir::connectors
