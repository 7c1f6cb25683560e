// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/api.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "simulators/chance.hpp"
#include "simulators/doudian/signature.hpp"
#include "simulators/gzip.hpp"

namespace weir::simulators::doudian {
namespace {

std::unexpected<Failure> Refuse(int code, std::string_view sub_code, std::string_view message) {
  return std::unexpected(Failure{code, sub_code, message});
}

/// Unix seconds, or a time of the wall in China.
std::optional<Instant> TimeOf(std::string_view text) {
  if (const auto seconds = ParseUnixSeconds(text)) {
    return *seconds;
  }
  const auto local = ParseLocalTime(text, Zone::China());
  return local ? std::optional(*local) : std::nullopt;
}

void WriteOld(JsonWriter& json, const Outcome& outcome) {
  json.Member("err_no", outcome ? 0 : outcome.error().code);
  json.Member("message", outcome ? std::string_view("success") : outcome.error().message);
}

void WriteNew(JsonWriter& json, const Outcome& outcome, bool code_as_text) {
  const int number = outcome ? code::kOk : outcome.error().code;
  json.Key("code");
  code_as_text ? json.String(std::to_string(number)) : json.Int(number);
  json.Member("msg", outcome ? std::string_view("success") : outcome.error().message);
  json.Member("sub_code", outcome ? std::string_view() : outcome.error().sub_code);
  json.Member("sub_msg", outcome ? std::string_view() : outcome.error().message);
}

}  // namespace

Api::Api(Parts parts, Random& random)
    : parts_(parts), random_(random), limit_(parts.options.calls_per_second) {}

HttpAnswer Api::Serve(const HttpCall& call, Instant now) {
  const Outcome outcome = Answer(call, now);
  parts_.counts.calls_refused += outcome ? 0 : 1;
  HttpAnswer answer = Write(call, outcome);
  CompressIfWanted(call, answer);
  return answer;
}

HttpAnswer Api::Write(const HttpCall& call, const Outcome& outcome) {
  const Quirks& quirks = parts_.options.quirks;
  const std::string* wants_new = HeaderOf(call, "x-open-no-old-err-code");
  const bool code_as_text = Chance(random_, quirks.code_as_text);
  const bool legacy = Chance(random_, quirks.legacy);
  const bool is_new = wants_new != nullptr && *wants_new == "1";
  HttpAnswer answer;
  JsonWriter json(answer.body);
  json.BeginObject();
  // Who asks for the new shape always learns from it why a call was refused.
  if (is_new && (!legacy || !outcome)) WriteNew(json, outcome, code_as_text);
  if (!is_new || legacy) WriteOld(json, outcome);
  json.Member("log_id", fmt::format("2021060814081601013113{:012}", ++last_log_));
  json.Key("data").Raw(outcome ? *outcome : "null").EndObject();
  return answer;
}

std::expected<void, Failure> Api::CheckPublic(const Request& request) const {
  if (request.Of("app_key").empty()) {
    return Refuse(code::kPlatformArgumentMissing, "isv.app-id-missing", "缺少app_key");
  }
  if (request.Of("sign").empty()) {
    return Refuse(code::kPlatformArgumentMissing, "isv.signature-missing", "缺少sign");
  }
  if (request.Of("app_key") != parts_.options.app_key) {
    return Refuse(code::kPlatformArgumentBad, "isv.app-id-invalid", "app_key不存在");
  }
  if (request.Of("v") != "2" || request.Of("method") != request.path_method) {
    return Refuse(code::kPlatformArgumentBad, "isv.parameter-format-invalid", "参数格式错误");
  }
  return {};
}

std::expected<void, Failure> Api::CheckTime(const Request& request, Instant now) const {
  const auto tolerance = parts_.options.clock_tolerance;
  const auto stamp = TimeOf(request.Of("timestamp"));
  if (!stamp) {
    return Refuse(code::kPlatformArgumentBad, "isv.timestamp-format-error", "时间戳格式错误");
  }
  if (tolerance > tolerance.zero() && std::chrono::abs(*stamp - now) > tolerance) {
    return Refuse(code::kPlatformArgumentBad, "isv.timestamp-invalid", "时间戳已失效");
  }
  return {};
}

std::expected<void, Failure> Api::CheckSignature(const Request& request) const {
  const auto canonical = Canonical(request.param_json);
  if (!canonical) {
    return Refuse(code::kPlatformArgumentBad, "isv.parameter-format-invalid", "param_json格式错误");
  }
  const std::string sign = SignCall({.app_key = request.Of("app_key"),
                                     .method = request.Of("method"),
                                     .param_json = *canonical,
                                     .timestamp = request.Of("timestamp"),
                                     .sign_method = request.Of("sign_method")},
                                    parts_.options.app_secret);
  if (sign.empty() || sign != request.Of("sign")) {
    return Refuse(code::kPlatformArgumentBad, "isv.signature-invalid", "签名校验失败");
  }
  return {};
}

Outcome Api::Answer(const HttpCall& call, Instant now) {
  const auto request = ReadRequest(call);
  if (!request) {
    return Refuse(code::kPlatformArgumentBad, "isv.parameter-format-invalid", "参数格式错误");
  }
  if (auto checked = CheckPublic(*request); !checked) return std::unexpected(checked.error());
  if (auto checked = CheckTime(*request, now); !checked) return std::unexpected(checked.error());
  if (auto checked = CheckSignature(*request); !checked) return std::unexpected(checked.error());
  const Method* method = FindMethod(request->path_method);
  if (method == nullptr) {
    return Refuse(code::kOffline, "isp.api-service-off", "接口不存在或已下线");
  }
  if (method->needs_token) {
    const std::string_view token = request->Of("access_token");
    if (token.empty()) {
      return Refuse(code::kPlatformArgumentMissing, "isv.access-token-missing", "缺少access_token");
    }
    if (auto checked = parts_.tokens.Check(token, now); !checked) {
      return std::unexpected(checked.error());
    }
  }
  if (!limit_.Admit(std::string(method->name), now)) {
    return Refuse(code::kTooOften, "isv.rate-limited", "调用频率超限");
  }
  const auto params = nlohmann::json::parse(*Canonical(request->param_json));
  return method->run({.params = params,
                      .now = now,
                      .options = parts_.options,
                      .book = parts_.book,
                      .life = parts_.life,
                      .tokens = parts_.tokens,
                      .shelves = parts_.shelves,
                      .random = random_});
}

}  // namespace weir::simulators::doudian
