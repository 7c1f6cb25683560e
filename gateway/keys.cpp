// SPDX-License-Identifier: Apache-2.0
#include "gateway/keys.hpp"

#include <utility>

#include "base/text.hpp"

namespace weir::gateway {
namespace {

std::string_view Bytes(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

std::optional<Scope> ParseScope(std::string_view word) {
  for (const Scope scope : {Scope::kRead, Scope::kReadPersonal, Scope::kWrite, Scope::kAdmin}) {
    if (Name(scope) == word) return scope;
  }
  return std::nullopt;
}

std::string_view Name(Scope scope) {
  switch (scope) {
    case Scope::kRead:
      return "read";
    case Scope::kReadPersonal:
      return "read_personal";
    case Scope::kWrite:
      return "write";
    case Scope::kAdmin:
      return "admin";
  }
  return "";
}

void KeyRing::Add(Principal principal, const Secret& secret) {
  keys_.push_back({Sha256(secret.Reveal()), std::move(principal)});
}

const Principal* KeyRing::Find(std::string_view authorization) const {
  constexpr std::string_view kBearer = "bearer ";
  if (!EqualIgnoreCase(authorization.substr(0, kBearer.size()), kBearer)) return nullptr;
  const auto begin = authorization.find_first_not_of(' ', kBearer.size());
  if (begin == std::string_view::npos) return nullptr;
  const Sha256Digest given = Sha256(authorization.substr(begin));
  const Principal* found = nullptr;
  for (const Key& key : keys_) {
    if (ConstantTimeEqual(Bytes(key.digest), Bytes(given))) found = &key.principal;
  }
  return found;
}

}  // namespace weir::gateway
