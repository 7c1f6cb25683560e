// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/api.hpp"

#include <optional>

#include "base/text.hpp"
#include "simulators/meituan/errors.hpp"
#include "simulators/meituan/signature.hpp"
#include "simulators/outage.hpp"
#include "simulators/target.hpp"

namespace weir::simulators::meituan {
namespace {

constexpr std::string_view kPrefix = "/api/v1/";

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

HttpAnswer Json(std::string body) {
  HttpAnswer answer;
  answer.body = std::move(body);
  return answer;
}

}  // namespace

Api::Api(const Options& options, OrderBook& book, Life& life, Shelves& shelves, Counts& counts)
    : options_(options),
      book_(book),
      life_(life),
      shelves_(shelves),
      counts_(counts),
      limit_(options.calls_per_second) {}

HttpAnswer Api::Serve(const HttpCall& call, Instant now) {
  const Target target = TargetOf(call);
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
    return PlainAnswer(405, "method not allowed");
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
  return interface.run({parameters, now, options_, book_, life_, shelves_});
}

}  // namespace weir::simulators::meituan
