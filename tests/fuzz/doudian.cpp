// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "connectors/doudian/canonical.hpp"
#include "connectors/doudian/push.hpp"
#include "mapping/doudian/map.hpp"
#include "mapping/pages.hpp"

// Doudian's pushes, calls of us and answers, from the bytes to the facts. The first byte chooses
// which; what is chosen is also taken as a message's data, since no input bears a signature that
// holds.
namespace {

using weir::mapping::Mapped;
using namespace weir::mapping::doudian;  // NOLINT(google-build-using-namespace)

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
  const weir::connectors::doudian::Pushes pushes({.app_key = "7000000000000000123",
                                                  .app_secret = weir::Secret("s"),
                                                  .shop_id = "1",
                                                  .base_url = {},
                                                  .manner = {}});
  weir::net::Request request;
  request.method = "POST";
  request.target = "/hooks/dd?app_key=7000000000000000123&sign=x";
  request.body = bytes;
  Require(!pushes.Verify(request, ""));
  Require(!pushes.Explain(request, false).empty());
  request.target = "/hooks/dd";
  const auto push = pushes.Verify(request, "");
  Require(!push || push->probe);
  Check(Map({.dialect = kMessages, .topic = "", .bytes = bytes}));
  Check(Map({.dialect = kSpi, .topic = "", .bytes = bytes}));
}

/// What is canonical stays as it is.
void CheckCanonical(std::string_view bytes) {
  const auto once = weir::connectors::doudian::Canonical(bytes);
  if (!once) return;
  const auto twice = weir::connectors::doudian::Canonical(*once);
  Require(twice && *twice == *once);
}

constexpr std::array kTags{"100", "110", "106", "108", "200", "206", "400", "999"};

void CheckData(std::uint8_t choice, std::string_view data) {
  const nlohmann::json message = {{"tag", kTags.at(choice % kTags.size())}, {"data", data}};
  Check(Map({.dialect = kMessages,
             .topic = "",
             .bytes = nlohmann::json::array({message}).dump(
                 -1, ' ', false, nlohmann::json::error_handler_t::replace)}));
}

constexpr std::array<std::string_view, 7> kMethods{
    "order.orderDetail",      "order.searchList", "afterSale.List",     "afterSale.Detail",
    "superm.getShipmentInfo", "sku.list",         "shop.getStoreDetail"};

void CheckAnswer(std::uint8_t choice, std::string_view bytes) {
  const std::string_view method = kMethods.at(choice % kMethods.size());
  Check(Map({.pulled = true, .dialect = kAnswers, .topic = method, .bytes = bytes}));
  for (const std::string_view topic : {"order.orderDetail", "menu?shop=1"}) {
    std::string pages;
    for (const std::string_view page : {"order.orderDetail", "order.batchDecrypt",
                                        "superm.getShipmentInfo", "sku.list?product_id=1"}) {
      weir::mapping::AppendPage(pages, page, bytes);
    }
    Check(Map(
        {.pulled = true, .dialect = weir::mapping::kPagesDialect, .topic = topic, .bytes = pages}));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto choice = static_cast<std::uint8_t>(data[0] / 3);
  switch (data[0] % 3) {
    case 0:
      CheckPush(bytes);
      CheckCanonical(bytes);
      break;
    case 1:
      CheckData(choice, bytes);
      break;
    default:
      CheckAnswer(choice, bytes);
  }
  return 0;
}
