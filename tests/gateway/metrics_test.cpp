// SPDX-License-Identifier: Apache-2.0
#include "gateway/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weir::gateway {
namespace {

using testing::HasSubstr;

TEST(RenderMetrics, WritesOneFamilyForOneName) {
  const std::string page = RenderMetrics({
      [](MetricFamilies& families) {
        AddCounter(families, "weir_pushes_total", "Pushes.", {{"connection", "a"}}, 3);
      },
      [](MetricFamilies& families) {
        AddCounter(families, "weir_pushes_total", "Pushes.", {{"connection", "b\"\n"}}, 4);
        AddGauge(families, "weir_lag_entries", "Lag.", {}, 0);
      },
  });
  EXPECT_EQ(page.find("# TYPE weir_pushes_total counter"),
            page.rfind("# TYPE weir_pushes_total counter"));
  EXPECT_THAT(page, HasSubstr("weir_pushes_total{connection=\"a\"} 3\n"));
  EXPECT_THAT(page, HasSubstr(R"(weir_pushes_total{connection="b\"\n"} 4)"));
  EXPECT_THAT(page, HasSubstr("# TYPE weir_lag_entries gauge\nweir_lag_entries 0\n"));
}

TEST(RenderMetrics, ReadsTheFiguresAtEachScrape) {
  double value = 1;
  const std::vector<MetricSource> sources{
      [&](MetricFamilies& families) { AddGauge(families, "weir_x", "X.", {}, value); }};
  EXPECT_THAT(RenderMetrics(sources), HasSubstr("weir_x 1\n"));
  value = 2;
  EXPECT_THAT(RenderMetrics(sources), HasSubstr("weir_x 2\n"));
}

}  // namespace
}  // namespace weir::gateway
