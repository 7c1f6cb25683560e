// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "connectors/eleme/push.hpp"
#include "mapping/eleme/map.hpp"

// Ele.me's pushes and answers, from the bytes to the facts. The first byte chooses which; a push is
// also taken as a message of any type, since no input bears a signature that holds.
namespace {

using weir::mapping::Mapped;
using namespace weir::mapping::eleme;  // NOLINT(google-build-using-namespace)

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

void Check(const Mapped& mapped) {
  for (const auto& order : mapped.orders) {
    Require(!order.platform_order_id.empty());
    Require(!order.extra || nlohmann::json::accept(order.extra->members));
    Require(!order.snapshot || !order.snapshot->totals.items || order.snapshot->items);
  }
  Require(!mapped.unmappable || !mapped.unmappable->reason.empty());
}

void CheckPush(std::string_view bytes) {
  const weir::connectors::eleme::Pushes pushes({.app_id = "10000001",
                                                .app_key = "k",
                                                .app_secret = weir::Secret("s"),
                                                .base_url = {},
                                                .token_url = {}});
  weir::net::Request request;
  request.method = "POST";
  request.body = bytes;
  const auto push = pushes.Verify(request, "");
  Require(!push || push->probe || !push->payload.empty());
  Require(!pushes.Explain(request, false).empty());
  Check(Map({.dialect = kDialect, .topic = "", .bytes = bytes}));
}

/// The types of every kind of message.
constexpr std::array kTypes{10, 12, 14, 20, 33, 45, 55, 71, 91, 100, 217, 999};

void CheckMessage(std::uint8_t choice, std::string_view message) {
  const std::string body =
      nlohmann::json{{"type", kTypes.at(choice % kTypes.size())}, {"message", message}}.dump(
          -1, ' ', false, nlohmann::json::error_handler_t::replace);
  Check(Map({.dialect = kDialect, .topic = "", .bytes = body}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      CheckPush(bytes);
      break;
    case 1:
      CheckMessage(static_cast<std::uint8_t>(data[0] / 3), bytes);
      break;
    default:
      Check(Map({.pulled = true,
                 .dialect = kDialect,
                 .topic = "eleme.order.getOrder",
                 .bytes = bytes,
                 .received_at = {}}));
  }
  return 0;
}
