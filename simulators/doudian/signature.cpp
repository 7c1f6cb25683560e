// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/signature.hpp"

#include <nlohmann/json.hpp>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::simulators::doudian {

std::string SignCall(const SignedCall& call, std::string_view secret) {
  std::string text(secret);
  text.append("app_key").append(call.app_key).append("method").append(call.method);
  text.append("param_json").append(call.param_json).append("timestamp").append(call.timestamp);
  text.append("v2").append(secret);
  if (call.sign_method == "hmac-sha256") {
    return ToHex(HmacSha256(secret, text));
  }
  return call.sign_method.empty() || call.sign_method == "md5" ? ToHex(Md5(text)) : std::string();
}

std::optional<std::string> Canonical(std::string_view object) {
  if (object.empty()) {
    return "{}";
  }
  const auto json = nlohmann::json::parse(object, nullptr, false);
  return json.is_object() ? std::optional(json.dump()) : std::nullopt;
}

std::string SignPush(std::string_view app_key, std::string_view body, std::string_view secret) {
  std::string text(app_key);
  text.append(body).append(secret);
  return ToHex(Md5(text));
}

}  // namespace weir::simulators::doudian
