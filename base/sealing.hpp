// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/random.hpp"

/// Sealing of what is stored: AES-256-GCM, by OpenSSL. What is sealed reads
///
///   nonce (12) | encrypted text, as long as the text | tag (16)
///
/// and opens only with the same key and the same associated data.
namespace weir {

inline constexpr std::size_t kSealingKeyBytes = 32;
inline constexpr std::size_t kSealNonceBytes = 12;
inline constexpr std::size_t kSealTagBytes = 16;
/// What sealing adds to a text.
inline constexpr std::size_t kSealOverhead = kSealNonceBytes + kSealTagBytes;

/// Overwrites what must not stay in memory, even where nobody reads it any more.
void Wipe(std::span<char> bytes) noexcept;

/// Associated data, in pieces that count as one text.
using SealedWith = std::initializer_list<std::string_view>;

/// A key; its bytes are wiped with it. Callable from any thread: each keeps the key's schedule for
/// the next call, so that a call costs what its bytes cost and allocates nothing.
class SealingKey {
 public:
  /// `bytes` are kSealingKeyBytes long.
  explicit SealingKey(std::string_view bytes) noexcept;
  ~SealingKey();
  SealingKey(const SealingKey&) = delete;
  SealingKey& operator=(const SealingKey&) = delete;

  /// The key that 32 bytes in base64 are; kRejected, without naming them, when they are none.
  [[nodiscard]] static Result<std::shared_ptr<const SealingKey>> Parse(std::string_view base64);

  /// Seals in place: `room` holds a nonce that this key never saw, the text, and room for the tag.
  void Seal(SealedWith associated, std::span<char> room) const;
  /// Replaces `text` by what was sealed; false, and an empty text, when key, associated data or any
  /// byte differs.
  [[nodiscard]] bool Unseal(SealedWith associated, std::string_view sealed,
                            std::string& text) const;

 private:
  friend struct SealingContexts;
  std::array<char, kSealingKeyBytes> bytes_{};
  std::uint64_t id_;  ///< Unlike any other key's of this process.
};

/// Nonces, drawn from chance by the handful. One thread at a time.
class SealNonces {
 public:
  explicit SealNonces(Random& random) : random_(random) {}
  /// Fills the first kSealNonceBytes of `room`.
  void Put(std::span<char> room);

 private:
  static constexpr std::size_t kAtOnce = 64;
  Random& random_;
  std::array<char, kAtOnce * kSealNonceBytes> drawn_{};
  std::size_t used_ = sizeof drawn_;
};

}  // namespace weir
