// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "connectors/dada/push.hpp"
#include "mapping/dada/map.hpp"
#include "mapping/dada/quote.hpp"
#include "mapping/pages.hpp"

// Dada's callbacks, messages and answers, from the bytes to the facts. The first byte chooses
// which; a text is also taken as a message's body, since that is JSON within JSON.
namespace {

using weir::mapping::Mapped;
using namespace weir::mapping::dada;  // NOLINT(google-build-using-namespace)

constexpr std::string_view kToken = "0123456789abcdef";

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

void Check(const Mapped& mapped) {
  for (const auto& shipment : mapped.shipments) {
    Require(!shipment.number.empty());
    Require(!shipment.look || shipment.look->extra.empty() ||
            nlohmann::json::accept(shipment.look->extra));
    for (const auto& node : shipment.nodes) Require(!node.key.empty());
  }
  Require(!mapped.unmappable || !mapped.unmappable->reason.empty());
}

void CheckPush(std::string_view bytes) {
  const weir::connectors::dada::Pushes pushes({.app_key = "dada0123456789abcde",
                                               .app_secret = weir::Secret("s"),
                                               .source_id = "73753",
                                               .base_url = {},
                                               .hook_url = {},
                                               .callback_token = weir::Secret(std::string(kToken)),
                                               .city_code = {},
                                               .cargo_type = {}});
  weir::net::Request request;
  request.method = "POST";
  request.target = "/hooks/da/0123456789abcdef";
  request.body = bytes;
  Require(!pushes.Verify(request, "0123456789abcdeg"));
  Require(!pushes.Explain(request, false).empty());
  if (const auto push = pushes.Verify(request, kToken)) Check(*push->mapped);
  Check(Map({.dialect = kCallbacks, .topic = "", .bytes = bytes}));
}

void CheckMessage(std::string_view body) {
  for (const int type : {1, 4}) {
    const nlohmann::json message = {{"messageType", type}, {"messageBody", body}};
    const std::string bytes =
        message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    Check(Map({.dialect = kCallbacks, .topic = "", .bytes = bytes}));
  }
}

constexpr std::array<std::string_view, 6> kDone{kAddTopic,     kAddQuotedTopic, kCancelTopic,
                                                kConfirmTopic, kReturnTopic,    "addTip?tips=1"};

void CheckAnswer(std::string_view bytes) {
  for (const std::string_view topic : {kReadTopic, kPositionTopic}) {
    Check(Map({.pulled = true, .dialect = kAnswers, .topic = topic, .bytes = bytes}));
  }
  std::string page;
  weir::mapping::AppendPage(page, "shp-1", bytes);
  for (const std::string_view topic : kDone) {
    for (const std::string_view payload : {std::string_view(page), bytes}) {
      Check(Map({.pulled = true,
                 .dialect = weir::mapping::kPagesDialect,
                 .topic = topic,
                 .bytes = payload}));
    }
  }
  const auto quote = QuoteOf(bytes, {});
  Require(!quote || quote->expires_at.has_value());
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
      CheckMessage(bytes);
      break;
    default:
      CheckAnswer(bytes);
  }
  return 0;
}
