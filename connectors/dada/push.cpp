// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/push.hpp"

#include <memory>

#include "base/digest.hpp"
#include "connectors/answers.hpp"
#include "connectors/dada/signer.hpp"
#include "mapping/dada/map.hpp"

namespace weir::connectors::dada {

using mapping::dada::Push;

Result<void> CheckSignature(const Push& push) {
  if (push.kind() != Push::Kind::kStatus) return {};
  const std::string_view signature = push.At("signature").text();
  if (signature.empty()) return Fail(ErrorKind::kUnauthorized, "missing_signature");
  const mapping::Value client = push.At("client_id");
  const mapping::Value order = push.At("order_id");
  const mapping::Value time = push.At("update_time");
  const bool holds =
      IsSigned({.client_id = client.text(), .order_id = order.text(), .update_time = time.text()},
               signature);
  return holds ? Result<void>() : Fail(ErrorKind::kUnauthorized, "bad_signature");
}

bool Pushes::IsToken(std::string_view topic) const {
  return ConstantTimeEqual(topic, credentials_.callback_token.Reveal());
}

Result<VerifiedPush> Pushes::Verify(const net::Request& request, std::string_view topic) const {
  if (!IsToken(topic)) return Fail(ErrorKind::kNotFound, "wrong_token");
  const auto push = Push::Decode(request.body);
  if (!push) return std::unexpected(push.error());
  if (auto checked = CheckSignature(*push); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  VerifiedPush verified;
  verified.probe = push->kind() == Push::Kind::kProbe;
  verified.topic = push->kind() == Push::Kind::kMessage ? kMessageTopic : kStatusTopic;
  verified.dialect = mapping::dada::kCallbacks;
  verified.payload = request.body;
  verified.content = push->Content();
  verified.mapped = std::make_shared<mapping::Mapped>(mapping::dada::MapPush(*push));
  return verified;
}

net::Response Pushes::Accepted() const {
  net::Response response;
  response.body = R"({"status":"ok"})";
  return response;
}

net::Response Pushes::Refused(const Error& error) const {
  net::Response response = MakeRefusal(error);
  response.body = R"({"status":"fail"})";
  return response;
}

}  // namespace weir::connectors::dada
