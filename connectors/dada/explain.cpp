// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "connectors/dada/push.hpp"
#include "connectors/dada/signer.hpp"
#include "mapping/members.hpp"

namespace weir::connectors::dada {
namespace {

using mapping::MemberAt;
using mapping::Value;
using mapping::dada::Push;

/// Members that say nothing of a person.
constexpr std::array<std::string_view, 9> kHarmless{"cancel_from",  "client_id",   "createTime",
                                                    "dm_id",        "messageType", "order_id",
                                                    "order_status", "signature",   "update_time"};

std::string Shown(std::string_view text, bool personal) {
  return personal ? std::string(text) : fmt::format("<{} bytes>", text.size());
}

std::string_view Verdict(bool holds) { return holds ? "the signature holds" : "bad_signature"; }

/// The decoded last part of the path, where the token stands.
std::string LastPart(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  std::string part;
  if (slash == std::string_view::npos ||
      !AppendPercentDecoded(part, path.substr(slash + 1), false)) {
    return {};
  }
  return part;
}

std::string ExplainSigned(const Push& push) {
  const Value client = push.At("client_id");
  const Value order = push.At("order_id");
  const Value time = push.At("update_time");
  const CallbackText text{
      .client_id = client.text(), .order_id = order.text(), .update_time = time.text()};
  std::string lines;
  for (const std::string& joined : {text.Joined(), text.JoinedAsNumbers()}) {
    lines += fmt::format("signed text: {}\nmd5 computed: {}\n", joined, ToHex(Md5(joined)));
    if (text.Joined() == text.JoinedAsNumbers()) break;
  }
  return lines + fmt::format("md5 received: {}\n", push.At("signature").text());
}

/// Nothing when the body is no call of ours.
std::optional<std::string> ExplainCall(std::string_view body, const Credentials& credentials,
                                       bool personal) {
  const auto document = mapping::JsonDocument::Parse(body);
  const Value call = document ? Value(document->root()) : Value();
  const Value app_key = MemberAt(call, "app_key");
  if (app_key.empty()) return std::nullopt;
  const Value parameters = MemberAt(call, "body");
  const Value source = MemberAt(call, "source_id");
  const Value time = MemberAt(call, "timestamp");
  const CallText text{.app_key = app_key.text(),
                      .body = parameters.text(),
                      .source_id = source.text(),
                      .timestamp = time.text()};
  const std::string right = Sign(text, credentials.app_secret);
  const std::string told(MemberAt(call, "signature").text());
  CallText shown = text;
  const std::string hidden = Shown(text.body, personal);
  shown.body = hidden;
  return fmt::format(
      "a call of ours\nsigned text: <app_secret>{}<app_secret>\nmd5 computed: {}\nmd5 received: "
      "{}\nverdict: {}\n",
      shown.Joined(), right, told, Verdict(ConstantTimeEqual(ToLower(right), ToLower(told))));
}

}  // namespace

std::string Pushes::Explain(const net::Request& request, bool personal) const {
  if (auto call = ExplainCall(request.body, credentials_, personal)) return *std::move(call);
  return ExplainPush(request, personal);
}

std::string_view Pushes::ExplainToken(std::string_view path) const {
  const std::string last = LastPart(path);
  if (IsToken(last)) return "this connection's";
  const bool kept = last == kStatusTopic || last == kMessageTopic;
  return kept ? "not kept; it was this connection's when the push came" : "wrong_token";
}

std::string Pushes::ExplainPush(const net::Request& request, bool personal) const {
  std::string text = fmt::format("{} <path, {} bytes>\n", request.method, request.path().size());
  text += fmt::format("token: {}\n", ExplainToken(request.path()));
  const auto push = Push::Decode(request.body);
  if (!push) return text + "  " + push.error().message + "\n";
  if (push->kind() == Push::Kind::kProbe) {
    return text + "  no field at all: a probe, answered ok\n";
  }
  for (const mapping::Member& member : push->members()) {
    const bool plain = personal || std::ranges::find(kHarmless, member.name) != kHarmless.end();
    text += fmt::format("  {} = {}\n", member.name, Shown(member.value.text(), plain));
  }
  if (push->kind() == Push::Kind::kMessage) {
    return text + "verdict: nothing is signed; the token decides\n";
  }
  text += ExplainSigned(*push);
  const auto checked = CheckSignature(*push);
  return text + fmt::format("verdict: {}\n", checked ? Verdict(true) : checked.error().message);
}

}  // namespace weir::connectors::dada
