// SPDX-License-Identifier: Apache-2.0
#include "simulators/merchant/verify.hpp"

#include <chrono>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::simulators::merchant {
namespace {

constexpr std::chrono::minutes kTolerance{5};
constexpr std::string_view kSecretPrefix = "whsec_";

std::string ExpectedSignature(const HttpCall& call, std::string_view secret) {
  if (secret.starts_with(kSecretPrefix)) secret.remove_prefix(kSecretPrefix.size());
  const auto key = FromBase64(secret).value_or("");
  std::string text(HeaderOf(call, "webhook-id"));
  text += '.';
  text += HeaderOf(call, "webhook-timestamp");
  text += '.';
  text += call.body;
  const auto digest = HmacSha256(key, text);
  return "v1," + ToBase64(std::string(digest.begin(), digest.end()));
}

bool HasWord(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto space = words.find(' ');
    if (words.substr(0, space) == word) return true;
    words.remove_prefix(space == std::string_view::npos ? words.size() : space + 1);
  }
  return false;
}

}  // namespace

std::string_view HeaderOf(const HttpCall& call, std::string_view name) {
  for (const auto& [given, value] : call.headers) {
    if (EqualIgnoreCase(given, name)) return value;
  }
  return {};
}

std::string WhyRefused(const HttpCall& call, std::string_view secret, Instant now) {
  for (const char* name : {"webhook-id", "webhook-timestamp", "webhook-signature"}) {
    if (HeaderOf(call, name).empty()) return std::string("no ") + name;
  }
  const auto sent_at = ParseUnixSeconds(HeaderOf(call, "webhook-timestamp"));
  if (!sent_at) return "the timestamp is no number";
  if (now - *sent_at > kTolerance || *sent_at - now > kTolerance) return "the timestamp is too far";
  if (!HasWord(HeaderOf(call, "webhook-signature"), ExpectedSignature(call, secret))) {
    return "no signature fits";
  }
  return "";
}

}  // namespace weir::simulators::merchant
