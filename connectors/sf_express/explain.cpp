// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "base/digest.hpp"
#include "connectors/sf_express/push.hpp"
#include "connectors/sf_express/signer.hpp"
#include "net/query.hpp"

namespace weir::connectors::sf_express {
namespace {

using mapping::sf_express::ParsePushKind;
using mapping::sf_express::Push;
using mapping::sf_express::PushKind;

std::string Hidden(std::string_view text) { return fmt::format("<{} bytes>", text.size()); }

std::string Verdict(bool holds) {
  return fmt::format("verdict: {}\n", holds ? "the signature holds" : "bad_signature");
}

/// "/hooks/<connection>/<kind>/<token>": the kind.
std::string_view KindIn(std::string_view path) {
  for (int i = 0; i < 3; ++i) {
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) return {};
    path.remove_prefix(slash + 1);
  }
  return path.substr(0, path.find('/'));
}

/// The path with its token left out.
std::string_view WithoutToken(std::string_view path) { return path.substr(0, path.rfind('/')); }

}  // namespace

std::string Pushes::Explain(const net::Request& request, bool personal) const {
  if (auto call = ExplainCall(request.body, personal)) return *std::move(call);
  return ExplainPush(request, personal);
}

std::string Pushes::ExplainPush(const net::Request& request, bool personal) const {
  const std::string_view word = KindIn(request.path());
  std::string text = fmt::format("{} {}/<token>\n", request.method, WithoutToken(request.path()));
  const auto kind = ParsePushKind(word);
  if (!kind) return text + "  no kind of push is called so: routes, orders or fees\n";
  const std::string_view dialect = DialectOf(request);
  const auto push = Push::Decode(*kind, dialect, request.body);
  if (!push) return text + "  " + push.error().message + "\n";
  text += fmt::format("  written as {}, {} records\n", dialect, push->records().size());
  for (const auto& record : push->records()) {
    for (const auto& [name, value, taken] : record) {
      const bool harmless = personal || name == "mailno" || name == "opCode" ||
                            name == "acceptTime" || name == "orderid" || name == "id";
      text += fmt::format("  {} = {}\n", name,
                          harmless ? std::string(value.text()) : Hidden(value.text()));
    }
  }
  const std::string_view path = request.path();
  const std::string_view token = path.substr(path.rfind('/') + 1);
  const bool holds = !credentials_.callback_token.empty() &&
                     ConstantTimeEqual(token, credentials_.callback_token.Reveal());
  return text + fmt::format("nothing is signed; the URL's token {}\n",
                            holds ? "is options.callback_token" : "is another: wrong_token");
}

std::optional<std::string> Pushes::ExplainCall(std::string_view body, bool personal) const {
  const auto form = net::ParseQuery(body, net::Decoding::kTolerant);
  if (!form) return std::nullopt;
  const std::string* const service = net::FindParameter(*form, "serviceCode");
  const std::string* const message = net::FindParameter(*form, "msgData");
  const std::string* const timestamp = net::FindParameter(*form, "timestamp");
  if (service == nullptr || message == nullptr || timestamp == nullptr) return std::nullopt;
  std::string text = fmt::format("a call of ours, {}\n", *service);
  const std::string* const received = net::FindParameter(*form, "msgDigest");
  if (received == nullptr) return text + "no msgDigest: the call brings a token\n";
  const SignedText what{.message = *message, .timestamp = *timestamp};
  const std::string shown = personal ? JavaUrlEncode(*message) : Hidden(*message);
  const bool simple = credentials_.proof == Proof::kSimpleDigest;
  const std::string digest =
      simple ? SignSimply(what, credentials_.check_word) : Sign(what, credentials_.check_word);
  text += fmt::format("signed text: {}{}<check_word>{}\n", simple && personal ? *message : shown,
                      *timestamp, simple ? ", not encoded" : ", encoded as Java does");
  text += fmt::format("digest computed: {}\ndigest received: {}\n", digest, *received);
  return text + Verdict(ConstantTimeEqual(digest, *received));
}

}  // namespace weir::connectors::sf_express
