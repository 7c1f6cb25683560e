// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/push.hpp"

#include <memory>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "mapping/doudian/map.hpp"
#include "mapping/doudian/messages.hpp"

namespace weir::connectors::doudian {
namespace {

using mapping::doudian::Messages;

VerifiedPush Probe() {
  VerifiedPush verified;
  verified.probe = true;
  verified.mapped = std::make_shared<mapping::Mapped>();
  return verified;
}

}  // namespace

Result<void> Pushes::CheckEvent(const net::Request& request) const {
  const std::string_view signature = request.headers.Find("event-sign");
  const std::string_view app = request.headers.Find("app-id");
  if (signature.empty()) {
    return Fail(ErrorKind::kUnauthorized, "missing_signature");
  }
  if (!app.empty() && app != credentials_.app_key) {
    return Fail(ErrorKind::kUnauthorized, "wrong_app_id");
  }
  if (!MatchesHex(EventSign(credentials_.app_key, request.body, credentials_.app_secret),
                  signature)) {
    return Fail(ErrorKind::kUnauthorized, "bad_signature");
  }
  return {};
}

Result<VerifiedPush> Pushes::Verify(const net::Request& request, std::string_view topic) const {
  if (request.headers.Find("event-sign").empty()) {
    if (const auto call = SpiCall::Of(request)) return VerifySpi(*call, topic);
    if (request.body.empty()) return Probe();
  }
  return VerifyMessages(request);
}

Result<VerifiedPush> Pushes::VerifyMessages(const net::Request& request) const {
  auto checked = CheckEvent(request);
  const bool unsigned_probe = !checked && checked.error().message == "missing_signature";
  if (!checked && !unsigned_probe) return std::unexpected(std::move(checked.error()));
  const auto messages = Messages::Decode(request.body);
  // Whether the probe of a new URL is signed is not told; it says nothing, so it may come as it is.
  if (messages && messages->is_probe()) return Probe();
  if (!checked) return std::unexpected(std::move(checked.error()));
  VerifiedPush verified;
  verified.dialect = mapping::doudian::kMessages;
  verified.payload = request.body;
  if (messages) {
    verified.topic = messages->topic();
    verified.content = messages->Content();
    verified.mapped = std::make_shared<mapping::Mapped>(mapping::doudian::MapMessages(*messages));
    return verified;
  }
  ContentHasher hasher;
  hasher.Update(request.body);
  verified.content = hasher.Finish();
  verified.mapped = std::make_shared<mapping::Mapped>();
  verified.mapped->unmappable = {.reason = "malformed_payload", .detail = messages.error().message};
  return verified;
}

Result<VerifiedPush> Pushes::VerifySpi(const SpiCall& call, std::string_view topic) const {
  if (call.app_key != credentials_.app_key) {
    return Fail(ErrorKind::kUnauthorized, "wrong_app_id");
  }
  if (!call.IsSignedWith(credentials_.app_secret)) {
    return Fail(ErrorKind::kUnauthorized, "bad_signature");
  }
  VerifiedPush verified;
  verified.topic = topic.empty() ? "spi" : topic;
  verified.dialect = mapping::doudian::kSpi;
  verified.payload = call.param_json;
  ContentHasher hasher;
  hasher.Update(call.param_json);
  verified.content = hasher.Finish();
  verified.mapped = std::make_shared<mapping::Mapped>(mapping::doudian::Map(
      {.dialect = verified.dialect, .topic = verified.topic, .bytes = verified.payload}));
  verified.reply = SpiAccepted();
  return verified;
}

net::Response Pushes::Accepted() const {
  net::Response response;
  response.body = R"({"code":0,"msg":"success"})";
  return response;
}

net::Response Pushes::Refused(const Error& error) const {
  // Pushes and calls of us name their reason differently (protocol B9 and B10).
  net::Response response = MakeRefusal(error);
  JsonWriter(response.body)
      .BeginObject()
      .Member("code", 10001)
      .Member("msg", error.message)
      .Member("message", error.message)
      .EndObject();
  return response;
}

}  // namespace weir::connectors::doudian
