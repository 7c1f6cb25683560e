// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/signer.hpp"

#include <initializer_list>

#include "base/text.hpp"

namespace weir::connectors::doudian {
namespace {

std::string Joined(std::initializer_list<std::string_view> pieces) {
  std::string text;
  for (const std::string_view piece : pieces) text += piece;
  return text;
}

}  // namespace

std::string CallText::OfCall() const {
  return Joined({"app_key", app_key, "method", method, "param_json", param_json, "timestamp",
                 timestamp, "v", "2"});
}

std::string CallText::OfSpi() const {
  return Joined({"app_key", app_key, "param_json", param_json, "timestamp", timestamp});
}

std::string Sign(std::string_view text, const Secret& secret, SignMethod method) {
  const std::string_view key = secret.Reveal();
  const std::string whole = Joined({key, text, key});
  return method == SignMethod::kMd5 ? ToHex(Md5(whole)) : ToHex(HmacSha256(key, whole));
}

Md5Digest EventSign(std::string_view app_key, std::string_view body, const Secret& secret) {
  thread_local Md5Stream md5;
  md5.Update(app_key);
  md5.Update(body);
  md5.Update(secret.Reveal());
  return md5.Finish();
}

}  // namespace weir::connectors::doudian
