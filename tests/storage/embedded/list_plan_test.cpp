// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/memory_disk.hpp"
#include "storage/embedded/list_statements.hpp"
#include "storage/embedded/schema.hpp"

namespace weir::storage {
namespace {

using testing::HasSubstr;
using testing::Not;

struct PlanCase {
  std::string sql;
  std::string search;
};

/// How SQLite means to answer a statement.
std::string PlanOf(SqliteConnection& connection, const std::string& sql) {
  SqliteStatement explain(connection, "EXPLAIN QUERY PLAN " + sql);
  SqliteRows rows(explain);
  std::string plan;
  while (rows.Next()) plan += std::string(rows.Text(3)) + "\n";
  return plan;
}

TEST(ListPlans, WalkAnIndexWithinTheirRange) {
  MemoryDisk disk;
  const SqliteVfs vfs(disk);
  SqliteConnection connection(vfs, "view.db", SqliteConnection::Mode::kCreate);
  Migrate(connection, "view.db");
  const std::vector<PlanCase> cases = {
      {ListBySorted(), "record_sorted (family=? AND sorted_at>? AND sorted_at<?)"},
      {ListByStore(), "record_store (family=? AND store=? AND sorted_at>? AND sorted_at<?)"},
      {ListByStatus(),
       "record_status (family=? AND platform=? AND status=? AND sorted_at>? AND sorted_at<?)"},
      {NextGroup(), "record_status (family=? AND platform=? AND status>?)"},
      {NextGroup(), "record_status (family=? AND platform>?)"},
      {ListById(), "record_id (family=? AND id=?)"},
      {ListByIdOfNumber(), "record_id (family=? AND id=?)"},
      {CountByStore(), "record_store (family=? AND store=? AND sorted_at>? AND sorted_at<?)"},
      {CountByStatus(),
       "record_status (family=? AND platform=? AND status=? AND sorted_at>? AND sorted_at<?)"},
  };
  for (const auto& [sql, search] : cases) {
    const auto plan = PlanOf(connection, sql);
    EXPECT_THAT(plan, HasSubstr(search)) << sql;
    EXPECT_THAT(plan, Not(HasSubstr("SCAN record"))) << sql;
  }
}

TEST(ListPlans, SortOnlyTies) {
  MemoryDisk disk;
  const SqliteVfs vfs(disk);
  SqliteConnection connection(vfs, "view.db", SqliteConnection::Mode::kCreate);
  Migrate(connection, "view.db");
  for (const auto& sql : {ListBySorted(), ListByStore(), ListByStatus()}) {
    const auto plan = PlanOf(connection, sql);
    EXPECT_THAT(plan, HasSubstr("USE TEMP B-TREE FOR RIGHT PART OF ORDER BY")) << sql;
  }
}

}  // namespace
}  // namespace weir::storage
