// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/retail/push.hpp"

#include <fmt/format.h>

#include <memory>

#include "base/ids.hpp"
#include "base/json_writer.hpp"
#include "connectors/answers.hpp"
#include "connectors/eleme/retail/signer.hpp"
#include "connectors/eleme/signer.hpp"
#include "mapping/eleme/retail/map.hpp"

namespace weir::connectors::eleme::retail {
namespace {

using mapping::eleme::retail::Push;

constexpr std::string_view kNewOrder = "order.create";

std::string OutcomeJson(int number, std::string_view words, std::string_view our_order = {}) {
  std::string body;
  JsonWriter json(body);
  json.BeginObject().Member("errno", number).Member("error", words);
  if (!our_order.empty()) {
    json.Key("data").BeginObject().Member("source_order_id", our_order).EndObject();
  }
  json.EndObject();
  return body;
}

std::string OnlyBody(std::string_view outcome) { return fmt::format(R"({{"body":{}}})", outcome); }

}  // namespace

Result<void> Pushes::Check(const Push& push) const {
  if (push.sign().empty()) {
    return Fail(ErrorKind::kUnauthorized, "missing_signature");
  }
  if (push.source() != credentials_.app_id) {
    return Fail(ErrorKind::kUnauthorized, "wrong_app_id");
  }
  const auto fields = SignedFields(push, credentials_.token_use);
  if (!MatchesHex(Sign(fields, credentials_.app_secret), push.sign())) {
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
  verified.topic = push->cmd();
  verified.dialect = mapping::eleme::retail::kDialect;
  verified.payload = request.body;
  verified.content = push->Content();
  verified.sent_at = push->sent_at();
  verified.mapped =
      std::make_shared<mapping::Mapped>(mapping::eleme::retail::MapPush(*push, verified.content));
  verified.reply = ReplyTo(*push, *verified.mapped);
  return verified;
}

net::Response Pushes::ReplyTo(const Push& push, const mapping::Mapped& mapped) const {
  const bool names_order = push.cmd() == kNewOrder && !mapped.orders.empty();
  const std::string body =
      OutcomeJson(0, "success",
                  names_order ? PlatformRecordId(mapped.orders.front().platform,
                                                 mapped.orders.front().platform_order_id)
                              : std::string());
  const std::string cmd = fmt::format("resp.{}", push.cmd());
  const Md5Digest sign = Sign({{"body", body},
                               {"cmd", cmd},
                               {"encrypt", ""},
                               {"source", push.source()},
                               {"ticket", push.ticket()},
                               {"timestamp", push.timestamp()},
                               {"version", push.version()}},
                              credentials_.app_secret);
  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Key("body").Raw(body);
  json.Member("cmd", cmd).Member("encrypt", "").Member("sign", ToUpperHex(sign));
  json.Member("source", push.source()).Member("ticket", push.ticket());
  json.Key("timestamp").Number(push.timestamp()).Member("version", push.version()).EndObject();
  return response;
}

net::Response Pushes::Accepted() const {
  net::Response response;
  response.body = OnlyBody(OutcomeJson(0, "success"));
  return response;
}

net::Response Pushes::Refused(const Error& error) const {
  net::Response response = MakeRefusal(error);
  response.body = OnlyBody(OutcomeJson(-1, error.message));
  return response;
}

std::string Pushes::Explain(const net::Request& request, bool personal) const {
  std::string text = fmt::format("{} {}\n", request.method, request.path());
  const auto push = Push::Decode(request.body);
  if (!push) {
    return text + "  " + push.error().message + "\n";
  }
  if (push->empty()) {
    return text + "  no field at all: a probe, answered ok\n";
  }
  auto shown = SignedFields(*push, credentials_.token_use);
  // Only the body may say something of a person.
  const std::string hidden = fmt::format("<{} bytes>", push->body().size());
  for (SignedField& field : shown) {
    if (field.name == "body" && !personal) field.value = hidden;
    if (field.name == "access_token") field.value = "<token>";
    text += fmt::format("  {} = {}\n", field.name, field.value);
  }
  text += fmt::format("signed text: {}\n", SignedText(shown, "<app_secret>"));
  const auto fields = SignedFields(*push, credentials_.token_use);
  text += fmt::format("md5 computed: {}\nmd5 received: {}\n",
                      ToUpperHex(Sign(fields, credentials_.app_secret)), push->sign());
  const auto checked = Check(*push);
  return text +
         fmt::format("verdict: {}\n", checked ? "the signature holds" : checked.error().message);
}

}  // namespace weir::connectors::eleme::retail
