// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "simulators/chance.hpp"
#include "simulators/gzip.hpp"
#include "simulators/outage.hpp"
#include "simulators/target.hpp"

namespace weir::simulators::douyin {
namespace {

constexpr std::string_view kBelow = "/goodlife/v1/";

std::string HeaderOf(const HttpCall& call, std::string_view name) {
  const auto found = std::ranges::find_if(
      call.headers, [name](const auto& header) { return EqualIgnoreCase(header.first, name); });
  return found == call.headers.end() ? std::string() : found->second;
}

/// Clients differ in the last slash.
std::string PathOf(const HttpCall& call) {
  std::string path = TargetOf(call).path;
  while (path.ends_with('/')) path.pop_back();
  return path;
}

Outcome Refuse(int code, std::string_view text) { return std::unexpected(Failure{code, text}); }

}  // namespace

Api::Api(Parts parts)
    : parts_(parts),
      limit_of_orders_(parts.options.order_queries_per_second),
      limit_(parts.options.calls_per_second) {}

HttpAnswer Api::Serve(const HttpCall& call, Instant now) {
  const std::string path = PathOf(call);
  if (path == "/oauth/client_token") {
    return parts_.tokens.Client(call, now);
  }
  if (path == "/oauth/stable_client_token") {
    return parts_.tokens.Stable(call, now);
  }
  const Action* action =
      path.starts_with(kBelow) ? FindAction(call.method, path.substr(kBelow.size())) : nullptr;
  if (action == nullptr) {
    ++parts_.counts.calls_refused;
    return PlainAnswer(404, "not found");
  }
  const Outcome outcome = Answer(*action, call, now);
  parts_.counts.calls_refused += outcome ? 0 : 1;
  HttpAnswer answer = Reply(outcome, now);
  CompressIfWanted(call, answer);
  return answer;
}

Outcome Api::Answer(const Action& action, const HttpCall& call, Instant now) {
  switch (parts_.tokens.StateOf(HeaderOf(call, "access-token"), now)) {
    case TokenState::kUnknown:
      return Refuse(code::kBadToken, "access_token无效");
    case TokenState::kExpired:
      return Refuse(code::kExpiredToken, "access_token已过期");
    case TokenState::kValid:
      break;
  }
  RateLimit& limit = action.queries_orders ? limit_of_orders_ : limit_;
  if (!limit.Admit(std::string(action.path), now)) {
    return Refuse(code::kTooOften, "请求过于频繁");
  }
  const auto arguments = Arguments::Of(call);
  if (!arguments) {
    return Refuse(code::kUnreadable, "请求体解析失败");
  }
  for (const std::string& account :
       {arguments->TextOf("account_id"), HeaderOf(call, "Rpc-Transit-Life-Account")}) {
    if (!account.empty() && account != parts_.options.account_id) {
      return Refuse(code::kNotAuthorised, "商家未授权该应用");
    }
  }
  return action.run({.arguments = *arguments,
                     .now = now,
                     .options = parts_.options,
                     .book = parts_.book,
                     .life = parts_.life,
                     .random = parts_.random,
                     .shelves = parts_.shelves});
}

HttpAnswer Api::Reply(const Outcome& outcome, Instant now) {
  const Quirks& quirks = parts_.options.quirks;
  const Failure failure = outcome ? Failure{0, "success"} : outcome.error();
  const bool lone = Chance(parts_.random, quirks.lone_code);
  const bool in_data = Chance(parts_.random, 0.5);
  HttpAnswer answer;
  JsonWriter json(answer.body);
  json.BeginObject().Key("data").BeginObject();
  json.Member("error_code", lone && !in_data ? 0 : failure.code);
  json.Member("description", failure.text);
  if (outcome && outcome->size() > kNothing.size()) {
    // The members of an object that is not empty, without its braces.
    answer.body += ',' + outcome->substr(1, outcome->size() - 2);
  }
  json.EndObject().Key("extra").BeginObject();
  json.Member("error_code", lone && in_data ? 0 : failure.code);
  json.Member("description", failure.text).Member("sub_error_code", failure.sub);
  json.Member("sub_description", failure.sub == 0 ? "" : failure.text);
  json.Member("logid", fmt::format("2022082516071801022508{:012X}", ++last_log_));
  json.Member("now", quirks.now_in_ms ? now.time_since_epoch().count() : UnixSeconds(now));
  json.EndObject().EndObject();
  return answer;
}

}  // namespace weir::simulators::douyin
