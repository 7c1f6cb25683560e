// SPDX-License-Identifier: Apache-2.0
#include "net/url.hpp"

#include <gtest/gtest.h>

namespace weir::net {
namespace {

struct Split {
  std::string text;
  std::string origin;
  std::string host;
  std::uint16_t port;
  std::string target;
};

class UrlSplits : public testing::TestWithParam<Split> {};

TEST_P(UrlSplits, IntoItsParts) {
  const auto url = ParseUrl(GetParam().text);
  ASSERT_TRUE(url.has_value()) << url.error().message;
  EXPECT_EQ(url->origin(), GetParam().origin);
  EXPECT_EQ(url->host, GetParam().host);
  EXPECT_EQ(url->port, GetParam().port);
  EXPECT_EQ(url->target, GetParam().target);
}

INSTANTIATE_TEST_SUITE_P(
    Urls, UrlSplits,
    testing::Values(Split{"http://a.cn", "http://a.cn", "a.cn", 80, "/"},
                    Split{"HTTPS://Waimai.Meituan.com/api/v1/x?a=%20&b",
                          "https://waimai.meituan.com", "waimai.meituan.com", 443,
                          "/api/v1/x?a=%20&b"},
                    Split{"https://a:80/x#y", "https://a:80", "a", 80, "/x"},
                    Split{"http://a:80", "http://a", "a", 80, "/"},
                    Split{"http://a:?q", "http://a", "a", 80, "/?q"},
                    Split{"http://[::1]:8080/x", "http://[::1]:8080", "::1", 8080, "/x"},
                    Split{"http://127.0.0.1:9/", "http://127.0.0.1:9", "127.0.0.1", 9, "/"}));

TEST(Url, RefusesWhatIsNone) {
  for (const char* text : {"", "a.cn/x", "ftp://a/", "http://", "http:///x", "http://:80/",
                           "http://a:0/", "http://a:65536/", "http://a:8o/", "http://u:p@a/",
                           "http://a b/", "http://a/ x", "http://a/\r\nX: y", "http://a/\xE4",
                           "http://[::1/", "http://[::1]x/", "http://[a]/", "http://a\\b/"}) {
    const auto url = ParseUrl(text);
    ASSERT_FALSE(url.has_value()) << text;
    EXPECT_EQ(url.error().kind, ErrorKind::kMalformed) << text;
  }
}

}  // namespace
}  // namespace weir::net
