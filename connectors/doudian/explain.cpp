// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "connectors/doudian/push.hpp"
#include "mapping/doudian/messages.hpp"
#include "net/query.hpp"

namespace weir::connectors::doudian {
namespace {

std::string Shown(std::string_view text, bool personal) {
  return personal ? std::string(text) : fmt::format("<{} bytes>", text.size());
}

std::string_view Verdict(bool holds) { return holds ? "the signature holds" : "bad_signature"; }

std::string TextOf(const net::Parameters& parameters, std::string_view name) {
  const std::string* const found = net::FindParameter(parameters, name);
  return found == nullptr ? std::string() : *found;
}

/// Nothing when the request is no call of ours.
std::optional<std::string> ExplainCall(const net::Request& request, const Credentials& credentials,
                                       bool personal) {
  auto parameters = net::ParseQuery(request.query(), net::Decoding::kTolerant);
  if (!parameters) return std::nullopt;
  if (net::FindParameter(*parameters, "method") == nullptr) {
    parameters = net::ParseQuery(request.body, net::Decoding::kTolerant);
  }
  if (!parameters || net::FindParameter(*parameters, "method") == nullptr ||
      net::FindParameter(*parameters, "sign") == nullptr) {
    return std::nullopt;
  }
  const std::string app_key = TextOf(*parameters, "app_key");
  const std::string method = TextOf(*parameters, "method");
  const std::string timestamp = TextOf(*parameters, "timestamp");
  const std::string* const in_form = net::FindParameter(*parameters, "param_json");
  const std::string& sent = in_form != nullptr ? *in_form : request.body;
  const SignMethod sign_method = TextOf(*parameters, "sign_method") == Name(SignMethod::kHmacSha256)
                                     ? SignMethod::kHmacSha256
                                     : SignMethod::kMd5;
  CallText text{.app_key = app_key, .method = method, .param_json = sent, .timestamp = timestamp};
  const std::string right = Sign(text.OfCall(), credentials.app_secret, sign_method);
  const std::string told = TextOf(*parameters, "sign");
  const std::string shown = Shown(sent, personal);
  text.param_json = shown;
  return fmt::format(
      "a call of ours, {}\nsigned text: <app_secret>{}<app_secret>\n{} computed: {}\n{} received: "
      "{}\nverdict: {}\n",
      method, text.OfCall(), Name(sign_method), right, Name(sign_method), told,
      Verdict(ConstantTimeEqual(right, ToLower(told))));
}

}  // namespace

std::string Pushes::Explain(const net::Request& request, bool personal) const {
  const std::string line = fmt::format("{} {}\n", request.method, request.path());
  if (request.headers.Find("event-sign").empty()) {
    if (const auto call = SpiCall::Of(request)) return line + ExplainSpi(*call, personal);
    if (auto call = ExplainCall(request, credentials_, personal)) return line + *call;
    if (request.body.empty()) return line + "  no field at all: a probe, answered ok\n";
  }
  return line + ExplainMessages(request, personal);
}

std::string Pushes::ExplainMessages(const net::Request& request, bool personal) const {
  std::string text;
  const auto messages = mapping::doudian::Messages::Decode(request.body);
  if (!messages) {
    text += "  " + messages.error().message + "\n";
  } else if (messages->is_probe()) {
    return "  tag 0: a probe, answered ok\n";
  } else {
    for (const mapping::doudian::Message& message : messages->all()) {
      text += fmt::format("  tag {} msg_id {}: {}\n", message.tag, message.id,
                          Shown(message.DataText(), personal));
    }
  }
  text += fmt::format("signed text: {}<body, {} bytes><app_secret>\n", credentials_.app_key,
                      request.body.size());
  text += fmt::format("md5 computed: {}\nmd5 received: {}\n",
                      ToHex(EventSign(credentials_.app_key, request.body, credentials_.app_secret)),
                      request.headers.Find("event-sign"));
  const auto checked = CheckEvent(request);
  text += fmt::format("verdict: {}\n", checked ? Verdict(true) : checked.error().message);
  return text;
}

std::string Pushes::ExplainSpi(const SpiCall& call, bool personal) const {
  std::string text = "a call of us (SPI)\n";
  SpiCall shown = call;
  if (!personal) shown.param_json = Shown(call.param_json, false);
  const std::string_view method = Name(call.method());
  for (const bool html_escaped : {false, true}) {
    text += fmt::format("signed text{}: <app_secret>{}<app_secret>\n{} computed: {}\n",
                        html_escaped ? ", escaped" : "", shown.Text(html_escaped), method,
                        Sign(call.Text(html_escaped), credentials_.app_secret, call.method()));
  }
  text += fmt::format("sign received: {}\nsign_v2 received: {}\n", call.sign, call.sign_v2);
  const bool ours = call.app_key == credentials_.app_key;
  text += fmt::format("verdict: {}\n",
                      ours ? Verdict(call.IsSignedWith(credentials_.app_secret)) : "wrong_app_id");
  return text;
}

}  // namespace weir::connectors::doudian
