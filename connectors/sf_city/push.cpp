// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/push.hpp"

#include <fmt/format.h>

#include <memory>

#include "connectors/answers.hpp"
#include "connectors/sf_city/signer.hpp"
#include "mapping/sf_city/callbacks.hpp"
#include "net/query.hpp"

namespace weir::connectors::sf_city {
namespace {

constexpr std::size_t kLongestTopic = 64;

std::string SignIn(const net::Request& request) {
  const auto query = net::ParseQuery(request.query(), net::Decoding::kTolerant);
  const std::string* const sign = query ? net::FindParameter(*query, "sign") : nullptr;
  return sign != nullptr ? *sign : std::string();
}

}  // namespace

Result<void> Pushes::Check(std::string_view body, std::string_view received) const {
  if (received.empty()) return Fail(ErrorKind::kUnauthorized, "missing_signature");
  if (!ConstantTimeEqual(Sign(body, credentials_.dev_id, credentials_.dev_key), received)) {
    return Fail(ErrorKind::kUnauthorized, "bad_signature");
  }
  return {};
}

Result<VerifiedPush> Pushes::Verify(const net::Request& request, std::string_view) const {
  const std::string received = SignIn(request);
  VerifiedPush verified;
  if (received.empty() && request.body.empty()) {
    verified.probe = true;
    verified.mapped = std::make_shared<mapping::Mapped>();
    return verified;
  }
  if (auto checked = Check(request.body, received); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  auto callback = mapping::sf_city::ReadCallback(request.body, credentials_.dialect);
  if (callback.kind.size() <= kLongestTopic) verified.topic = std::move(callback.kind);
  verified.dialect = credentials_.dialect;
  verified.payload = request.body;
  verified.content = callback.content;
  verified.sent_at = callback.sent_at;
  verified.mapped = std::make_shared<mapping::Mapped>(std::move(callback.mapped));
  return verified;
}

net::Response Pushes::Accepted() const {
  net::Response response;
  response.body = R"({"error_code":0,"error_msg":"success"})";
  return response;
}

net::Response Pushes::Refused(const Error& error) const { return MakeRefusal(error); }

std::string Pushes::Explain(const net::Request& request, bool personal) const {
  constexpr std::string_view kApi = "/open/api/external/";
  std::string text = fmt::format("{} {}\n", request.method, request.path());
  const std::string received = SignIn(request);
  if (received.empty() && request.body.empty()) {
    return text + "  nothing at all: a probe, answered ok\n";
  }
  const std::size_t api = request.path().find(kApi);
  if (api != std::string_view::npos) {
    text += fmt::format("a call of ours, {}\n", request.path().substr(api + kApi.size()));
  } else {
    const auto callback = mapping::sf_city::ReadCallback(request.body, credentials_.dialect);
    text += fmt::format("  url_index = {}\n", callback.kind);
    if (callback.mapped.unmappable)
      text += fmt::format("  {}\n", callback.mapped.unmappable->detail);
  }
  const std::string shown =
      personal ? request.body : fmt::format("<body, {} bytes>", request.body.size());
  text += fmt::format("signed text: {}&{}&<dev_key>\n", shown, credentials_.dev_id);
  text += fmt::format("sign computed: {}\nsign received: {}\n",
                      Sign(request.body, credentials_.dev_id, credentials_.dev_key), received);
  const auto checked = Check(request.body, received);
  return text +
         fmt::format("verdict: {}\n", checked ? "the signature holds" : checked.error().message);
}

}  // namespace weir::connectors::sf_city
