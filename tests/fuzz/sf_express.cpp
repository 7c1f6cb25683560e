// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "connectors/sf_express/push.hpp"
#include "connectors/sf_express/quote.hpp"
#include "mapping/pages.hpp"
#include "mapping/sf_express/map.hpp"

// SF Express's pushes, which nobody signs, and its answers, from the bytes to the facts. The first
// byte chooses which.
namespace {

using weir::mapping::Mapped;
using namespace weir::mapping::sf_express;  // NOLINT(google-build-using-namespace)

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

void Check(const Mapped& mapped) {
  for (const auto& facts : mapped.shipments) {
    Require(!facts.number.empty() || !facts.waybill.empty());
    Require(!facts.look || facts.look->extra.empty() || nlohmann::json::accept(facts.look->extra));
    for (const auto& node : facts.nodes) Require(!node.key.empty());
  }
  Require(!mapped.unmappable || !mapped.unmappable->reason.empty());
}

void CheckPush(PushKind kind, std::string_view bytes) {
  static const weir::connectors::sf_express::Pushes pushes = [] {
    weir::connectors::sf_express::Credentials credentials;
    credentials.partner_id = "p";
    credentials.check_word = weir::Secret("s");
    credentials.callback_token = weir::Secret("t");
    return weir::connectors::sf_express::Pushes(std::move(credentials));
  }();
  weir::net::Request request;
  request.method = "POST";
  request.target = "/hooks/c/" + std::string(Name(kind)) + "/t";
  request.body = bytes;
  const auto push = pushes.Verify(request, std::string(Name(kind)) + "/t");
  Require(!push || push->probe || !push->payload.empty());
  if (push) Check(*push->mapped);
  Require(!pushes.Explain(request, false).empty());
  for (const std::string_view dialect : {kJsonDialect, kFormDialect, kXmlDialect}) {
    Check(Map({.dialect = dialect, .topic = Name(kind), .bytes = bytes}));
  }
}

constexpr std::array kTopics{kCreateOrder, kCancelTopic,  kSearchRoutes,
                             kQueryFee,    kPromisedTime, kIntercept};

void CheckAnswer(std::string_view topic, std::string_view bytes) {
  Check(Map({.pulled = true, .dialect = kJsonDialect, .topic = topic, .bytes = bytes}));
  std::string page;
  weir::mapping::AppendPage(page, "n", bytes);
  for (const std::string_view pages : {bytes, std::string_view(page)}) {
    Check(Map(
        {.pulled = true, .dialect = weir::mapping::kPagesDialect, .topic = topic, .bytes = pages}));
  }
  std::ignore = weir::connectors::sf_express::ReadQuote(bytes, "1");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  constexpr std::array kKinds{PushKind::kRoutes, PushKind::kStates, PushKind::kFees};
  const std::size_t choice = data[0] % (kKinds.size() + kTopics.size());
  if (choice < kKinds.size()) {
    CheckPush(kKinds.at(choice), bytes);
  } else {
    CheckAnswer(kTopics.at(choice - kKinds.size()), bytes);
  }
  return 0;
}
