// SPDX-License-Identifier: Apache-2.0
#include "simulators/dada/api.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.hpp"
#include "simulators/courier_mishap.hpp"
#include "simulators/dada/signature.hpp"
#include "simulators/members.hpp"
#include "simulators/outage.hpp"
#include "simulators/target.hpp"

namespace weir::simulators::dada {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::size_t kMembers = 7;

bool IsJson(const HttpCall& call) {
  return std::ranges::any_of(call.headers, [](const auto& header) {
    return EqualIgnoreCase(header.first, "Content-Type") &&
           ToLower(header.second).starts_with(kJson);
  });
}

/// The texts that the signature covers.
Fields SignedOf(const nlohmann::json& envelope) {
  Fields members;
  for (const auto& [name, value] : envelope.items()) {
    members.emplace_back(name, TextIn(envelope, name));
  }
  return members;
}

}  // namespace

Api::Api(const Parts& parts)
    : parts_(parts), shops_(ShopsOf(parts.options)), limit_(parts.options.calls_per_second) {}

HttpAnswer Api::Serve(const HttpCall& call, Instant now) {
  const Target target = TargetOf(call);
  const Action* action = FindAction(target.path);
  if (action == nullptr || call.method != "POST") {
    ++parts_.counts.calls_refused;
    return action == nullptr ? PlainAnswer(404, "not found")
                             : PlainAnswer(405, "method not allowed");
  }
  if (!limit_.Admit(std::string(action->path), now)) {
    ++parts_.counts.calls_refused;
    return PlainAnswer(429, "too many requests");
  }
  if (!IsJson(call)) {
    return Answer(std::unexpected(code::kWrongHeader));
  }
  const auto envelope = nlohmann::json::parse(call.body, nullptr, false);
  if (const int fault = FaultOf(envelope, now); fault != 0) {
    return Answer(std::unexpected(fault));
  }
  const std::string body = TextIn(envelope, "body");
  const auto params =
      body.empty() ? nlohmann::json::object() : nlohmann::json::parse(body, nullptr, false);
  if (!params.is_structured()) {
    return Answer(std::unexpected(code::kBodyBroken));
  }
  if (action->kind == CallKind::kSandbox && !parts_.options.sandbox) {
    return Answer(std::unexpected(code::kSandboxOnly));
  }
  return Run(*action, params, now);
}

int Api::FaultOf(const nlohmann::json& envelope, Instant now) const {
  if (!envelope.is_object() || envelope.empty()) return code::kNoMembers;
  if (envelope.size() != kMembers) return code::kWrongMembers;
  const auto body = envelope.find("body");
  if (body == envelope.end() || !body->is_string()) return code::kNoBody;
  if (TextIn(envelope, "format") != "json") return code::kBadFormat;
  if (TextIn(envelope, "v") != "1.0") return code::kBadVersion;
  const std::string signature = TextIn(envelope, "signature");
  if (signature.empty()) return code::kNoSignature;
  const Options& options = parts_.options;
  if (TextIn(envelope, "app_key") != options.app_key) return code::kBadAppKey;
  if (signature != SignCall(SignedOf(envelope), options.app_secret)) return code::kBadSignature;
  if (TextIn(envelope, "source_id") != options.source_id) return code::kBadSource;
  return StampFaultOf(envelope, now);
}

int Api::StampFaultOf(const nlohmann::json& envelope, Instant now) const {
  const auto stamp = IntIn(envelope, "timestamp");
  const auto tolerance = parts_.options.clock_tolerance;
  if (!stamp) {
    return code::kBadTimestamp;
  }
  const auto off = std::chrono::abs(std::chrono::seconds(UnixSeconds(now) - *stamp));
  return tolerance.count() <= 0 || off <= tolerance ? 0 : code::kBadTimestamp;
}

HttpAnswer Api::Run(const Action& action, const nlohmann::json& params, Instant now) {
  Call call{.params = params, .now = now, .parts = parts_, .shops = shops_, .quotes = quotes_};
  if (action.kind != CallKind::kOrder) {
    return Answer(action.run(call));
  }
  return WithMishaps(parts_.random, parts_.options.call_faults, [&](Verdict verdict) {
    if (verdict == Verdict::kBusy) {
      return Answer(std::unexpected(code::kBusy));
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
      .Member("status", outcome ? "success" : "fail")
      .Key("result")
      .Raw(outcome ? *outcome : kNothing)
      .Member("code", outcome ? 0 : outcome.error())
      .Member("msg", outcome ? "成功" : code::TextOf(outcome.error()))
      .Member("success", outcome.has_value())
      .Member("fail", !outcome.has_value());
  if (!outcome) json.Member("errorCode", outcome.error());
  json.EndObject();
  return answer;
}

}  // namespace weir::simulators::dada
