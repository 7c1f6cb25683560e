// SPDX-License-Identifier: Apache-2.0
#include "bench/bare/signature.hpp"

#include <algorithm>

namespace weir::bench {
namespace {

int Hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Decodes `text` behind the arena's end and returns the decoded piece.
std::string_view Decode(std::string& arena, std::string_view text) {
  const std::size_t begin = arena.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      arena.push_back(' ');
    } else if (text[i] == '%' && i + 2 < text.size() && Hex(text[i + 1]) >= 0 &&
               Hex(text[i + 2]) >= 0) {
      arena.push_back(static_cast<char>(Hex(text[i + 1]) * 16 + Hex(text[i + 2])));
      i += 2;
    } else {
      arena.push_back(text[i]);
    }
  }
  return std::string_view(arena).substr(begin);
}

}  // namespace

SignatureCheck::SignatureCheck(std::string url, std::string secret)
    : url_(std::move(url)),
      secret_(std::move(secret)),
      md5_(EVP_MD_fetch(nullptr, "MD5", nullptr)),
      context_(EVP_MD_CTX_new()) {}

SignatureCheck::~SignatureCheck() {
  EVP_MD_CTX_free(context_);
  EVP_MD_free(md5_);
}

bool SignatureCheck::Holds(std::string_view form) {
  arena_.clear();
  arena_.reserve(form.size() * 3);  // Views into the arena stay valid: it never grows beyond this.
  fields_.clear();
  std::string_view sig;
  while (!form.empty()) {
    const auto amp = std::min(form.find('&'), form.size());
    const std::string_view pair = form.substr(0, amp);
    form.remove_prefix(std::min(amp + 1, form.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    const std::string_view once = Decode(arena_, pair.substr(std::min(equals + 1, pair.size())));
    const std::string_view value = Decode(arena_, once);
    if (pair.substr(0, equals) == "sig") {
      sig = value;
    } else {
      fields_.emplace_back(pair.substr(0, equals), value);
    }
  }
  std::sort(fields_.begin(), fields_.end());
  EVP_DigestInit_ex2(context_, md5_, nullptr);
  const auto update = [this](std::string_view text) {
    EVP_DigestUpdate(context_, text.data(), text.size());
  };
  update(url_);
  char separator = '?';
  for (const auto& [name, value] : fields_) {
    update({&separator, 1});
    update(name);
    update("=");
    update(value);
    separator = '&';
  }
  update(secret_);
  unsigned char digest[16];
  unsigned length = 0;
  EVP_DigestFinal_ex(context_, digest, &length);
  constexpr char kDigits[] = "0123456789abcdef";
  char hex[32];
  for (int i = 0; i < 16; ++i) {
    hex[2 * i] = kDigits[digest[i] >> 4];
    hex[2 * i + 1] = kDigits[digest[i] & 15];
  }
  return sig == std::string_view(hex, 32);
}

}  // namespace weir::bench
