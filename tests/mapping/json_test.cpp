// SPDX-License-Identifier: Apache-2.0
#include "mapping/json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace weir::mapping {
namespace {

/// The text as this module sees it, written again.
std::string Rewritten(std::string_view text) {
  const auto document = JsonDocument::Parse(text);
  if (!document) {
    return "refused";
  }
  std::string out;
  JsonWriter json(out);
  Value(document->root()).Write(json);
  return out;
}

struct Case {
  std::string text;
  std::string seen;
};

class ReadsJson : public testing::TestWithParam<Case> {};

TEST_P(ReadsJson, WithNumbersAsText) { EXPECT_EQ(Rewritten(GetParam().text), GetParam().seen); }

INSTANTIATE_TEST_SUITE_P(
    Numbers, ReadsJson,
    testing::Values(Case{"[31.50]", R"(["31.50"])"}, Case{"[-0.0,0,10]", R"(["-0.0","0","10"])"},
                    Case{"[12345678901234567890123]", R"(["12345678901234567890123"])"},
                    Case{"[1e5,1.5E-3,2e+1]", R"(["1e5","1.5E-3","2e+1"])"}, Case{"7", R"("7")"},
                    Case{" { \"a\" : 1 } ", R"({"a":"1"})"},
                    Case{R"({"a1":"5 -6"})", R"({"a1":"5 -6"})"},
                    Case{R"(["a\"1","\\",2])", R"(["a\"1","\\","2"])"},
                    Case{"[true,false,null]", R"(["true","false",""])"},
                    Case{"[1\n,\t2\r]", R"(["1","2"])"}, Case{"[{}]", "[{}]"}));

INSTANTIATE_TEST_SUITE_P(
    Refusals, ReadsJson,
    testing::Values(Case{"", "refused"}, Case{" ", "refused"}, Case{"{1:2}", "refused"},
                    Case{"{1 :2}", "refused"}, Case{"[01]", "refused"}, Case{"[1.]", "refused"},
                    Case{"[.5]", "refused"}, Case{"[-]", "refused"}, Case{"[+1]", "refused"},
                    Case{"[--1]", "refused"}, Case{"[1 2]", "refused"}, Case{"1 2", "refused"},
                    Case{"[\"a\"1]", "refused"}, Case{"[1\"a\"]", "refused"},
                    Case{"[1.2.3]", "refused"}, Case{"[0x1]", "refused"}, Case{"[1e]", "refused"},
                    Case{"[NaN]", "refused"}, Case{"[nul]", "refused"}, Case{"[true1]", "refused"},
                    Case{"[1true]", "refused"}, Case{"{\"a\":1,}", "refused"},
                    Case{"[1", "refused"}, Case{"\"a", "refused"}, Case{"\"a\\", "refused"},
                    Case{"[\"\\ud800\"]", "refused"}));

TEST(JsonDocument, RepairsBrokenUtf8) {
  EXPECT_EQ(Rewritten("[\"a\xFF\", 1]"), "[\"a\xEF\xBF\xBD\",\"1\"]");
}

