// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "mapping/douyin/map.hpp"
#include "mapping/douyin/push.hpp"
#include "mapping/pages.hpp"

// Douyin's webhooks, SPI calls and answers, from the bytes to the facts.
namespace {

using weir::mapping::Mapped;
using weir::mapping::Payload;
using namespace weir::mapping::douyin;  // NOLINT(google-build-using-namespace)

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

/// How the payload is written, and under which topic it comes: chosen by the input's first byte.
struct Way {
  bool pulled;
  std::string_view dialect;
  std::string_view topic;
};
constexpr std::array kWays{
    Way{false, kWebhookDialect, ""},
    Way{false, kSpiDialect, "spi/trade.takeout.refund_apply"},
    Way{true, kAnswerDialect, "goodlife/v1/trade/order/query"},
    Way{true, kAnswerDialect, "goodlife/v1/fulfilment/certificate/query?order_id=1"},
    Way{true, kAnswerDialect, "goodlife/v1/akte/comment/query"},
    Way{true, kAnswerDialect, "goodlife/v1/shop/poi/query"},
    Way{true, weir::mapping::kPagesDialect, "order?order_id=1"},
    Way{true, weir::mapping::kPagesDialect, "menu?poi_id=1"},
};

void Check(const Mapped& mapped) {
  for (const auto& order : mapped.orders) {
    Require(!order.platform_order_id.empty());
    Require(!order.extra || nlohmann::json::accept(order.extra->members));
    for (const auto& certificate : order.certificates) Require(!certificate.id.empty());
  }
  for (const auto& review : mapped.reviews) {
    Require(review.content.extra.empty() || nlohmann::json::accept(review.content.extra));
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
  Check(Map(payload));
  return 0;
}
