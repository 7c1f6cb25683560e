// SPDX-License-Identifier: Apache-2.0
#include "sync/command_quotas.hpp"

#include <gtest/gtest.h>

#include "base/fake_time.hpp"

namespace weir::sync {
namespace {

using std::chrono::seconds;

CommandRecord Of(std::string connection, std::string kind = "order.accept") {
  CommandRecord record;
  record.merchant = "demo";
  record.connection = std::move(connection);
  record.request.kind = std::move(kind);
  return record;
}

class CommandQuotasTest : public ::testing::Test {
 protected:
  /// How many may leave in a row.
  int Run(const CommandRecord& record) {
    int left = 0;
    while (left < 1000 && quotas_.Take(record)) ++left;
    return left;
  }

  FakeClock clock_;
  CommandQuotas quotas_{clock_};
};

TEST_F(CommandQuotasTest, AreOfEachConnectionAndKind) {
  EXPECT_EQ(Run(Of("mt")), static_cast<int>(CommandQuotas::kBurst));
  EXPECT_TRUE(quotas_.Take(Of("el")));
  EXPECT_TRUE(quotas_.Take(Of("mt", "order.ready")));
  clock_.Advance(CommandQuotas::kInterval);
  EXPECT_EQ(Run(Of("mt")), 1);
}

TEST_F(CommandQuotasTest, ArePausedWhereThePlatformAsksForIt) {
  const Error limited{.kind = ErrorKind::kRateLimited, .message = {}, .retry_after = seconds(30)};
  quotas_.Note(Of("mt"), &limited);
  clock_.Advance(seconds(29));
  EXPECT_FALSE(quotas_.Take(Of("mt")));
  EXPECT_TRUE(quotas_.Take(Of("mt", "order.ready")));
  clock_.Advance(seconds(1));
  EXPECT_TRUE(quotas_.Take(Of("mt")));
}

TEST_F(CommandQuotasTest, LeaveAConnectionAloneThatLosesCalls) {
  const Error lost{.kind = ErrorKind::kTransport, .message = {}};
  for (unsigned i = 1; i < CommandQuotas::kFailures; ++i) quotas_.Note(Of("mt"), &lost);
  EXPECT_TRUE(quotas_.Take(Of("mt")));
  quotas_.Note(Of("mt"), &lost);
  EXPECT_FALSE(quotas_.Take(Of("mt", "order.ready")));
  EXPECT_TRUE(quotas_.Take(Of("el")));
  clock_.Advance(CommandQuotas::kAlone);
  EXPECT_TRUE(quotas_.Take(Of("mt")));
  quotas_.Note(Of("mt"), &lost);
  EXPECT_FALSE(quotas_.Take(Of("mt")));
  clock_.Advance(CommandQuotas::kAlone);
  quotas_.Note(Of("mt"), nullptr);
  quotas_.Note(Of("mt"), &lost);
  EXPECT_TRUE(quotas_.Take(Of("mt")));
}

}  // namespace
}  // namespace weir::sync
