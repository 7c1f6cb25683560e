// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_express/xml.hpp"

#include <gtest/gtest.h>

#include <string>

namespace weir::mapping::sf_express {
namespace {

TEST(Xml, IsATree) {
  const auto root = ParseXml(R"(<?xml version="1.0" encoding="UTF-8"?>)"
                             R"(<a x="1 &lt; 2"><b>te<!-- no -->xt</b><c y="签收"/></a>)");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->name, "a");
  EXPECT_EQ(root->attributes.at(0).second, "1 < 2");
  ASSERT_NE(ChildOf(*root, "b"), nullptr);
  EXPECT_EQ(ChildOf(*root, "b")->text, "text");
  EXPECT_EQ(ChildOf(*root, "c")->attributes.at(0).second, "签收");
  EXPECT_EQ(ChildOf(*root, "d"), nullptr);
}

TEST(Xml, ThatIsBrokenIsMalformed) {
  for (const char* text : {"", "x", "<a>", "<a></b>", "<a/><b/>", "<a x=1/>", "<a>&nbsp;</a>",
                           "<a>\xff</a>", R"(<?xml version="1.0" encoding="GBK"?><a/>)"}) {
    const auto root = ParseXml(text);
    ASSERT_FALSE(root) << text;
    EXPECT_EQ(root.error().kind, ErrorKind::kMalformed);
  }
}

TEST(Xml, DeclaresNoEntities) {
  for (const char* text : {R"(<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>)",
                           R"(<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>)",
                           R"(<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1/">]><a>&e;</a>)"}) {
    EXPECT_FALSE(ParseXml(text)) << text;
  }
}

TEST(Xml, HidesNothingInAnotherEncoding) {
  const std::string text = R"(<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>)";
  std::string wide = "\xff\xfe";
  for (const char c : text) wide.append({c, '\0'});
  EXPECT_FALSE(ParseXml(wide));
}

std::string Nested(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += "<a>";
  for (std::size_t i = 0; i < depth; ++i) text += "</a>";
  return text;
}

TEST(Xml, HasALimitedDepth) {
  EXPECT_TRUE(ParseXml(Nested(kMaxXmlDepth)));
  EXPECT_FALSE(ParseXml(Nested(kMaxXmlDepth + 1)));
  EXPECT_FALSE(ParseXml(Nested(100'000)));
}

TEST(Xml, HasALimitedNumberOfElements) {
  const auto with = [](std::size_t count) {
    std::string text = "<a>";
    for (std::size_t i = 1; i < count; ++i) text += "<b/>";
    return text + "</a>";
  };
  EXPECT_TRUE(ParseXml(with(kMaxXmlElements)));
  EXPECT_FALSE(ParseXml(with(kMaxXmlElements + 1)));
}

TEST(Xml, HasALimitedSize) {
  const std::string large = "<a>" + std::string(kMaxXmlBytes, 'x') + "</a>";
  EXPECT_FALSE(ParseXml(large));
}

}  // namespace
}  // namespace weir::mapping::sf_express
