// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/retail/signer.hpp"

namespace weir::connectors::eleme::retail {
namespace {

constexpr std::string_view kSecretName = "secret";
constexpr std::string_view kAccessToken = "access_token";

/// Calls `use` with each piece of what is signed.
template <typename Use>
void ForEachPiece(const std::vector<SignedField>& fields, std::string_view secret, Use use) {
  std::string_view separator;
  bool secret_done = false;
  const auto add = [&](std::string_view name, std::string_view value) {
    for (const std::string_view piece : {separator, name, std::string_view("="), value}) use(piece);
    separator = "&";
  };
  for (const SignedField& field : fields) {
    if (!secret_done && field.name > kSecretName) {
      add(kSecretName, secret);
      secret_done = true;
    }
    add(field.name, field.value);
  }
  if (!secret_done) add(kSecretName, secret);
}

}  // namespace

std::vector<SignedField> SignedFields(const mapping::eleme::retail::Push& push, TokenUse use) {
  std::vector<SignedField> fields;
  fields.reserve(push.fields().size());
  for (const auto& field : push.fields()) {
    const bool left_out = field.name == kAccessToken && use == TokenUse::kUnsigned;
    if (field.told && !left_out) fields.push_back({field.name, field.value});
  }
  return fields;
}

std::string SignedText(const std::vector<SignedField>& fields, std::string_view shown_secret) {
  std::string text;
  ForEachPiece(fields, shown_secret, [&text](std::string_view piece) { text += piece; });
  return text;
}

Md5Digest Sign(const std::vector<SignedField>& fields, const Secret& secret) {
  thread_local Md5Stream md5;
  ForEachPiece(fields, secret.Reveal(), [](std::string_view piece) { md5.Update(piece); });
  return md5.Finish();
}

}  // namespace weir::connectors::eleme::retail
