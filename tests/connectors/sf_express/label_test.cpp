// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/label.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/sf_express/support.hpp"

namespace weir::connectors::sf_express {
namespace {

constexpr std::string_view kBase = "http://127.0.0.1:9105/std/service";

std::string PrintAnswer(const std::string& url, const std::string& token = "t") {
  const json service{{"success", true}, {"obj", {{"files", {{{"url", url}, {"token", token}}}}}}};
  return json{{"apiResultCode", "A1000"}, {"apiResultData", service.dump()}}.dump();
}

TEST(Label, LiesWhereTheAnswerSays) {
  const auto file = LabelFileOf(ReadData("cloud_print_response.json"), kBase);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->url, "https://sf.example.com/print/SF1234567890123.pdf");
  EXPECT_EQ(file->token.Reveal(), "demo-token");
}

TEST(Label, LiesOnTlsOrBesideTheServices) {
  EXPECT_TRUE(LabelFileOf(PrintAnswer("http://127.0.0.1:9105/label.pdf"), kBase));
  for (const char* url : {"", "http://127.0.0.1:9106/x", "http://127.0.0.1:91050/x",
                          "file:///etc/passwd", "ftp://x/y"}) {
    EXPECT_FALSE(LabelFileOf(PrintAnswer(url), kBase)) << url;
  }
  EXPECT_FALSE(LabelFileOf(PrintAnswer("http://x/y"), "nowhere"));
}

TEST(Label, HasATokenThatAHeaderBears) {
  EXPECT_FALSE(LabelFileOf(PrintAnswer("https://x/y", "a\r\nHost: z"), kBase));
}

TEST(Label, MustBeNamed) {
  for (const json& service :
       {json{{"success", true}}, json{{"success", true}, {"obj", {{"files", json::array()}}}}}) {
    const std::string body =
        json{{"apiResultCode", "A1000"}, {"apiResultData", service.dump()}}.dump();
    EXPECT_EQ(LabelFileOf(body, kBase).error().kind, ErrorKind::kMalformed);
  }
}

TEST(Label, IsAPdfOfLimitedSize) {
  EXPECT_TRUE(CheckLabel("%PDF-1.4\n"));
  EXPECT_FALSE(CheckLabel("<html>"));
  EXPECT_FALSE(CheckLabel(""));
  EXPECT_FALSE(CheckLabel("%PDF-" + std::string(kMaxLabelBytes, 'x')));
}

}  // namespace
}  // namespace weir::connectors::sf_express
