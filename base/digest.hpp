// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// Digests and message authentication, by OpenSSL. Algorithms are fetched once per process and
/// contexts are reused per thread: fetching by name costs three times the digest of a short text.
namespace weir {

using Md5Digest = std::array<std::uint8_t, 16>;
using Sha1Digest = std::array<std::uint8_t, 20>;
using Sha256Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Md5Digest Md5(std::string_view text);
[[nodiscard]] Sha1Digest Sha1(std::string_view text);
[[nodiscard]] Sha256Digest Sha256(std::string_view text);
[[nodiscard]] Sha256Digest HmacSha256(std::string_view key, std::string_view text);

/// MD5 of a text that comes in pieces, without joining them. A copy goes on from the same pieces.
/// One thread at a time.
class Md5Stream {
 public:
  Md5Stream();
  ~Md5Stream();
  Md5Stream(const Md5Stream& other);
  Md5Stream& operator=(const Md5Stream&) = delete;

  void Update(std::string_view piece);
  /// The digest of all pieces; the stream starts anew.
  [[nodiscard]] Md5Digest Finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// Compares without telling by its duration where the two differ.
[[nodiscard]] bool ConstantTimeEqual(std::string_view a, std::string_view b) noexcept;

/// A fast 128-bit digest for deduplication and ordering; proves nothing against an adversary.
struct ContentDigest {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const ContentDigest&, const ContentDigest&) = default;
};

/// Digest of content that comes in pieces. Each piece is framed by its length, so that
/// ("ab","c") and ("a","bc") differ.
class ContentHasher {
 public:
  ContentHasher();
  ~ContentHasher();
  ContentHasher(const ContentHasher&) = delete;
  ContentHasher& operator=(const ContentHasher&) = delete;
  void Update(std::string_view piece);
  /// The digest of all pieces; the hasher starts anew.
  [[nodiscard]] ContentDigest Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// XXH3-64 of `text`, seeded: checksums of files and shard choice.
[[nodiscard]] std::uint64_t Checksum(std::string_view text, std::uint64_t seed = 0) noexcept;

}  // namespace weir
