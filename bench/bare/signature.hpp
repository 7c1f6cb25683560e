// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/evp.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weir::bench {

/// The least a receiver of Meituan's pushes does: decode the form twice, sort, hash, compare.
/// Frozen like the rest of the bare ceiling. One object a thread.
class SignatureCheck {
 public:
  SignatureCheck(std::string url, std::string secret);
  ~SignatureCheck();
  SignatureCheck(const SignatureCheck&) = delete;
  SignatureCheck& operator=(const SignatureCheck&) = delete;

  [[nodiscard]] bool Holds(std::string_view form);

 private:
  std::string url_;
  std::string secret_;
  EVP_MD* md5_;
  EVP_MD_CTX* context_;
  std::string arena_;
  std::vector<std::pair<std::string_view, std::string_view>> fields_;
};

}  // namespace weir::bench
