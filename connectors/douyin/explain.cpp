// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <span>
#include <string>

#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "connectors/douyin/push.hpp"
#include "connectors/douyin/signer.hpp"
#include "mapping/douyin/push.hpp"

namespace weir::connectors::douyin {
namespace {

using mapping::douyin::Webhook;

std::string Shown(std::string_view text, bool personal) {
  return personal ? std::string(text) : fmt::format("<{} bytes>", text.size());
}

std::string Check(std::string_view name, std::span<const std::uint8_t> digest,
                  std::string_view received) {
  return fmt::format("{} computed: {}\n{} received: {}\n", name, ToHex(digest), name, received);
}

bool IsOurCall(const net::Request& request) {
  return !request.headers.Find("access-token").empty() ||
         request.path().find("/goodlife/") != std::string_view::npos ||
         request.path().find("/oauth/") != std::string_view::npos;
}

}  // namespace

std::string Pushes::Explain(const net::Request& request, bool personal) const {
  std::string text = fmt::format("{} {}\n", request.method, request.path());
  if (IsOurCall(request)) {
    return text + "a call of ours: its access-token proves it, nothing is signed\n";
  }
  if (!request.headers.Find(kWebhookSignature).empty()) {
    return text + ExplainWebhook(request, personal);
  }
  const auto query = net::ParseQuery(request.query(), net::Decoding::kTolerant);
  if (!query) return text + "  " + query.error().message + "\n";
  if (!request.headers.Find(kSpiSignature).empty() ||
      net::FindParameter(*query, "sign") != nullptr) {
    return text + ExplainSpi(request, *query, personal);
  }
  const bool probe = request.body.empty() || request.body == "{}";
  return text + (probe ? "  no field at all: a probe, answered ok\n"
                       : "  neither X-Douyin-Signature, x-life-sign nor sign\n"
                         "verdict: missing_signature\n");
}

std::string Pushes::ExplainWebhook(const net::Request& request, bool personal) const {
  std::string text = "a webhook\n";
  if (const auto webhook = Webhook::Decode(request.body)) {
    text += fmt::format("  event = {}\n  client_key = {}\n  content is {}\n", webhook->event(),
                        webhook->client_key(),
                        webhook->content().is_object() ? "an object, or text that holds one"
                                                       : "no object: kept, not mapped");
  } else {
    text += "  the body is no JSON object: kept, not mapped\n";
  }
  text += fmt::format("signed text: <client_secret>{}\n", Shown(request.body, personal));
  const std::string_view received = request.headers.Find(kWebhookSignature);
  text += Check("sha1", SignWebhook(request.body, credentials_.client_secret), received);
  if (request.body.find_first_of("\r\n") != std::string::npos) {
    text += Check("sha1 without line breaks",
                  SignWebhook(WithoutBreaks(request.body), credentials_.client_secret), received);
  }
  const auto verified = VerifyWebhook(request);
  return text +
         fmt::format("verdict: {}\n", verified ? "the signature holds" : verified.error().message);
}

std::string Pushes::ExplainSpi(const net::Request& request, const net::Parameters& query,
                               bool personal) const {
  std::string text = "an SPI call\n";
  for (const auto& [name, value] : query) {
    text += fmt::format("  {} = {}\n", name, value);
  }
  text += fmt::format("signed text: <client_secret>{}\n",
                      personal || request.body.empty()
                          ? SpiText(query, request.body)
                          : SpiText(query, {}) + "&http_body=" + Shown(request.body, false));
  const std::string signed_text = SpiText(query, request.body);
  const std::string* const old = net::FindParameter(query, "sign");
  text += Check("x-life-sign (sha256)", SignSpi(signed_text, credentials_.client_secret),
                request.headers.Find(kSpiSignature));
  text += Check("sign (md5)", SignSpiOld(signed_text, credentials_.client_secret),
                old != nullptr ? std::string_view(*old) : "");
  const auto verified = VerifySpi(request, {}, query);
  return text +
         fmt::format("verdict: {}\n", verified ? "the signature holds" : verified.error().message);
}

}  // namespace weir::connectors::douyin
