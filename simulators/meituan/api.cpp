// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/api.hpp"

#include <array>
#include <optional>

#include "base/text.hpp"
#include "simulators/chance.hpp"
#include "simulators/meituan/errors.hpp"
#include "simulators/meituan/signature.hpp"

namespace weir::simulators::meituan {
namespace {

constexpr std::string_view kPrefix = "/api/v1/";
constexpr std::array<unsigned, 3> kFailures = {500, 502, 504};

/// A call's target, taken apart; all still encoded.
struct Target {
  std::string origin;
  std::string path;
  std::string query;
};

Target Split(const HttpCall& call) {
  Target target{.origin = call.origin, .path = call.target, .query = {}};
  const std::size_t question = target.path.find('?');
  if (question != target.path.npos) {
    target.query = target.path.substr(question + 1);
    target.path.resize(question);
  }
  const std::size_t scheme = target.path.find("://");
  if (scheme != target.path.npos) {
    const std::size_t slash = std::min(target.path.find('/', scheme + 3), target.path.size());
    target.origin = target.path.substr(0, slash);
    target.path.erase(0, slash);
  }
  return target;
}

std::optional<Fields> ParametersOf(const HttpCall& call, const Target& target) {
  auto parameters = ParseForm(target.query);
  if (call.method != "POST" || !parameters) {
    return parameters;
  }
  const auto body = ParseForm(call.body);
  if (!body) {
    return std::nullopt;
  }
  parameters->insert(parameters->end(), body->begin(), body->end());
  return parameters;
}

HttpAnswer Plain(unsigned status, std::string_view text) {
  return {.status = status, .content_type = "text/plain", .body = std::string(text)};
}

HttpAnswer Json(std::string body) {
  HttpAnswer answer;
  answer.body = std::move(body);
  return answer;
}

}  // namespace

Api::Api(const Options& options, OrderBook& book, Life& life, Counts& counts, Random& random)
    : options_(options),
      book_(book),
      life_(life),
      counts_(counts),
      random_(random),
      limit_(options.calls_per_second) {}

HttpAnswer Api::Handle(const HttpCall& call, Instant now) {
  ++counts_.calls;
  const bool fails = Chance(random_, options_.faults.api_failure);
  const bool with_effect = Chance(random_, 0.5);
  const unsigned failure = Pick(random_, kFailures);
  if (fails && !with_effect) {
    return Plain(failure, "upstream failed");
  }
  HttpAnswer answer = Serve(call, now);
  return fails ? Plain(failure, "upstream failed") : answer;
}

HttpAnswer Api::Serve(const HttpCall& call, Instant now) {
  const Target target = Split(call);
  const Interface* interface =
      target.path.starts_with(kPrefix)
          ? FindInterface(std::string_view(target.path).substr(kPrefix.size()))
          : nullptr;
  const auto refuse = [this](int code) {
    ++counts_.calls_refused;
    return Json(ErrorJson(code));
  };
  if (interface == nullptr) {
    return refuse(kNoSuchInterface);
  }
  if (call.method != interface->method) {
    ++counts_.calls_refused;
    return Plain(405, "method not allowed");
  }
  const auto parameters = ParametersOf(call, target);
  if (!parameters) {
    return refuse(kBadFormat);
  }
  const std::string& origin = options_.api_origin.empty() ? target.origin : options_.api_origin;
  const Outcome outcome = Answer(*interface, origin + target.path, *parameters, now);
  return outcome ? Json("{\"data\":" + *outcome + '}') : refuse(outcome.error());
}

Outcome Api::Answer(const Interface& interface, std::string_view url, const Fields& parameters,
                    Instant now) {
  const std::string* app = Find(parameters, "app_id");
  const std::string* timestamp = Find(parameters, "timestamp");
  const std::string* signature = Find(parameters, "sig");
  if (app == nullptr || timestamp == nullptr || signature == nullptr) {
    return std::unexpected(kMissingParameter);
  }
  if (*app != options_.app_id) {
    return std::unexpected(kUnknownApp);
  }
  if (*signature != Sign(url, parameters, options_.app_secret)) {
    return std::unexpected(kBadSignature);
  }
  if (!ParseUnixSeconds(*timestamp)) {
    return std::unexpected(kBadFormat);
  }
  if (!limit_.Admit(std::string(interface.path), now)) {
    return std::unexpected(kTooOften);
  }
  return interface.run({parameters, now, options_, book_, life_});
}

}  // namespace weir::simulators::meituan
