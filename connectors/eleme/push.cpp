// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/push.hpp"

#include <memory>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "connectors/answers.hpp"
#include "connectors/eleme/signer.hpp"
#include "mapping/eleme/map.hpp"

namespace weir::connectors::eleme {

using mapping::eleme::Push;

Result<void> Pushes::Check(const Push& push) const {
  if (push.signature().empty()) {
    return Fail(ErrorKind::kUnauthorized, "missing_signature");
  }
  if (push.app_id() != credentials_.app_id) {
    return Fail(ErrorKind::kUnauthorized, "wrong_app_id");
  }
  if (!MatchesHex(Sign(PushText(push.fields()), credentials_.app_secret), push.signature())) {
    return Fail(ErrorKind::kUnauthorized, "bad_signature");
  }
  return {};
}

Result<VerifiedPush> Pushes::Verify(const net::Request& request, std::string_view) const {
  const auto push = Push::Decode(request.body);
  if (!push) {
    return std::unexpected(push.error());
  }
  VerifiedPush verified;
  if (push->empty()) {
    verified.probe = true;
    verified.mapped = std::make_shared<mapping::Mapped>();
    return verified;
  }
  if (auto checked = Check(*push); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  if (const auto type = ParseInt(push->type())) {
    verified.topic = std::to_string(*type);
  }
  verified.dialect = mapping::eleme::kDialect;
  verified.payload = request.body;
  verified.content = push->Content();
  verified.sent_at = push->sent_at();
  verified.mapped =
      std::make_shared<mapping::Mapped>(mapping::eleme::MapPush(*push, verified.content));
  return verified;
}

net::Response Pushes::Accepted() const {
  net::Response response;
  response.body = R"({"message":"ok"})";
  return response;
}

net::Response Pushes::Refused(const Error& error) const {
  net::Response response = MakeRefusal(error);
  JsonWriter(response.body).BeginObject().Member("message", error.message).EndObject();
  return response;
}

}  // namespace weir::connectors::eleme
