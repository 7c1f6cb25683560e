// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "gateway/changes.hpp"
#include "gateway/problem.hpp"
#include "model/words.hpp"
#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using ::testing::ContainerEq;
using ::testing::Contains;
using ::testing::IsEmpty;
using Words = std::set<std::string>;

class OpenApiTest : public ApiTest {
 protected:
  Words EnumOf(const std::string& schema) {
    return document_.At("/components/schemas/" + schema + "/enum").get<Words>();
  }

  /// Calls `visit(method, pattern, operation)` for each operation.
  template <typename Visit>
  void ForEachOperation(Visit visit) {
    for (const auto& [pattern, item] : document_.At("/paths").items()) {
      for (const auto& [verb, operation] : item.items()) {
        std::string method = verb;
        std::ranges::transform(method, method.begin(), ::toupper);
        visit(method, pattern, operation);
      }
    }
  }

  std::vector<EndpointRow> Rows() { return ApiEndpoints(Parts()); }

  Words ParametersIn(const json& operation, const std::string& where) {
    Words names;
    for (const json& given : operation.value("parameters", json::array())) {
      const json& parameter = document_.Resolve(given);
      if (parameter["in"] == where) names.insert(parameter["name"].get<std::string>());
    }
    return names;
  }
};

template <typename Enum>
Words NamesOf(Enum first, Enum last) {
  Words names;
  for (auto i = std::to_underlying(first); i <= std::to_underlying(last); ++i) {
    names.emplace(Name(static_cast<Enum>(i)));
  }
  return names;
}

/// All that `visit` finds in the sources of the folders that make issues and reasons.
std::string SourcesOf(const std::vector<std::string>& folders) {
  const std::filesystem::path root = std::filesystem::path(WEIR_TEST_DATA) / ".." / "..";
  std::ostringstream all;
  for (const std::string& folder : folders) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (file.path().extension() == ".cpp" || file.path().extension() == ".hpp") {
        all << std::ifstream(file.path()).rdbuf() << '\n';
      }
    }
  }
  return all.str();
}

Words FindAll(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  Words found;
  for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match) {
    found.insert((*match)[1]);
  }
  return found;
}

TEST_F(OpenApiTest, DescribesEveryRouteAndNoOther) {
  Words mounted;
  for (const net::Route& route : router_.routes())
    mounted.insert(route.method + " " + route.pattern);
  Words described;
  ForEachOperation([&](const std::string& method, const std::string& pattern, const json&) {
    if (!pattern.starts_with("/hooks/")) described.insert(method + " " + pattern);
  });
  EXPECT_THAT(described, ContainerEq(mounted));
}

TEST_F(OpenApiTest, DescribesTheHooks) {
  for (const char* pattern : {"/hooks/{connection}", "/hooks/{connection}/{topic}"}) {
    const json& item = document_.root()["paths"][pattern];
    EXPECT_TRUE(item.contains("get") && item.contains("post")) << pattern;
  }
}

TEST_F(OpenApiTest, DescribesEveryParameterAndNoOther) {
  for (const EndpointRow& row : Rows()) {
    const json& operation = document_.root()["paths"][row.pattern][ToLower(row.method)];
    Words known(row.parameters.begin(), row.parameters.end());
    known.insert("merchant");
    EXPECT_THAT(ParametersIn(operation, "query"), ContainerEq(known)) << row.pattern;
  }
}

TEST_F(OpenApiTest, DescribesEveryPartOfAPathThatVaries) {
  ForEachOperation([&](const std::string&, const std::string& pattern, const json& operation) {
    EXPECT_THAT(ParametersIn(operation, "path"), ContainerEq(FindAll(pattern, R"(\{(\w+)\})")))
        << pattern;
  });
}

TEST_F(OpenApiTest, NamesTheScopeOfEveryCall) {
  for (const EndpointRow& row : Rows()) {
    const json& operation = document_.root()["paths"][row.pattern][ToLower(row.method)];
    const json wanted = json::array({{{"key", {std::string(Name(row.scope))}}}});
    EXPECT_EQ(operation["security"], wanted) << row.pattern;
  }
}

TEST_F(OpenApiTest, ResolvesEveryReference) {
  std::vector<const json*> open{&document_.root()};
  std::size_t references = 0;
  while (!open.empty()) {
    const json& node = *open.back();
    open.pop_back();
    if (node.is_object() && node.contains("$ref") && node["$ref"].is_string()) {
      ++references;
      EXPECT_NO_THROW((void)document_.Resolve(node)) << node.dump();
    }
    if (!node.is_structured()) continue;
    for (const json& child : node) open.push_back(&child);
  }
  EXPECT_GT(references, 100U);
}

