// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/form.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cctype>
#include <string>

#include "tests/mapping/meituan/samples.hpp"

namespace weir::mapping::meituan {
namespace {

constexpr Dialect kDouble{.encoding = Encoding::kDouble, .query_and_body = false};
constexpr Dialect kSingle{.encoding = Encoding::kSingle, .query_and_body = false};

Form Decoded(std::string_view bytes, Dialect dialect) {
  auto form = Form::Decode(bytes, dialect);
  EXPECT_TRUE(form);
  return std::move(*form);
}

TEST(Dialect, HasANameBothWays) {
  for (const Encoding encoding : {Encoding::kDouble, Encoding::kSingle}) {
    for (const bool both : {false, true}) {
      const Dialect dialect{.encoding = encoding, .query_and_body = both};
      EXPECT_EQ(ParseDialect(Name(dialect)), dialect);
    }
  }
  EXPECT_EQ(Name(kDouble), "double");
  EXPECT_FALSE(ParseDialect("triple"));
}

TEST(Form, DecodesTheCapturedEncodingTwice) {
  const std::string body = ReadData("push_order_paid.form.txt");
  const Form form = Decoded(body, kDouble);
  const FieldMap expected = ReadSample("order_paid").fields;
  ASSERT_EQ(form.fields().size(), expected.size());
  for (const auto& [name, value] : form.fields()) {
    EXPECT_EQ(std::string(value), expected.at(std::string(name))) << name;
  }
}

TEST(Form, SortsByNameAndKeepsEmptyFields) {
  const Form form = Decoded("b=2&a=&c", kSingle);
  ASSERT_EQ(form.fields().size(), 3U);
  EXPECT_EQ(form.fields()[0].name, "a");
  EXPECT_EQ(form.fields()[0].value, "");
  EXPECT_EQ(form.fields()[1].value, "2");
  EXPECT_EQ(form.fields()[2].name, "c");
  EXPECT_EQ(form.fields()[2].value, "");
}

TEST(Form, EqualNamesKeepTheirOrder) {
  const Form form = Decoded("a=3&a=1&b=0&a=2", kSingle);
  EXPECT_EQ(form.Find("a"), "3");
  EXPECT_EQ(form.fields()[1].value, "1");
  EXPECT_EQ(form.fields()[2].value, "2");
}

TEST(Form, PlusIsASpaceInBothDecodings) {
  EXPECT_EQ(Decoded("a=1+2", kSingle).Find("a"), "1 2");
  EXPECT_EQ(Decoded("a=1%2B2", kSingle).Find("a"), "1+2");
  EXPECT_EQ(Decoded("a=1%2B2", kDouble).Find("a"), "1 2");
  EXPECT_EQ(Decoded("a=1%252B2", kDouble).Find("a"), "1+2");
}

TEST(Form, ABrokenPercentStandsForItself) {
  EXPECT_EQ(Decoded("a=100%&b=%zz&c=%4", kSingle).Find("a"), "100%");
  EXPECT_EQ(Decoded("a=100%&b=%zz&c=%4", kSingle).Find("b"), "%zz");
  EXPECT_EQ(Decoded("a=100%&b=%zz&c=%4", kSingle).Find("c"), "%4");
  EXPECT_EQ(Decoded("a=100%25&b=%25zz", kDouble).Find("a"), "100%");
  EXPECT_EQ(Decoded("a=100%25&b=%25zz", kDouble).Find("b"), "%zz");
}

TEST(Form, NoTextIsNoField) {
  EXPECT_TRUE(Decoded("", kDouble).empty());
  EXPECT_TRUE(Decoded("&&", kDouble).empty());
}

TEST(Form, ReadsQueryAndBody) {
  const Form form =
      Decoded("a=1&b=2\nc=3&a=4", {.encoding = Encoding::kSingle, .query_and_body = true});
  ASSERT_EQ(form.fields().size(), 4U);
  EXPECT_EQ(form.Find("a"), "1");
  EXPECT_EQ(form.Find("b"), "2");
  EXPECT_EQ(form.Find("c"), "3");
}

TEST(Form, LimitsItsFields) {
  std::string body;
  for (std::size_t i = 0; i < Form::kMaxFields; ++i) {
    body += "a=1&";
  }
  EXPECT_TRUE(Form::Decode(body, kDouble));
  const auto form = Form::Decode(body + "a=1", kDouble);
  ASSERT_FALSE(form);
  EXPECT_EQ(form.error().kind, ErrorKind::kMalformed);
}

TEST(Form, ContentIsNotHowItTravelled) {
  const ContentDigest content =
      Decoded("order_id=1&x=2&app_id=9&timestamp=1&sig=a", kSingle).Content();
  EXPECT_EQ(Decoded("x=2&timestamp=7&sig=b&access_token=t&order_id=1", kDouble).Content(), content);
  EXPECT_NE(Decoded("order_id=1&x=3&app_id=9&timestamp=1&sig=a", kSingle).Content(), content);
  EXPECT_NE(Decoded("order_id=1&x2=&app_id=9", kSingle).Content(), content);
}

/// One decoding, written as plainly as possible.
std::string Reference(const std::string& text) {
  const auto hex = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) && hex(text[i + 2])) {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

RC_GTEST_PROP(Form, DecodesTwiceAsOneDecodingOfTheOther, ()) {
  const auto value =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("%%%%2255+aF0B3z")));
  RC_ASSERT(std::string(Decoded("a=" + value, kSingle).Find("a")) == Reference(value));
  RC_ASSERT(std::string(Decoded("a=" + value, kDouble).Find("a")) == Reference(Reference(value)));
}

RC_GTEST_PROP(Form, GivesBackWhatWasEncoded, (const FieldMap& fields)) {
  for (const auto& [name, value] : fields) {
    RC_PRE(!name.empty());
  }
  for (const Dialect dialect : {kDouble, kSingle}) {
    const Form form = Decoded(EncodeForm(fields, dialect.encoding), dialect);
    FieldMap seen;
    for (const auto& [name, value] : form.fields()) {
      seen.emplace(name, value);
    }
    RC_ASSERT(seen == fields);
  }
}

}  // namespace
}  // namespace weir::mapping::meituan
