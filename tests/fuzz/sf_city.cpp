// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "connectors/sf_city/push.hpp"
#include "mapping/pages.hpp"
#include "mapping/sf_city/map.hpp"

// SF intra-city's callbacks and answers, from the bytes to the facts. The first byte chooses which.
namespace {

using weir::mapping::Mapped;
using namespace weir::mapping::sf_city;  // NOLINT(google-build-using-namespace)

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

/// How the payload is written, and what it answers.
struct Way {
  bool pulled;
  std::string_view dialect;
  std::string_view topic;
};
constexpr std::array kWays{
    Way{false, kDialect, "rider_status"},
    Way{false, kBaiduDialect, "sf_cancel"},
    Way{true, kDialect, "createorder"},
    Way{true, kDialect, "cancelorder"},
    Way{true, kDialect, "addordergratuityfee"},
    Way{true, kDialect, "getorderstatus"},
    Way{true, kDialect, "listorderfeed"},
    Way{true, kBaiduDialect, "riderlatestposition"},
    Way{true, kDialect, "getcallbackinfo"},
    Way{true, weir::mapping::kPagesDialect, "getorderstatus"},
};

void Check(const Mapped& mapped) {
  for (const auto& shipment : mapped.shipments) {
    Require(!shipment.number.empty() || !shipment.waybill.empty());
    Require(shipment.look.has_value());
    Require(shipment.look->extra.empty() || nlohmann::json::accept(shipment.look->extra));
    for (const auto& node : shipment.nodes) Require(!node.key.empty() && !node.code.empty());
  }
  Require(!mapped.unmappable || !mapped.unmappable->reason.empty());
}

void CheckPush(std::string_view bytes) {
  weir::connectors::sf_city::Credentials credentials;
  credentials.dev_id = 1;
  credentials.dev_key = weir::Secret("k");
  credentials.dialect = kDialect;
  const weir::connectors::sf_city::Pushes pushes(std::move(credentials));
  weir::net::Request request;
  request.method = "POST";
  request.target = "/hooks/sc/status?sign=x";
  request.body = bytes;
  Require(!pushes.Verify(request, ""));
  Require(!pushes.Explain(request, false).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const Way& way = kWays.at(data[0] % kWays.size());
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  Check(Map({.pulled = way.pulled,
             .dialect = way.dialect,
             .topic = way.topic,
             .bytes = bytes,
             .received_at = {}}));
  if (!way.pulled) CheckPush(bytes);
  return 0;
}
