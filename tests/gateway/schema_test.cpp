// SPDX-License-Identifier: Apache-2.0
#include "tests/gateway/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weir::gateway::testing {
namespace {

using ::testing::IsEmpty;

// The checks of the API's answers rest on this: each row must be found wrong.
TEST(Document, FindsWhatIsWrong) {
  const Document document(json::parse(R"({"components": {"schemas": {
    "Word": {"type": "string", "enum": ["a", "b"]},
    "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "pattern": "^x"}}},
    "Both": {"allOf": [{"$ref": "#/components/schemas/Base"},
                       {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "minimum": 1}}}]},
    "Maybe": {"anyOf": [{"$ref": "#/components/schemas/Word"}, {"type": "null"}]},
    "List": {"type": "array", "items": {"$ref": "#/components/schemas/Maybe"}}
  }}})"));
  const std::pair<const char*, const char*> wrong[] = {
      {"Word", R"("c")"},
      {"Word", "1"},
      {"Base", "{}"},
      {"Base", R"({"id":"y"})"},
      {"Base", R"({"id":"x","more":1})"},
      {"Both", R"({"id":"x"})"},
      {"Both", R"({"id":"x","n":0})"},
      {"Both", R"({"id":"x","n":1,"more":1})"},
      {"Maybe", R"("c")"},
      {"List", R"(["a",null,"c"])"},
  };
  for (const auto& [schema, value] : wrong) {
    const json& rule = document.At(std::string("/components/schemas/") + schema);
    EXPECT_FALSE(document.Check(json::parse(value), rule).empty()) << schema << " " << value;
  }
  const std::pair<const char*, const char*> right[] = {
      {"Word", R"("a")"},
      {"Base", R"({"id":"x1"})"},
      {"Both", R"({"id":"x","n":1})"},
      {"List", R"(["a",null])"},
  };
  for (const auto& [schema, value] : right) {
    const json& rule = document.At(std::string("/components/schemas/") + schema);
    EXPECT_THAT(document.Check(json::parse(value), rule), IsEmpty()) << schema << " " << value;
  }
}

}  // namespace
}  // namespace weir::gateway::testing
