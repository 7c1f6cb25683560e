// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/push.hpp"

#include <memory>
#include <optional>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "connectors/douyin/signer.hpp"
#include "mapping/douyin/map.hpp"
#include "mapping/json.hpp"
#include "mapping/json_pieces.hpp"

namespace weir::connectors::douyin {
namespace {

using mapping::Mapped;
using mapping::douyin::Webhook;

/// An SPI call that is not understood must not hear a yes (protocol A8: the final no).
constexpr int kNotSupported = 999999;
constexpr int kRefusedCode = 1;
constexpr std::size_t kLongestTopic = 64;

void AppendAnswer(std::string& body, int code, std::string_view description) {
  JsonWriter(body)
      .BeginObject()
      .Key("data")
      .BeginObject()
      .Member("error_code", code)
      .Member("description", description)
      .EndObject()
      .EndObject();
}

net::Response AnswerOf(int code, std::string_view description) {
  net::Response response;
  AppendAnswer(response.body, code, description);
  return response;
}

/// {"challenge":<as it came>}; nothing when the webhook brings none.
std::optional<net::Response> ChallengeIn(std::string_view body) {
  // The type matters: it is copied from the text, or from the text within.
  std::string inner(mapping::PieceOf(body, "content"));
  if (inner.starts_with('"')) {
    const auto document = mapping::JsonDocument::Parse(inner);
    if (!document) return std::nullopt;
    inner = mapping::Value(document->root()).text();
  }
  const std::string_view challenge = mapping::PieceOf(inner, "challenge");
  if (challenge.empty() || !mapping::JsonDocument::Parse(challenge)) return std::nullopt;
  net::Response response;
  JsonWriter(response.body).BeginObject().Key("challenge").Raw(challenge).EndObject();
  return response;
}

VerifiedPush Probe() {
  VerifiedPush probe;
  probe.probe = true;
  probe.mapped = std::make_shared<Mapped>();
  return probe;
}

std::shared_ptr<Mapped> Shared(Mapped mapped) {
  return std::make_shared<Mapped>(std::move(mapped));
}

}  // namespace

std::vector<std::string_view> Pushes::SignatureHeaders() const {
  return {kWebhookSignature, kSpiSignature, kSpiClientKey};
}

Result<VerifiedPush> Pushes::Verify(const net::Request& request, std::string_view topic) const {
  if (!request.headers.Find(kWebhookSignature).empty()) {
    return VerifyWebhook(request);
  }
  const auto query = net::ParseQuery(request.query(), net::Decoding::kTolerant);
  if (!query) {
    return std::unexpected(query.error());
  }
  const bool is_spi =
      !request.headers.Find(kSpiSignature).empty() || net::FindParameter(*query, "sign") != nullptr;
  if (is_spi) {
    return VerifySpi(request, topic, *query);
  }
  if (request.body.empty() || request.body == "{}") {
    return Probe();
  }
  return Fail(ErrorKind::kUnauthorized, "missing_signature");
}

Result<VerifiedPush> Pushes::VerifyWebhook(const net::Request& request) const {
  const auto webhook = Webhook::Decode(request.body);
  // The challenge names no application.
  const bool other =
      webhook && !webhook->client_key().empty() && webhook->client_key() != credentials_.client_key;
  if (other) {
    return Fail(ErrorKind::kUnauthorized, "wrong_app_id");
  }
  if (!WebhookHolds(request.body, request.headers.Find(kWebhookSignature),
                    credentials_.client_secret)) {
    return Fail(ErrorKind::kUnauthorized, "bad_signature");
  }
  if (webhook && webhook->event() == mapping::douyin::kVerifyEvent) {
    if (auto reply = ChallengeIn(request.body)) {
      VerifiedPush probe = Probe();
      probe.reply = std::move(reply);
      return probe;
    }
  }
  VerifiedPush verified;
  verified.dialect = mapping::douyin::kWebhookDialect;
  verified.payload = request.body;
  if (!webhook) {
    ContentHasher hasher;
    hasher.Update(request.body);
    verified.content = hasher.Finish();
    verified.mapped = Shared(mapping::douyin::Map({.pulled = false,
                                                   .dialect = verified.dialect,
                                                   .topic = {},
                                                   .bytes = request.body,
                                                   .received_at = {}}));
    return verified;
  }
  if (webhook->event().size() <= kLongestTopic) {
    verified.topic = webhook->event();
  }
  verified.content = webhook->Content();
  verified.mapped = Shared(mapping::douyin::MapWebhook(*webhook, verified.content));
  return verified;
}

bool Pushes::SpiHolds(const net::Request& request, const net::Parameters& query) const {
  const std::string text = SpiText(query, request.body);
  const std::string_view fresh = request.headers.Find(kSpiSignature);
  if (!fresh.empty()) {
    return MatchesHex(SignSpi(text, credentials_.client_secret), fresh);
  }
  const std::string* const old = net::FindParameter(query, "sign");
  return old != nullptr && MatchesHex(SignSpiOld(text, credentials_.client_secret), *old);
}

Result<VerifiedPush> Pushes::VerifySpi(const net::Request& request, std::string_view topic,
                                       const net::Parameters& query) const {
  // After a move between consoles the query may name another one than the header does.
  const std::string* const asked = net::FindParameter(query, "client_key");
  const std::string_view told = request.headers.Find(kSpiClientKey);
  const bool named = (asked != nullptr && !asked->empty()) || !told.empty();
  const bool ours =
      (asked != nullptr && *asked == credentials_.client_key) || told == credentials_.client_key;
  if (named && !ours) {
    return Fail(ErrorKind::kUnauthorized, "wrong_app_id");
  }
  if (!SpiHolds(request, query)) {
    return Fail(ErrorKind::kUnauthorized, "bad_signature");
  }
  if (request.body.empty()) {
    return Probe();
  }
  auto call = mapping::douyin::MapSpi(request.body);
  VerifiedPush verified;
  const std::string_view action = topic.starts_with("spi/") ? topic.substr(4) : topic;
  verified.topic = "spi/" + std::string(action.empty() ? call.action : action);
  verified.dialect = mapping::douyin::kSpiDialect;
  verified.payload = request.body;
  verified.content = call.content;
  verified.reply = call.mapped.unmappable ? AnswerOf(kNotSupported, "not supported") : Processing();
  verified.mapped = Shared(std::move(call.mapped));
  return verified;
}

net::Response Pushes::Processing() const {
  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("data").BeginObject();
  json.Member("error_code", 0).Member("description", "success").Key(options_.refund_result);
  const auto number = ParseInt(options_.refund_processing);
  number ? json.Int(*number) : json.String(options_.refund_processing);
  json.EndObject().EndObject();
  return response;
}

net::Response Pushes::Accepted() const { return AnswerOf(0, "success"); }

net::Response Pushes::Refused(const Error& error) const {
  net::Response response = MakeRefusal(error);
  AppendAnswer(response.body, kRefusedCode, error.message);
  return response;
}

}  // namespace weir::connectors::douyin
