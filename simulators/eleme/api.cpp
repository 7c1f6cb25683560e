// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/api.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "simulators/eleme/signature.hpp"
#include "simulators/gzip.hpp"
#include "simulators/outage.hpp"
#include "simulators/target.hpp"

namespace weir::simulators::eleme {
namespace {

constexpr std::string_view kVersion = "1.0.0";
/// Timestamps from here on are milliseconds: some clients send these (protocol notes 1.2).
constexpr std::int64_t kFirstMillisecond = 100'000'000'000;

std::string TextOf(const nlohmann::json& json, std::string_view name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string_view RawOf(const Fields& fields, std::string_view name) {
  const std::string* found = Find(fields, name);
  return found == nullptr ? std::string_view() : std::string_view(*found);
}

HttpAnswer Reply(std::string_view id, const Outcome& outcome) {
  HttpAnswer answer;
  JsonWriter json(answer.body);
  json.BeginObject().Member("id", id).Key("result").Raw(outcome ? *outcome : "null").Key("error");
  if (outcome) {
    json.Null();
  } else {
    json.BeginObject()
        .Member("code", outcome.error().code)
        .Member("message", outcome.error().message)
        .EndObject();
  }
  json.EndObject();
  return answer;
}

}  // namespace

Api::Api(Parts parts) : parts_(parts), limit_(parts.options.calls_per_second) {}

HttpAnswer Api::Serve(const HttpCall& call, Instant now) {
  HttpAnswer answer = Answer(call, now);
  CompressIfWanted(call, answer);
  return answer;
}

HttpAnswer Api::Answer(const HttpCall& call, Instant now) {
  const Target target = TargetOf(call);
  if (target.path == "/token") {
    return parts_.tokens.Token(call, now);
  }
  if (target.path == "/authorize") {
    return parts_.tokens.Authorize(ParseForm(target.query).value_or(Fields{}), now);
  }
  // Clients differ in the last slash.
  if (target.path != "/api/v1" && target.path != "/api/v1/") {
    ++parts_.counts.calls_refused;
    return PlainAnswer(404, "not found");
  }
  if (call.method != "POST") {
    ++parts_.counts.calls_refused;
    return PlainAnswer(405, "method not allowed");
  }
  return ServeAction(call, now);
}

HttpAnswer Api::ServeAction(const HttpCall& call, Instant now) {
  const auto envelope = Open(call.body);
  const Outcome outcome =
      envelope ? Answer(*envelope, now)
               : std::unexpected(Failure{code::kIllegalRequest, "the envelope is broken"});
  parts_.counts.calls_refused += outcome ? 0 : 1;
  return Reply(envelope ? envelope->id : std::string(), outcome);
}

std::optional<Api::Envelope> Api::Open(const std::string& body) {
  const auto raw = RawMembers(body);
  if (!raw) {
    return std::nullopt;
  }
  const auto metas = RawMembers(RawOf(*raw, "metas"));
  const auto params = RawMembers(RawOf(*raw, "params"));
  const auto json = nlohmann::json::parse(body);
  if (!metas || !params || TextOf(json, "nop") != kVersion) {
    return std::nullopt;
  }
  Envelope envelope{.id = TextOf(json, "id"),
                    .action = TextOf(json, "action"),
                    .token = TextOf(json, "token"),
                    .signature = TextOf(json, "signature"),
                    .metas = *metas,
                    .members = *metas,
                    .params = json.at("params")};
  envelope.members.insert(envelope.members.end(), params->begin(), params->end());
  return envelope;
}

bool Api::InTime(const Envelope& envelope, Instant now) const {
  const auto stamp = ParseInt(RawOf(envelope.metas, "timestamp"));
  if (!stamp) {
    return false;
  }
  const auto tolerance = parts_.options.clock_tolerance;
  const Instant at = *stamp >= kFirstMillisecond ? Instant(std::chrono::milliseconds(*stamp))
                                                 : Instant(std::chrono::seconds(*stamp));
  return tolerance <= tolerance.zero() || std::chrono::abs(at - now) <= tolerance;
}

Outcome Api::Answer(const Envelope& envelope, Instant now) {
  const auto refuse = [](std::string_view code, std::string_view message) {
    return std::unexpected(Failure{code, message});
  };
  const Options& options = parts_.options;
  if (RawOf(envelope.metas, "app_key") != '"' + options.app_key + '"') {
    return refuse(code::kIllegalRequest, "app_key不存在");
  }
  if (!EqualIgnoreCase(envelope.signature, SignCall(envelope.action, envelope.token,
                                                    envelope.members, options.app_secret))) {
    return refuse(code::kBadSignature, "签名错误");
  }
  if (!InTime(envelope, now)) {
    return refuse(code::kBadTimestamp, "时间戳无效");
  }
  const Action* action = FindAction(envelope.action);
  if (action == nullptr) {
    return refuse(code::kMethodNotAllowed, "没有这个接口");
  }
  if (!action->of_app && !parts_.tokens.Accepts(envelope.token, now)) {
    return refuse(code::kUnauthorized, "token无效或已过期");
  }
  if (!limit_.Admit(std::string(action->name), now)) {
    return refuse(code::kTooOften, "接口调用过于频繁");
  }
  return action->run({.params = envelope.params,
                      .now = now,
                      .options = options,
                      .book = parts_.book,
                      .life = parts_.life,
                      .desk = parts_.desk,
                      .tokens = parts_.tokens,
                      .shelves = parts_.shelves});
}

}  // namespace weir::simulators::eleme
