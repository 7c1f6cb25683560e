// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/push.hpp"

#include <memory>
#include <utility>

#include "base/json_writer.hpp"
#include "connectors/answers.hpp"
#include "connectors/meituan/errors.hpp"
#include "connectors/meituan/signer.hpp"
#include "mapping/meituan/map.hpp"

namespace weir::connectors::meituan {
namespace {

using mapping::meituan::Dialect;
using mapping::meituan::Encoding;
using mapping::meituan::Form;

VerifiedPush Probe() {
  VerifiedPush push;
  push.probe = true;
  push.mapped = std::make_shared<mapping::Mapped>();
  return push;
}

VerifiedPush Accept(const Form& form, Dialect dialect, std::string_view bytes,
                    std::string_view topic) {
  VerifiedPush push;
  push.dialect = Name(dialect);
  push.payload = bytes;
  push.content = form.Content();
  if (const auto timestamp = ParseUnixSeconds(form.Find("timestamp"))) {
    push.sent_at = *timestamp;
  }
  push.mapped =
      std::make_shared<mapping::Mapped>(mapping::meituan::MapFields(form, topic, push.content));
  return push;
}

}  // namespace

Carried::Carried(const net::Request& request) {
  const std::string_view query = request.query();
  if (query.empty() || request.body.empty()) {
    bytes = query.empty() ? std::string_view(request.body) : query;
    return;
  }
  joined.reserve(query.size() + 1 + request.body.size());
  joined.append(query).append("\n").append(request.body);
  bytes = joined;
  query_and_body = true;
}

std::string Pushes::UrlOf(const net::Request& request) const {
  return credentials_.public_url + std::string(request.path());
}

Result<Form> Pushes::Check(std::string_view bytes, std::string_view url, Dialect dialect) const {
  auto form = Form::Decode(bytes, dialect);
  if (!form || form->empty()) {
    return form;
  }
  const std::string_view sig = form->Find("sig");
  if (sig.empty()) {
    return Fail(ErrorKind::kUnauthorized, "missing_signature");
  }
  if (form->Find("app_id") != credentials_.app_id) {
    return Fail(ErrorKind::kUnauthorized, "wrong_app_id");
  }
  if (!MatchesHex(Sign(url, form->fields(), credentials_.app_secret), sig)) {
    return Fail(ErrorKind::kUnauthorized, "bad_signature");
  }
  return form;
}

Result<VerifiedPush> Pushes::Verify(const net::Request& request, std::string_view topic) const {
  const Carried carried(request);
  const std::string url = UrlOf(request);
  Dialect dialect{.encoding = Encoding::kDouble, .query_and_body = carried.query_and_body};
  auto form = Check(carried.bytes, url, dialect);
  if (!form && form.error().kind == ErrorKind::kUnauthorized) {
    dialect.encoding = Encoding::kSingle;
    form = Check(carried.bytes, url, dialect);
  }
  if (!form) {
    return std::unexpected(std::move(form.error()));
  }
  return form->empty() ? Probe() : Accept(*form, dialect, carried.bytes, topic);
}

net::Response Pushes::Accepted() const {
  net::Response response;
  response.body = R"({"data":"ok"})";
  return response;
}

net::Response Pushes::Refused(const Error& error) const {
  net::Response response = MakeRefusal(error);
  const std::int64_t code = error.kind == ErrorKind::kUnauthorized ? kBadSignature
                            : error.kind == ErrorKind::kMalformed  ? kBadFormat
                                                                   : kSystemError;
  JsonWriter json(response.body);
  json.BeginObject().Member("data", "ng").Key("error").BeginObject();
  json.Member("code", code).Member("msg", error.message).EndObject().EndObject();
  return response;
}

}  // namespace weir::connectors::meituan
