// SPDX-License-Identifier: Apache-2.0
#include "gateway/metrics.hpp"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <utility>

namespace weir::gateway {
namespace {

prometheus::ClientMetric& Add(MetricFamilies& families, const std::string& name,
                              const std::string& help, prometheus::MetricType type,
                              const Labels& labels) {
  auto family = std::find_if(families.begin(), families.end(),
                             [&name](const auto& known) { return known.name == name; });
  if (family == families.end()) {
    family = families.insert(families.end(), {name, help, type, {}});
  }
  prometheus::ClientMetric& metric = family->metric.emplace_back();
  for (const auto& [label, value] : labels) metric.label.push_back({label, value});
  return metric;
}

}  // namespace

void AddCounter(MetricFamilies& families, const std::string& name, const std::string& help,
                const Labels& labels, double value) {
  Add(families, name, help, prometheus::MetricType::Counter, labels).counter.value = value;
}

void AddGauge(MetricFamilies& families, const std::string& name, const std::string& help,
              const Labels& labels, double value) {
  Add(families, name, help, prometheus::MetricType::Gauge, labels).gauge.value = value;
}

std::string RenderMetrics(const std::vector<MetricSource>& sources) {
  MetricFamilies families;
  for (const MetricSource& source : sources) source(families);
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace weir::gateway
