// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <prometheus/metric_family.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace weir::gateway {

using MetricFamilies = std::vector<prometheus::MetricFamily>;

/// Adds one module's figures, read at the moment of the scrape: the hot path only counts.
using MetricSource = std::function<void(MetricFamilies&)>;

using Labels = std::map<std::string, std::string>;

/// Adds one value; families of the same name share their help text and type.
void AddCounter(MetricFamilies& families, const std::string& name, const std::string& help,
                const Labels& labels, double value);
void AddGauge(MetricFamilies& families, const std::string& name, const std::string& help,
              const Labels& labels, double value);

/// The page Prometheus scrapes, text format 0.0.4.
[[nodiscard]] std::string RenderMetrics(const std::vector<MetricSource>& sources);

}  // namespace weir::gateway