TEST_F(OpenApiTest, NamesEachOperationOnce) {
  Words names;
  ForEachOperation([&](const std::string&, const std::string& pattern, const json& operation) {
    EXPECT_TRUE(names.insert(operation["operationId"].get<std::string>()).second) << pattern;
  });
}

TEST_F(OpenApiTest, ListsEveryProblem) {
  Words codes;
  for (const ProblemKind& kind : ProblemKinds()) codes.emplace(kind.code);
  EXPECT_THAT(EnumOf("ProblemCode"), ContainerEq(codes));
}

TEST_F(OpenApiTest, ShowsEachProblemAtSomeResponse) {
  std::string told;
  for (const auto& [name, response] : document_.At("/components/responses").items()) {
    told += response["description"].get<std::string>();
  }
  for (const ProblemKind& kind : ProblemKinds()) {
    EXPECT_NE(told.find('`' + std::string(kind.code) + '`'), std::string::npos) << kind.code;
  }
}

TEST_F(OpenApiTest, ListsEveryTypeOfChange) {
  EXPECT_THAT(EnumOf("ChangeType"), ContainerEq(Words(ChangeTypes().begin(), ChangeTypes().end())));
}

TEST_F(OpenApiTest, ListsTheModelsWords) {
  using namespace model;
  const std::pair<const char*, Words> lists[] = {
      {"OrderStatus", NamesOf(OrderStatus::kPendingPayment, OrderStatus::kCancelled)},
      {"OrderKind", NamesOf(OrderKind::kDelivery, OrderKind::kParcel)},
      {"DeliveryMode", NamesOf(DeliveryMode::kUnknown, DeliveryMode::kNone)},
      {"ShipmentStatus", NamesOf(ShipmentStatus::kCreated, ShipmentStatus::kFailed)},
      {"RefundStatus", NamesOf(RefundStatus::kApplied, RefundStatus::kRefunded)},
      {"RefundKind", NamesOf(RefundKind::kFull, RefundKind::kPriceDifference)},
      {"EntryKind", NamesOf(storage::EntryKind::kPush, storage::EntryKind::kRequest)},
  };
  for (const auto& [schema, words] : lists)
    EXPECT_THAT(EnumOf(schema), ContainerEq(words)) << schema;
}

// Issues and reasons are made all over the house; these are the ways they are written.
TEST_F(OpenApiTest, ListsEveryIssueThatIsMade) {
  const std::string sources = SourcesOf({"mapping", "model", "sync"});
  Words made = FindAll(sources, R"re(\.code = "(\w+)")re");
  made.merge(FindAll(sources, R"re(AddIssue\(\{"(\w+)")re"));
  made.merge(FindAll(sources, R"re(kErasedIssue = "(\w+)")re"));
  EXPECT_THAT(EnumOf("IssueCode"), ContainerEq(made));
}

TEST_F(OpenApiTest, ListsEveryReasonForQuarantine) {
  const std::string sources = SourcesOf({"mapping", "sync"});
  Words made = FindAll(sources, R"re(\.reason = "(\w+)")re");
  made.merge(
      FindAll(sources, R"re((?:unmappable = \{|Unmappable\(|Refused\(|Park\(input, )"(\w+)")re"));
  EXPECT_THAT(EnumOf("QuarantineReason"), ContainerEq(made));
}

TEST_F(OpenApiTest, ListsEveryReasonForRefusal) {
  const std::string sources = SourcesOf({"connectors"});
  const Words listed = EnumOf("RefusalReason");
  for (const std::string& made : FindAll(sources, R"re(kUnauthorized, "(\w+)")re")) {
    EXPECT_THAT(listed, Contains(made));
  }
}

TEST_F(OpenApiTest, DescribesTheWholeOrder) {
  EXPECT_THAT(document_.Check(SampleOrder(), document_.At("/components/schemas/Order")), IsEmpty());
}

TEST_F(OpenApiTest, GivesExamplesThatFit) {
  std::size_t examples = 0;
  for (const auto& [name, schema] : document_.At("/components/schemas").items()) {
    for (const json& example : schema.value("examples", json::array())) {
      ++examples;
      EXPECT_THAT(document_.Check(example, schema), IsEmpty()) << name;
    }
  }
  ForEachOperation([&](const std::string&, const std::string& pattern, const json& operation) {
    for (const auto& [status, response] : operation["responses"].items()) {
      if (!response.contains("content")) continue;
      for (const auto& [type, content] : response["content"].items()) {
        if (!content.contains("example")) continue;
        ++examples;
        EXPECT_THAT(document_.Check(content["example"], content["schema"]), IsEmpty()) << pattern;
      }
    }
  });
  EXPECT_GE(examples, 10U);
}

TEST_F(OpenApiTest, IsServedAsItIs) {
  EXPECT_EQ(Ask("GET", "/openapi.json", "").body, OpenApiDocument());
}

}  // namespace
}  // namespace weir::gateway::testing
