// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/api.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "simulators/chance.hpp"
#include "simulators/courier_mishap.hpp"
#include "simulators/outage.hpp"
#include "simulators/sf_express/signature.hpp"
#include "simulators/target.hpp"

namespace weir::simulators::sf_express {
namespace {

using nlohmann::json;

std::string_view Said(const Fields& fields, std::string_view name) {
  const std::string* found = Find(fields, name);
  return found == nullptr ? std::string_view() : std::string_view(*found);
}

/// Whether it was ordered already.
bool IsKnown(const Call& call) {
  const auto number = call.message.find("orderId");
  return number != call.message.end() && number->is_string() &&
         call.book.Find(number->get<std::string>()) != nullptr;
}

}  // namespace

HttpAnswer Api::Serve(const HttpCall& call, Instant now) {
  const Target target = TargetOf(call);
  if (target.path.starts_with(kLabelPath)) return ServeLabel(call, target.path);
  if (target.path == "/oauth2/accessToken" && call.method == "POST") {
    return parts_.tokens.Give(call, now);
  }
  if (target.path != "/std/service" || call.method != "POST") {
    ++parts_.counts.calls_refused;
    return PlainAnswer(404, "not found");
  }
  const auto fields = ParseForm(call.body);
  return fields ? ServeService(*fields, target.origin, now) : RefuseAtGate("A1001");
}

HttpAnswer Api::ServeService(const Fields& fields, const std::string& origin, Instant now) {
  if (const std::string_view code = GateOf(fields, now); !code.empty()) {
    return RefuseAtGate(code);
  }
  const json message = json::parse(Said(fields, "msgData"), nullptr, false);
  if (!message.is_object()) return RefuseAtGate("A1001");
  return Run(*FindService(Said(fields, "serviceCode")), {.message = message,
                                                         .origin = origin,
                                                         .now = now,
                                                         .options = parts_.options,
                                                         .book = parts_.book,
                                                         .life = parts_.life});
}

std::string_view Api::GateOf(const Fields& fields, Instant now) {
  for (const char* name : {"partnerID", "requestID", "serviceCode", "timestamp", "msgData"}) {
    if (Said(fields, name).empty()) return "A1001";
  }
  const std::string_view token = Said(fields, "accessToken");
  const std::string_view digest = Said(fields, "msgDigest");
  if (token.empty() == digest.empty()) return "A1001";
  if (Said(fields, "partnerID") != parts_.options.partner_id) return "A1004";
  if (!token.empty() && !parts_.tokens.Accepts(token, now)) return "A1011";
  if (!digest.empty() && !ProvesItself(fields, digest)) return "A1006";
  const Service* service = FindService(Said(fields, "serviceCode"));
  if (service == nullptr) return "A1004";
  return limit_.Admit(std::string(service->code), now) ? "" : "A1005";
}

bool Api::ProvesItself(const Fields& fields, std::string_view digest) const {
  const std::string text = std::string(Said(fields, "msgData")) +
                           std::string(Said(fields, "timestamp")) + parts_.options.check_word;
  return digest == DigestOf(text, DigestForm::kDocumented) ||
         (parts_.options.quirks.lenient_digest &&
          digest == DigestOf(text, DigestForm::kWithoutEncoding));
}

HttpAnswer Api::Run(const Service& service, const Call& call) {
  if (service.code != kCreate) {
    return Answer(service.run(call));
  }
  return WithMishaps(parts_.random, parts_.options.call_faults, [&](Verdict verdict) {
    if (verdict == Verdict::kBusy) {
      return RefuseAtGate("A1005");
    }
    const bool refused = verdict == Verdict::kRefuse && !IsKnown(call);
    return Answer(refused ? Reply{.code = "8114"} : service.run(call));
  });
}

HttpAnswer Api::ServeLabel(const HttpCall& call, std::string_view path) {
  std::string_view waybill = path.substr(kLabelPath.size());
  waybill = waybill.substr(0, waybill.find('.'));
  const bool opened = std::ranges::any_of(call.headers, [](const auto& header) {
    return EqualIgnoreCase(header.first, "X-Auth-token") && header.second == kLabelToken;
  });
  if (!opened || parts_.book.Find(waybill) == nullptr) {
    ++parts_.counts.calls_refused;
    return PlainAnswer(opened ? 404 : 401, "no label");
  }
  HttpAnswer answer;
  answer.content_type = "application/pdf";
  answer.body = LabelOf(waybill);
  return answer;
}

HttpAnswer Api::RefuseAtGate(std::string_view code) {
  ++parts_.counts.calls_refused;
  HttpAnswer answer;
  answer.body = json{
      {"apiResultCode", code},
      {"apiErrorMsg", "refused"},
      {"apiResponseID", "0001"},
      {"apiResultData",
       nullptr}}.dump();
  return answer;
}

HttpAnswer Api::Answer(const Reply& reply) {
  const bool as_object = Chance(parts_.random, parts_.options.quirks.object_answers);
  const bool as_text = Chance(parts_.random, parts_.options.quirks.text_success);
  const bool done = reply.code == "S0000";
  parts_.counts.calls_refused += done ? 0 : 1;
  json service{{"success", as_text ? json(done ? "true" : "false") : json(done)}};
  if (reply.obj.is_null()) {
    service["errorCode"] = reply.code;
    service["errorMsg"] = done ? json() : json("refused");
    service["msgData"] = reply.message;
  } else {
    service["obj"] = reply.obj;
    service["requestId"] = "0001";
  }
  HttpAnswer answer;
  answer.body = json{{"apiResultCode", "A1000"},
                     {"apiErrorMsg", ""},
                     {"apiResponseID", "0001"},
                     {"apiResultData", as_object ? service : json(service.dump())}}
                    .dump();
  return answer;
}

}  // namespace weir::simulators::sf_express
