// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/contacts.hpp"

#include <openssl/evp.h>

#include <memory>

#include "base/text.hpp"

namespace weir::connectors::douyin {
namespace {

constexpr std::size_t kKeySize = 32;
constexpr std::size_t kBlock = 16;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string ContactKey(const Secret& secret) {
  const std::string_view text = secret.Reveal();
  if (text.size() >= kKeySize) {
    return std::string(text.substr((text.size() - kKeySize) / 2, kKeySize));
  }
  const std::size_t missing = kKeySize - text.size();
  const std::size_t behind = missing / 2;
  return std::string(missing - behind, '#').append(text).append(behind, '#');
}

std::optional<std::string> Decrypt(std::string_view cipher, const Secret& secret) {
  const auto bytes = FromBase64(cipher);
  if (!bytes || bytes->empty() || bytes->size() % kBlock != 0) {
    return std::nullopt;
  }
  const std::string key = ContactKey(secret);
  const std::string_view iv = std::string_view(key).substr(kKeySize - kBlock);
  const std::unique_ptr<EVP_CIPHER_CTX, FreeContext> context(EVP_CIPHER_CTX_new());
  std::string plain(bytes->size() + kBlock, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(plain.data());
  int size = 0;
  int rest = 0;
  const bool done =
      context != nullptr &&
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, Bytes(key), Bytes(iv)) == 1 &&
      EVP_DecryptUpdate(context.get(), out, &size, Bytes(*bytes),
                        static_cast<int>(bytes->size())) == 1 &&
      EVP_DecryptFinal_ex(context.get(), out + size, &rest) == 1;
  if (!done) {
    return std::nullopt;
  }
  plain.resize(static_cast<std::size_t>(size) + static_cast<std::size_t>(rest));
  // One in 256 wrong keys passes for right: its text seldom is any.
  return IsValidUtf8(plain) ? std::optional(std::move(plain)) : std::nullopt;
}

}  // namespace weir::connectors::douyin
