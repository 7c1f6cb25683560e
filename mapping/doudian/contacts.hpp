// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "mapping/json.hpp"
#include "model/order_facts.hpp"

/// Personal data: the API answers ciphertexts, masked texts beside them, and decrypts on demand
/// (protocol B4).
namespace weir::mapping::doudian {

/// What order.batchDecrypt told of an order's ciphertexts. Points into its answer.
class Contacts {
 public:
  Contacts() = default;
  /// `data` of the answer; what could not be decrypted is left out.
  explicit Contacts(const Value& data);

  struct Decrypted {
    std::string_view cipher;
    std::string_view text;
    std::string_view host;       ///< Of a virtual number, where it stands by itself.
    std::string_view extension;  ///< The same.
    bool is_virtual = false;
  };
  /// Null when it is unknown.
  [[nodiscard]] const Decrypted* Find(std::string_view cipher) const;
  void AddTo(ContentHasher& hasher) const;

 private:
  std::vector<Decrypted> all_;
};

/// Whether a text is what Doudian encrypts to, and so nothing for people.
[[nodiscard]] bool IsCipher(std::string_view text);

/// "18400000000-1234" is a virtual number with its extension, "138****0000" a masked one.
void ReadPhone(std::string_view text, bool is_virtual, model::Customer& customer);

}  // namespace weir::mapping::doudian
