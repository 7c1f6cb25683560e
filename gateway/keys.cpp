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

Key::Key(Principal whose, const Secret& secret)
    : digest(Sha256(secret.Reveal())), principal(std::move(whose)) {}

std::optional<Principal> KeyRing::Find(std::string_view authorization) const {
  constexpr std::string_view kBearer = "bearer ";
  if (!EqualIgnoreCase(authorization.substr(0, kBearer.size()), kBearer)) return std::nullopt;
  const auto begin = authorization.find_first_not_of(' ', kBearer.size());
  if (begin == std::string_view::npos) return std::nullopt;
  const Sha256Digest given = Sha256(authorization.substr(begin));
  const auto keys = keys_.Get();
  const Key* found = nullptr;
  for (const Key& key : *keys) {
    if (ConstantTimeEqual(Bytes(key.digest), Bytes(given))) found = &key;
  }
  if (found == nullptr) return std::nullopt;
  return found->principal;
}

}  // namespace weir::gateway
