// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/digest.hpp"
#include "base/secret.hpp"
#include "base/swapped.hpp"

namespace weir::gateway {

/// What a key may do. Scopes do not include one another.
enum class Scope : std::uint8_t { kRead = 1, kReadPersonal = 2, kWrite = 4, kAdmin = 8 };

[[nodiscard]] std::optional<Scope> ParseScope(std::string_view word);
[[nodiscard]] std::string_view Name(Scope scope);

/// Who calls.
struct Principal {
  std::string key_id;
  std::string merchant;  ///< "*": any, named by ?merchant=.
  std::uint8_t scopes = 0;

  [[nodiscard]] bool Has(Scope scope) const {
    return (scopes & static_cast<std::uint8_t>(scope)) != 0;
  }
};

/// A key of the configuration.
struct Key {
  /// Keeps only a digest of the secret.
  Key(Principal whose, const Secret& secret);

  Sha256Digest digest;
  Principal principal;
};

/// The keys of the configuration. Callable from any thread.
class KeyRing {
 public:
  /// These from now on, and no others.
  void Set(std::vector<Key> keys) { keys_.Set(std::move(keys)); }

  /// Whose `Authorization: Bearer ...` this is. Every key is compared in constant time.
  [[nodiscard]] std::optional<Principal> Find(std::string_view authorization) const;

 private:
  Swapped<std::vector<Key>> keys_;
};

}  // namespace weir::gateway
