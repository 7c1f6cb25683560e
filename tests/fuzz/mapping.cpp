// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "mapping/meituan/map.hpp"

namespace {

using weir::mapping::Mapped;
using weir::mapping::Payload;

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

/// How the payload is written, and under which topic it comes: chosen by the input's first byte.
struct Way {
  bool pulled;
  const char* dialect;
  const char* topic;
};
constexpr std::array kWays{
    Way{false, "single", "order/paid"},
    Way{false, "double", "order/cancelled"},
    Way{false, "single", "refund/partial"},
    Way{false, "single+query", "urge"},
    Way{false, "single", "strange"},
    Way{true, "json", "order/getOrderDetail"},
    Way{true, "json", "order/viewstatus?order_id=1"},
    Way{true, "json", "order/logistics/status"},
};

void Check(const Mapped& mapped) {
  for (const auto& order : mapped.orders) {
    Require(!order.platform_order_id.empty() || !order.platform_display_id.empty());
    Require(!order.extra || nlohmann::json::accept(order.extra->members));
    if (order.snapshot && order.snapshot->totals.items) {
      Require(order.snapshot->items.has_value());
    }
  }
  Require(!mapped.unmappable || !mapped.unmappable->reason.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const Way& way = kWays.at(data[0] % kWays.size());
  const Payload payload{.pulled = way.pulled,
                        .dialect = way.dialect,
                        .topic = way.topic,
                        .bytes = {reinterpret_cast<const char*>(data) + 1, size - 1},
                        .received_at = {}};
  Check(weir::mapping::meituan::Map(payload));
  return 0;
}
