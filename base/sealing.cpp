// SPDX-License-Identifier: Apache-2.0
#include "base/sealing.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "base/text.hpp"

namespace weir {
namespace {

struct Deleter {
  void operator()(EVP_CIPHER* algorithm) const { EVP_CIPHER_free(algorithm); }
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

void Require(bool success) {
  if (!success) {
    throw std::runtime_error("OpenSSL refuses a cipher that Weir cannot do without");
  }
}

const EVP_CIPHER* Algorithm() {
  static const std::unique_ptr<EVP_CIPHER, Deleter> algorithm(
      EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  Require(algorithm != nullptr);
  return algorithm.get();
}

const unsigned char* In(const char* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }
unsigned char* Out(char* bytes) { return reinterpret_cast<unsigned char*>(bytes); }

}  // namespace

void Wipe(std::span<char> bytes) noexcept { OPENSSL_cleanse(bytes.data(), bytes.size()); }

/// The contexts of one thread, each with the schedule of the key that used it last.
struct SealingContexts {
  static EVP_CIPHER_CTX* Of(const SealingKey& key) {
    constexpr std::size_t kSlots = 64;
    struct Slot {
      std::uint64_t key = 0;
      std::unique_ptr<EVP_CIPHER_CTX, Deleter> context;
    };
    thread_local std::array<Slot, kSlots> slots;
    Slot& slot = slots[key.id_ % kSlots];
    if (slot.key != key.id_) {
      if (!slot.context) slot.context.reset(EVP_CIPHER_CTX_new());
      Require(slot.context != nullptr);
      slot.key = 0;
      Require(EVP_EncryptInit_ex2(slot.context.get(), Algorithm(), In(key.bytes_.data()), nullptr,
                                  nullptr) == 1);
      slot.key = key.id_;
    }
    return slot.context.get();
  }
};

SealingKey::SealingKey(std::string_view bytes) noexcept {
  static std::atomic<std::uint64_t> last_id{0};
  id_ = ++last_id;
  std::ranges::copy(bytes.substr(0, kSealingKeyBytes), bytes_.begin());
}

SealingKey::~SealingKey() { Wipe(bytes_); }

Result<std::shared_ptr<const SealingKey>> SealingKey::Parse(std::string_view base64) {
  auto bytes = FromBase64(base64);
  if (!bytes || bytes->size() != kSealingKeyBytes) {
    if (bytes) Wipe(*bytes);
    return Fail(ErrorKind::kRejected,
                "an encryption key is 32 bytes in base64, as `openssl rand -base64 32` makes them");
  }
  auto key = std::make_shared<const SealingKey>(*bytes);
  Wipe(*bytes);
  return key;
}

void SealingKey::Seal(SealedWith associated, std::span<char> room) const {
  EVP_CIPHER_CTX* const context = SealingContexts::Of(*this);
  int count = 0;
  Require(EVP_EncryptInit_ex2(context, nullptr, nullptr, In(room.data()), nullptr) == 1);
  for (const std::string_view piece : associated) {
    Require(piece.empty() || EVP_EncryptUpdate(context, nullptr, &count, In(piece.data()),
                                               static_cast<int>(piece.size())) == 1);
  }
  char* const text = room.data() + kSealNonceBytes;
  const auto size = room.size() - kSealOverhead;
  Require(size == 0 ||
          EVP_EncryptUpdate(context, Out(text), &count, In(text), static_cast<int>(size)) == 1);
  Require(EVP_EncryptFinal_ex(context, Out(text + size), &count) == 1);
  Require(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kSealTagBytes, text + size) == 1);
}

bool SealingKey::Unseal(SealedWith associated, std::string_view sealed, std::string& text) const {
  text.clear();
  if (sealed.size() < kSealOverhead) return false;
  EVP_CIPHER_CTX* const context = SealingContexts::Of(*this);
  int count = 0;
  Require(EVP_DecryptInit_ex2(context, nullptr, nullptr, In(sealed.data()), nullptr) == 1);
  for (const std::string_view piece : associated) {
    Require(piece.empty() || EVP_DecryptUpdate(context, nullptr, &count, In(piece.data()),
                                               static_cast<int>(piece.size())) == 1);
  }
  const auto size = sealed.size() - kSealOverhead;
  text.resize(size);
  Require(size == 0 ||
          EVP_DecryptUpdate(context, Out(text.data()), &count, In(sealed.data() + kSealNonceBytes),
                            static_cast<int>(size)) == 1);
  std::array<char, kSealTagBytes> tag;
  std::ranges::copy(sealed.substr(sealed.size() - kSealTagBytes), tag.begin());
  Require(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kSealTagBytes, tag.data()) == 1);
  std::array<unsigned char, kSealTagBytes> rest;
  if (EVP_DecryptFinal_ex(context, rest.data(), &count) == 1) return true;
  Wipe(text);
  text.clear();
  return false;
}

void SealNonces::Put(std::span<char> room) {
  if (used_ == drawn_.size()) {
    random_.Fill(std::as_writable_bytes(std::span(drawn_)));
    used_ = 0;
  }
  std::copy_n(drawn_.begin() + static_cast<std::ptrdiff_t>(used_), kSealNonceBytes, room.begin());
  used_ += kSealNonceBytes;
}

}  // namespace weir
