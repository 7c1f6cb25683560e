// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/signature.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <new>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::simulators::douyin {
namespace {

constexpr std::size_t kKeySize = 32;
constexpr std::size_t kBlock = 16;

/// One pass of the cipher; nullopt when the padding is wrong.
std::optional<std::string> Cipher(std::string_view text, std::string_view secret, bool encrypt) {
  const std::string key = CipherKey(secret);
  const std::string iv = key.substr(kKeySize - kBlock);
  const auto bytes = [](std::string_view view) {
    return reinterpret_cast<const unsigned char*>(view.data());
  };
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
      EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  if (!context || EVP_CipherInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, bytes(key),
                                    bytes(iv), encrypt ? 1 : 0) != 1) {
    throw std::bad_alloc();
  }
  std::string out(text.size() + kBlock, '\0');
  auto* target = reinterpret_cast<unsigned char*>(out.data());
  int written = 0;
  int last = 0;
  if (EVP_CipherUpdate(context.get(), target, &written, bytes(text),
                       static_cast<int>(text.size())) != 1 ||
      EVP_CipherFinal_ex(context.get(), target + written, &last) != 1) {
    return std::nullopt;
  }
  out.resize(static_cast<std::size_t>(written + last));
  return out;
}

}  // namespace

std::string SignWebhook(std::string_view body, std::string_view secret) {
  return ToHex(Sha1(std::string(secret).append(body)));
}

SpiSignatures SignSpi(Fields query, std::string_view body, std::string_view secret) {
  std::erase_if(query, [](const auto& field) { return field.first == "sign"; });
  std::ranges::sort(query);
  std::string text(secret);
  for (const auto& [name, value] : query) {
    text.append(1, '&').append(name).append(1, '=').append(value);
  }
  if (!body.empty()) {
    text.append("&http_body=").append(body);
  }
  return {.fresh = ToHex(Sha256(text)), .old = ToHex(Md5(text))};
}

std::string CipherKey(std::string_view secret) {
  if (secret.size() >= kKeySize) {
    return std::string(secret.substr((secret.size() - kKeySize) / 2, kKeySize));
  }
  const std::size_t missing = kKeySize - secret.size();
  const std::size_t right = missing / 2;
  return std::string(missing - right, '#') + std::string(secret) + std::string(right, '#');
}

std::string Encrypt(std::string_view plain, std::string_view secret) {
  return ToBase64(Cipher(plain, secret, true).value());
}

std::optional<std::string> Decrypt(std::string_view cipher, std::string_view secret) {
  const auto bytes = FromBase64(cipher);
  if (!bytes || bytes->empty() || bytes->size() % kBlock != 0) {
    return std::nullopt;
  }
  return Cipher(*bytes, secret, false);
}

}  // namespace weir::simulators::douyin
