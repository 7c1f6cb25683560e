// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_city/api.hpp"

#include "simulators/chance.hpp"
#include "simulators/courier_mishap.hpp"
#include "simulators/form.hpp"
#include "simulators/members.hpp"
#include "simulators/outage.hpp"
#include "simulators/sf_city/signature.hpp"
#include "simulators/target.hpp"

namespace weir::simulators::sf_city {
namespace {

constexpr std::string_view kPath = "/open/api/external/";

}  // namespace

Api::Api(const Parts& parts) : parts_(parts), limit_(parts.options.calls_per_second) {}

HttpAnswer Api::Serve(const HttpCall& call, Instant now) {
  const Target target = TargetOf(call);
  const Action* action = target.path.starts_with(kPath)
                             ? FindAction(std::string_view(target.path).substr(kPath.size()))
                             : nullptr;
  if (action == nullptr || call.method != "POST") {
    ++parts_.counts.calls_refused;
    return action == nullptr ? PlainAnswer(404, "not found")
                             : PlainAnswer(405, "method not allowed");
  }
  const auto params = nlohmann::json::parse(call.body, nullptr, false);
  if (!params.is_object() || IntIn(params, "dev_id") != parts_.options.dev_id) {
    return Answer(Refused(code::kBadDeveloper, "开发者不存在: dev_id"));
  }
  if (!SignedWell(call, target.query)) {
    return Answer(Refused(code::kBadSign, "签名错误"));
  }
  if (!limit_.Admit(std::string(action->name), now)) {
    return Answer(Refused(code::kTooOften, "请求过于频繁，请稍后再试"));
  }
  return Run(*action, params, now);
}

bool Api::SignedWell(const HttpCall& call, std::string_view query) const {
  const auto fields = ParseForm(query);
  const std::string* sign = fields ? Find(*fields, "sign") : nullptr;
  return sign != nullptr &&
         *sign == SignBody(call.body, parts_.options.dev_id, parts_.options.dev_key);
}

HttpAnswer Api::Run(const Action& action, const nlohmann::json& params, Instant now) {
  Call call{.params = params,
            .now = now,
            .parts = parts_,
            .cancels = cancels_,
            .number_ids = Chance(parts_.random, parts_.options.quirks.number_ids)};
  if (!action.orders) {
    return Answer(action.run(call));
  }
  return WithMishaps(parts_.random, parts_.options.call_faults, [&](Verdict verdict) {
    if (verdict == Verdict::kBusy) {
      return Answer(Refused(code::kTooOften, "操作过于频繁，请稍后再试"));
    }
    call.refused = verdict == Verdict::kRefuse;
    return Answer(action.run(call));
  });
}

HttpAnswer Api::Answer(const Outcome& outcome) {
  parts_.counts.calls_refused += outcome ? 0 : 1;
  HttpAnswer answer{.headers = {}};
  JsonWriter json(answer.body);
  json.BeginObject()
      .Member("error_code", outcome ? 0 : outcome.error().code)
      .Member("error_msg", outcome ? std::string("success") : outcome.error().message)
      .Key("error_data")
      .Null()
      .Key("result")
      .Raw(outcome ? *outcome : "null")
      .EndObject();
  return answer;
}

}  // namespace weir::simulators::sf_city
