// SPDX-License-Identifier: Apache-2.0
#include "mapping/doudian/contacts.hpp"

#include <algorithm>

#include "mapping/members.hpp"

namespace weir::mapping::doudian {
namespace {

bool IsTrue(std::string_view text) { return text == "true" || text == "1"; }

}  // namespace

Contacts::Contacts(const Value& data) {
  const Value list = MemberAt(data, "decrypt_infos");
  if (!list.is_array()) return;
  for (const simdjson::dom::element element : list.array()) {
    const Value one(element);
    const std::string_view failure = MemberAt(one, "err_no").text();
    const Decrypted decrypted{.cipher = MemberAt(one, "cipher_text").text(),
                              .text = MemberAt(one, "decrypt_text").text(),
                              .host = MemberAt(one, "phone_no_a").text(),
                              .extension = MemberAt(one, "phone_no_b").text(),
                              .is_virtual = IsTrue(MemberAt(one, "is_virtual_tel").text())};
    const bool is_told = !decrypted.text.empty() || !decrypted.host.empty();
    if (is_told && !decrypted.cipher.empty() && (failure.empty() || failure == "0")) {
      all_.push_back(decrypted);
    }
  }
}

const Contacts::Decrypted* Contacts::Find(std::string_view cipher) const {
  if (cipher.empty()) return nullptr;
  const auto found = std::ranges::find(all_, cipher, &Decrypted::cipher);
  return found == all_.end() ? nullptr : &*found;
}

void Contacts::AddTo(ContentHasher& hasher) const {
  for (const Decrypted& decrypted : all_) {
    hasher.Update(decrypted.cipher);
    hasher.Update(decrypted.text);
    hasher.Update(decrypted.host);
    hasher.Update(decrypted.extension);
  }
}

bool IsCipher(std::string_view text) {
  // "#...", "$...", "~..." around base64: nobody is called so, and no street.
  constexpr std::size_t kShortest = 24;
  constexpr std::string_view kMarks = "#$~";
  return text.size() >= kShortest && kMarks.find(text.front()) != std::string_view::npos;
}

void ReadPhone(std::string_view text, bool is_virtual, model::Customer& customer) {
  // A landline has its dash earlier: "021-60000000".
  constexpr std::size_t kMobileDigits = 11;
  const std::size_t dash = text.find('-');
  const bool extended = dash == kMobileDigits || (dash != std::string_view::npos && is_virtual);
  customer.phone = text.substr(0, extended ? dash : text.size());
  if (extended) customer.phone_extension = text.substr(dash + 1);
  if (text.find('*') != std::string_view::npos) {
    customer.phone_kind = "masked";
  } else if (!text.empty()) {
    customer.phone_kind = is_virtual || extended ? "virtual" : "real";
  }
}

}  // namespace weir::mapping::doudian
