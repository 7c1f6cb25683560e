// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "connectors/eleme/push.hpp"
#include "connectors/eleme/signer.hpp"

namespace weir::connectors::eleme {
namespace {

using nlohmann::ordered_json;

std::string Hidden(std::string_view text) { return fmt::format("<{} bytes>", text.size()); }

std::string Verdict(const Md5Digest& digest, std::string_view received) {
  return fmt::format("md5 computed: {}\nmd5 received: {}\nverdict: {}\n", ToUpperHex(digest),
                     received,
                     MatchesHex(digest, received) ? "the signature holds" : "bad_signature");
}

void AddParams(const ordered_json& call, const char* name, std::vector<Param>& params) {
  const auto object = call.find(name);
  if (object == call.end() || !object->is_object()) return;
  for (const auto& [key, value] : object->items()) {
    params.push_back({.name = key, .json = value.dump()});
  }
}

/// A member that is text; empty when it is none.
std::string TextOf(const ordered_json& call, const char* name) {
  const auto member = call.find(name);
  return member != call.end() && member->is_string() ? member->get<std::string>() : std::string();
}

}  // namespace

std::string Pushes::Explain(const net::Request& request, bool personal) const {
  if (auto call = ExplainCall(request.body, personal)) {
    return std::move(*call);
  }
  return ExplainPush(request, personal);
}

std::string Pushes::ExplainPush(const net::Request& request, bool personal) const {
  std::string text = fmt::format("{} {}\n", request.method, request.path());
  const auto push = mapping::eleme::Push::Decode(request.body);
  if (!push) {
    return text + "  " + push.error().message + "\n";
  }
  if (push->empty()) {
    return text + "  no field at all: a probe, answered ok\n";
  }
  // Only the message may say something of a person.
  const std::string hidden = Hidden(push->message());
  auto shown = push->fields();
  for (auto& field : shown) {
    if (field.name == "message" && !personal) field.value = hidden;
    text += fmt::format("  {} = {}\n", field.name, field.value);
  }
  text += fmt::format("signed text: {}<app_secret>\n", PushText(shown));
  const Md5Digest digest = Sign(PushText(push->fields()), credentials_.app_secret);
  text +=
      fmt::format("md5 computed: {}\nmd5 received: {}\n", ToUpperHex(digest), push->signature());
  const auto checked = Check(*push);
  text += fmt::format("verdict: {}\n", checked ? "the signature holds" : checked.error().message);
  return text;
}

std::optional<std::string> Pushes::ExplainCall(std::string_view body, bool personal) const {
  const auto call = ordered_json::parse(body, nullptr, false);
  if (!call.is_object() || !call.contains("action") || !call.contains("metas")) {
    return std::nullopt;
  }
  std::vector<Param> params;
  AddParams(call, "params", params);
  std::vector<Param> shown = params;
  for (Param& param : shown) {
    if (!personal) param.json = Hidden(param.json);
  }
  AddParams(call, "metas", params);
  AddParams(call, "metas", shown);
  const std::string action = TextOf(call, "action");
  return fmt::format(
      "a call of ours, {}\nsigned text: {}<app_secret>\n{}", action,
      CallText(action, "<token>", shown),
      Verdict(Sign(CallText(action, TextOf(call, "token"), params), credentials_.app_secret),
              TextOf(call, "signature")));
}

}  // namespace weir::connectors::eleme
