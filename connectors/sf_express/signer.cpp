// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/signer.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::connectors::sf_express {
namespace {

bool StaysPlain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
         c == '-' || c == '*' || c == '_';
}

std::string Base64OfMd5(std::string_view text) {
  const Md5Digest digest = Md5(text);
  return ToBase64(std::string(digest.begin(), digest.end()));
}

std::string Joined(const SignedText& text, const Secret& check_word) {
  std::string joined(text.message);
  joined.append(text.timestamp).append(check_word.Reveal());
  return joined;
}

}  // namespace

std::string JavaUrlEncode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size() * 2);
  for (const char c : text) {
    if (StaysPlain(c)) {
      encoded += c;
    } else if (c == ' ') {
      encoded += '+';
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kDigits[byte >> 4U];
      encoded += kDigits[byte & 0xFU];
    }
  }
  return encoded;
}

std::string Sign(const SignedText& text, const Secret& check_word) {
  return Base64OfMd5(JavaUrlEncode(Joined(text, check_word)));
}

std::string SignSimply(const SignedText& text, const Secret& check_word) {
  return Base64OfMd5(Joined(text, check_word));
}

}  // namespace weir::connectors::sf_express
