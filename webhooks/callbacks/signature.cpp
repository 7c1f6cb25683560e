// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/signature.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::webhooks {
namespace {

constexpr std::string_view kPrefix = "whsec_";
// Standard Webhooks 1.0.0, "Signature scheme".
constexpr std::size_t kShortest = 24;
constexpr std::size_t kLongest = 64;

}  // namespace

Result<SigningKey> SigningKey::Parse(std::string_view text, std::optional<Instant> until) {
  if (text.starts_with(kPrefix)) {
    auto bytes = FromBase64(text.substr(kPrefix.size()));
    if (bytes && bytes->size() >= kShortest && bytes->size() <= kLongest) {
      return SigningKey(std::move(*bytes), until);
    }
  }
  return Fail(ErrorKind::kMalformed, "expected \"whsec_\" and the base64 of 24 to 64 bytes");
}

std::string Sign(std::span<const SigningKey> keys, std::string_view id, Instant at,
                 std::string_view body) {
  std::string content;
  content.reserve(id.size() + body.size() + 24);
  content.append(id).append(".").append(std::to_string(UnixSeconds(at))).append(".").append(body);
  std::string signature;
  for (const SigningKey& key : keys) {
    if (!key.SignsAt(at)) continue;
    const Sha256Digest digest = HmacSha256(key.bytes(), content);
    if (!signature.empty()) signature.push_back(' ');
    signature.append("v1,").append(
        ToBase64({reinterpret_cast<const char*>(digest.data()), digest.size()}));
  }
  return signature;
}

}  // namespace weir::webhooks
