// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/push.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/digest.hpp"
#include "base/json_writer.hpp"
#include "connectors/answers.hpp"
#include "mapping/sf_express/map.hpp"

namespace weir::connectors::sf_express {
namespace {

using mapping::sf_express::Push;
using mapping::sf_express::PushKind;

constexpr std::string_view kBlanks = " \t\r\n";

net::Response Xml(std::string body) {
  net::Response response;
  response.content_type = "text/xml;charset=UTF-8";
  response.body = std::move(body);
  return response;
}

/// What this kind of push wants to hear once it is stored.
net::Response ReplyTo(PushKind kind, bool in_json, std::string_view partner_id) {
  net::Response response;
  switch (kind) {
    case PushKind::kRoutes:
      if (!in_json) {
        return Xml(R"(<Response service="RoutePushService"><Head>OK</Head></Response>)");
      }
      response.body = R"({"return_code":"0000","return_msg":"成功"})";
      break;
    case PushKind::kStates:
      if (!in_json) return Xml("<Response><success>true</success></Response>");
      response.body = R"({"success":"true","code":"0","msg":""})";
      break;
    case PushKind::kFees: {
      JsonWriter json(response.body);
      json.BeginObject().Member("code", 200).Member("partnerCode", partner_id);
      json.Member("service", "").Key("msgData").BeginObject().EndObject().EndObject();
      break;
    }
  }
  return response;
}

}  // namespace

std::string_view DialectOf(const net::Request& request) {
  const std::string_view body = request.body;
  const std::size_t first = body.find_first_not_of(kBlanks);
  if (first == std::string_view::npos || body[first] == '{' || body[first] == '[') {
    return mapping::sf_express::kJsonDialect;
  }
  return body[first] == '<' ? mapping::sf_express::kXmlDialect : mapping::sf_express::kFormDialect;
}

Result<PushKind> Pushes::KindOf(std::string_view topic) const {
  const std::size_t slash = std::min(topic.find('/'), topic.size());
  const auto kind = mapping::sf_express::ParsePushKind(topic.substr(0, slash));
  const std::string_view token = topic.substr(std::min(slash + 1, topic.size()));
  const bool holds = ConstantTimeEqual(token, credentials_.callback_token.Reveal());
  if (!kind || credentials_.callback_token.empty() || !holds) {
    return Fail(ErrorKind::kNotFound, "wrong_token");
  }
  return *kind;
}

Result<VerifiedPush> Pushes::Verify(const net::Request& request, std::string_view topic) const {
  const auto kind = KindOf(topic);
  if (!kind) return std::unexpected(kind.error());
  const std::string_view dialect = DialectOf(request);
  const auto push = Push::Decode(*kind, dialect, request.body);
  if (!push) return std::unexpected(push.error());
  VerifiedPush verified;
  verified.topic = mapping::sf_express::Name(*kind);
  verified.dialect = dialect;
  verified.reply =
      ReplyTo(*kind, dialect == mapping::sf_express::kJsonDialect, credentials_.partner_id);
  if (push->records().empty()) {
    verified.probe = true;
    verified.mapped = std::make_shared<mapping::Mapped>();
    return verified;
  }
  verified.payload = request.body;
  verified.content = push->Content();
  verified.mapped =
      std::make_shared<mapping::Mapped>(mapping::sf_express::MapPush(*push, verified.content));
  return verified;
}

net::Response Pushes::Accepted() const {
  return ReplyTo(PushKind::kRoutes, true, credentials_.partner_id);
}

net::Response Pushes::Refused(const Error& error) const {
  net::Response response = MakeRefusal(error);
  JsonWriter(response.body)
      .BeginObject()
      .Member("return_code", "1000")
      .Member("return_msg", error.message)
      .EndObject();
  return response;
}

}  // namespace weir::connectors::sf_express
