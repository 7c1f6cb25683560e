// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "mapping/json.hpp"

namespace weir::mapping::douyin {

/// The page of an order's answer that holds, as an object, what its encrypted texts say: written
/// by the connector, which alone has the secret, so that the map needs none (protocol A10).
inline constexpr std::string_view kContactsTopic = "contacts";

/// Whether this may be one of Douyin's ciphertexts: Base64 of whole blocks of AES.
[[nodiscard]] bool MayBeEncrypted(std::string_view text);

/// What encrypted texts say.
class Contacts {
 public:
  Contacts() = default;
  /// Of a page; anything that is no object of texts says nothing.
  explicit Contacts(const Value& page);

  /// The plain text: of a ciphertext that is known, or of what is none. Empty for a ciphertext
  /// that nobody decrypted.
  [[nodiscard]] std::string PlainOf(std::string_view text) const;

 private:
  std::map<std::string, std::string, std::less<>> plain_;
};

}  // namespace weir::mapping::douyin
