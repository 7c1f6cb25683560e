// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/signature.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::simulators::sf_express {
namespace {

/// java.net.URLEncoder, in UTF-8.
std::string JavaEncoded(std::string_view text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-*_";
  std::string encoded;
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += c == ' ' ? "+" : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

}  // namespace

std::string DigestOf(std::string_view text, DigestForm form) {
  const Md5Digest digest =
      Md5(form == DigestForm::kDocumented ? JavaEncoded(text) : std::string(text));
  return ToBase64({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace weir::simulators::sf_express