TEST(JsonDocument, LimitsDepth) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(JsonDocument::Parse(nested(kMaxJsonDepth - 1)));
  EXPECT_FALSE(JsonDocument::Parse(nested(kMaxJsonDepth + 1)));
  EXPECT_FALSE(JsonDocument::Parse(std::string(100'000, '[')));
}

TEST(JsonDocument, LimitsSize) {
  const auto text = [](std::size_t size) { return '"' + std::string(size - 2, 'a') + '"'; };
  EXPECT_TRUE(JsonDocument::Parse(text(kMaxJsonBytes)));
  EXPECT_FALSE(JsonDocument::Parse(text(kMaxJsonBytes + 1)));
}

TEST(JsonDocument, KeepsLimitsAfterALargeText) {
  ASSERT_TRUE(JsonDocument::Parse('"' + std::string(100'000, 'a') + '"'));
  EXPECT_FALSE(JsonDocument::Parse(std::string(40, '[') + std::string(40, ']')));
}

TEST(JsonDocument, SeveralAreOpenAtOnce) {
  std::vector<JsonDocument> open;
  for (int i = 0; i < 8; ++i) {
    open.push_back(*JsonDocument::Parse("[" + std::to_string(i) + "]"));
  }
  for (int i = 0; i < 8; ++i) {
    EXPECT_EQ(Value(open[static_cast<std::size_t>(i)].root().at(0).value()).text(),
              std::to_string(i));
  }
}

TEST(Value, MissingNullAndEmptyTextAreTheSame) {
  const auto document = JsonDocument::Parse(R"([null,""])");
  ASSERT_TRUE(document);
  EXPECT_TRUE(Value().empty());
  EXPECT_TRUE(Value(document->root().at(0).value()).empty());
  EXPECT_TRUE(Value(document->root().at(1).value()).empty());
}

TEST(Structure, OpensTextThatHoldsJson) {
  const auto structure = Structure::Open(Value("[1,2]"));
  ASSERT_TRUE(structure);
  ASSERT_TRUE(structure->root().is_array());
  EXPECT_EQ(structure->root().array().size(), 2U);
}

TEST(Structure, TakesJsonAsItIs) {
  const auto document = JsonDocument::Parse("{\"a\":[1]}");
  ASSERT_TRUE(document);
  const auto structure = Structure::Open(Value(document->root()));
  ASSERT_TRUE(structure);
  EXPECT_TRUE(structure->root().is_object());
}

TEST(Structure, OpensNothingAsNothing) {
  const auto structure = Structure::Open(Value());
  ASSERT_TRUE(structure);
  EXPECT_TRUE(structure->root().empty());
}

TEST(Structure, RefusesTextThatIsNoJson) { EXPECT_FALSE(Structure::Open(Value("[1"))); }

/// A JSON text and what it should be seen as.
struct Sample {
  std::string text;
  nlohmann::json seen;
};

std::string RandomNumber() {
  std::string text = std::to_string(*rc::gen::arbitrary<std::int64_t>());
  if (*rc::gen::arbitrary<bool>()) {
    text += "." + std::to_string(*rc::gen::arbitrary<std::uint16_t>());
  }
  if (*rc::gen::inRange(0, 4) == 0) {
    text += "e-" + std::to_string(*rc::gen::inRange(0, 9));
  }
  return text;
}

std::string RandomText() {
  return *rc::gen::container<std::string>(rc::gen::elementOf(std::string("a1-.\"\\{}[]:, 0\n")));
}

Sample RandomJson(int depth) {
  const std::string blank = *rc::gen::element<std::string>("", " ", "\n\t");
  switch (*rc::gen::inRange(0, depth > 0 ? 6 : 4)) {
    case 0: {
      const std::string number = RandomNumber();
      return {blank + number + blank, number};
    }
    case 1: {
      const std::string text = RandomText();
      return {blank + nlohmann::json(text).dump() + blank, text};
    }
    case 2:
      return {"true" + blank, "true"};
    case 3:
      return {blank + "null", ""};
    case 4: {
      Sample array{"[", nlohmann::json::array()};
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
        const Sample element = RandomJson(depth - 1);
        array.text += element.text + (i > 1 ? "," : "");
        array.seen.push_back(element.seen);
      }
      array.text += "]";
      return array;
    }
    default: {
      Sample object{"{", nlohmann::json::object()};
      const int size = *rc::gen::inRange(0, 4);
      for (int i = 0; i < size; ++i) {
        const Sample element = RandomJson(depth - 1);
        const std::string name = RandomText() + std::to_string(i);
        object.text +=
            (i > 0 ? "," : "") + nlohmann::json(name).dump() + blank + ":" + element.text;
        object.seen[name] = element.seen;
      }
      object.text += "}";
      return object;
    }
  }
}

RC_GTEST_PROP(JsonDocument, SeesTheStructureAnyReaderSees, ()) {
  const Sample sample = RandomJson(4);
  RC_ASSERT(nlohmann::json::accept(sample.text));
  RC_ASSERT(nlohmann::json::parse(Rewritten(sample.text)) == sample.seen);
}

RC_GTEST_PROP(JsonDocument, AcceptsNothingThatIsNoJson, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("12.-[]{},:\"a \\tn")));
  RC_PRE(!nlohmann::json::accept(text));
  RC_ASSERT(Rewritten(text) == "refused");
}

}  // namespace
}  // namespace weir::mapping
