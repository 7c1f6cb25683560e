// SPDX-License-Identifier: Apache-2.0
#define XXH_STATIC_LINKING_ONLY  // the size of XXH3_state_t
#include "base/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <xxhash.h>

#include <stdexcept>

namespace weir {
namespace {

void Require(bool success) {
  if (!success) {
    throw std::runtime_error("OpenSSL refuses a digest that Weir cannot do without");
  }
}

struct Deleter {
  void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_MAC* algorithm) const { EVP_MAC_free(algorithm); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using Algorithm = std::unique_ptr<EVP_MD, Deleter>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Deleter>;

Algorithm Fetch(const char* name) {
  Algorithm algorithm(EVP_MD_fetch(nullptr, name, nullptr));
  Require(algorithm != nullptr);
  return algorithm;
}

const EVP_MD* Md5Algorithm() {
  static const Algorithm algorithm = Fetch("MD5");
  return algorithm.get();
}

const EVP_MD* Sha1Algorithm() {
  static const Algorithm algorithm = Fetch("SHA1");
  return algorithm.get();
}

const EVP_MD* Sha256Algorithm() {
  static const Algorithm algorithm = Fetch("SHA256");
  return algorithm.get();
}

DigestContext MakeDigestContext() {
  DigestContext context(EVP_MD_CTX_new());
  Require(context != nullptr);
  return context;
}

void Begin(EVP_MD_CTX* context, const EVP_MD* algorithm) {
  Require(EVP_DigestInit_ex2(context, algorithm, nullptr) == 1);
}

void Add(EVP_MD_CTX* context, std::string_view text) {
  Require(EVP_DigestUpdate(context, text.data(), text.size()) == 1);
}

template <typename Digest>
Digest End(EVP_MD_CTX* context) {
  Digest digest;
  unsigned size = 0;
  Require(EVP_DigestFinal_ex(context, digest.data(), &size) == 1 && size == digest.size());
  return digest;
}

/// `context` belongs to one algorithm, so that beginning again reuses all of it.
template <typename Digest>
Digest DigestOf(EVP_MD_CTX* context, const EVP_MD* algorithm, std::string_view text) {
  Begin(context, algorithm);
  Add(context, text);
  return End<Digest>(context);
}

/// A context of HMAC-SHA256 without a key.
MacContext MakeHmacContext() {
  const std::unique_ptr<EVP_MAC, Deleter> algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  Require(algorithm != nullptr);
  MacContext context(EVP_MAC_CTX_new(algorithm.get()));
  Require(context != nullptr);
  char digest_name[] = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name, 0),
      OSSL_PARAM_construct_end()};
  Require(EVP_MAC_CTX_set_params(context.get(), parameters) == 1);
  return context;
}

const unsigned char* Bytes(std::string_view text) {
  // A null key would mean "the key of the call before".
  return reinterpret_cast<const unsigned char*>(text.empty() ? "" : text.data());
}

}  // namespace

Md5Digest Md5(std::string_view text) {
  thread_local const DigestContext context = MakeDigestContext();
  return DigestOf<Md5Digest>(context.get(), Md5Algorithm(), text);
}

Sha1Digest Sha1(std::string_view text) {
  thread_local const DigestContext context = MakeDigestContext();
  return DigestOf<Sha1Digest>(context.get(), Sha1Algorithm(), text);
}

Sha256Digest Sha256(std::string_view text) {
  thread_local const DigestContext context = MakeDigestContext();
  return DigestOf<Sha256Digest>(context.get(), Sha256Algorithm(), text);
}

Sha256Digest HmacSha256(std::string_view key, std::string_view text) {
  thread_local const MacContext context = MakeHmacContext();
  Sha256Digest digest;
  std::size_t size = 0;
  Require(EVP_MAC_init(context.get(), Bytes(key), key.size(), nullptr) == 1 &&
          EVP_MAC_update(context.get(), Bytes(text), text.size()) == 1 &&
          EVP_MAC_final(context.get(), digest.data(), &size, digest.size()) == 1 &&
          size == digest.size());
  return digest;
}

struct Md5Stream::Context {
  DigestContext evp = MakeDigestContext();
};

Md5Stream::Md5Stream() : context_(std::make_unique<Context>()) {
  Begin(context_->evp.get(), Md5Algorithm());
}

Md5Stream::~Md5Stream() = default;

Md5Stream::Md5Stream(const Md5Stream& other) : context_(std::make_unique<Context>()) {
  Require(EVP_MD_CTX_copy_ex(context_->evp.get(), other.context_->evp.get()) == 1);
}

void Md5Stream::Update(std::string_view piece) { Add(context_->evp.get(), piece); }

Md5Digest Md5Stream::Finish() {
  const auto digest = End<Md5Digest>(context_->evp.get());
  Begin(context_->evp.get(), Md5Algorithm());
  return digest;
}

bool ConstantTimeEqual(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

struct ContentHasher::State {
  XXH3_state_t xxh;
};

ContentHasher::ContentHasher() : state_(std::make_unique<State>()) {
  XXH3_INITSTATE(&state_->xxh);
  XXH3_128bits_reset(&state_->xxh);
}

ContentHasher::~ContentHasher() = default;

void ContentHasher::Update(std::string_view piece) {
  const std::uint64_t size = piece.size();
  XXH3_128bits_update(&state_->xxh, &size, sizeof size);
  XXH3_128bits_update(&state_->xxh, piece.data(), piece.size());
}

ContentDigest ContentHasher::Finish() {
  const XXH128_hash_t hash = XXH3_128bits_digest(&state_->xxh);
  XXH3_128bits_reset(&state_->xxh);
  return {.high = hash.high64, .low = hash.low64};
}

std::uint64_t Checksum(std::string_view text, std::uint64_t seed) noexcept {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

}  // namespace weir
