// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/spi.hpp"

#include <utility>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "connectors/doudian/canonical.hpp"
#include "net/query.hpp"

namespace weir::connectors::doudian {
namespace {

std::string TextOf(const net::Parameters& parameters, std::string_view name) {
  const std::string* const found = net::FindParameter(parameters, name);
  return found == nullptr ? std::string() : *found;
}

bool IsForm(const net::Request& request) {
  constexpr std::string_view kForm = "application/x-www-form-urlencoded";
  return ToLower(request.headers.Find("Content-Type")).starts_with(kForm);
}

}  // namespace

std::optional<SpiCall> SpiCall::Of(const net::Request& request) {
  auto parameters = net::ParseQuery(request.query(), net::Decoding::kTolerant);
  if (!parameters) return std::nullopt;
  const bool form = IsForm(request);
  if (form) {
    auto more = net::ParseQuery(request.body, net::Decoding::kTolerant);
    if (!more) return std::nullopt;
    parameters->insert(parameters->end(), std::make_move_iterator(more->begin()),
                       std::make_move_iterator(more->end()));
  }
  SpiCall call{.app_key = TextOf(*parameters, "app_key"),
               .timestamp = TextOf(*parameters, "timestamp"),
               .sign_method = TextOf(*parameters, "sign_method"),
               .sign = TextOf(*parameters, "sign"),
               .sign_v2 = TextOf(*parameters, "sign_v2"),
               .param_json = TextOf(*parameters, "param_json")};
  if (call.param_json.empty() && !form) call.param_json = request.body;
  // A call of ours names its method; the platform's do not.
  const bool is_one = !call.app_key.empty() && !(call.sign.empty() && call.sign_v2.empty()) &&
                      net::FindParameter(*parameters, "method") == nullptr;
  return is_one ? std::optional(std::move(call)) : std::nullopt;
}

std::string SpiCall::Text(bool html_escaped) const {
  std::string json = Canonical(param_json.empty() ? "{}" : param_json).value_or(param_json);
  if (html_escaped) json = HtmlEscaped(json);
  return CallText{.app_key = app_key, .method = {}, .param_json = json, .timestamp = timestamp}
      .OfSpi();
}

SignMethod SpiCall::method() const {
  return EqualIgnoreCase(sign_method, Name(SignMethod::kHmacSha256)) ? SignMethod::kHmacSha256
                                                                     : SignMethod::kMd5;
}

bool SpiCall::IsSignedWith(const Secret& secret) const {
  bool holds = false;
  for (const bool html_escaped : {false, true}) {
    const std::string right = Sign(Text(html_escaped), secret, method());
    for (const std::string* const told : {&sign, &sign_v2}) {
      holds |= ConstantTimeEqual(right, ToLower(*told));
    }
  }
  return holds;
}

net::Response SpiAccepted() {
  net::Response response;
  response.body = R"({"code":0,"message":"success","data":null})";
  return response;
}

}  // namespace weir::connectors::doudian
