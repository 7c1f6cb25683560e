// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/secret.hpp"
#include "connectors/eleme/credentials.hpp"
#include "mapping/eleme/retail/push.hpp"

/// The retail platform's one signature (protocol §2), of calls, pushes and answers alike: MD5 of
/// `name=value` by name with '&' between them, the secret among them under its own name. Values are
/// signed as they are, empty ones too.
namespace weir::connectors::eleme::retail {

struct SignedField {
  std::string_view name;
  std::string_view value;
};

/// A push's fields that are signed, by name: a token that came counts unless `use` is kUnsigned.
[[nodiscard]] std::vector<SignedField> SignedFields(const mapping::eleme::retail::Push& push,
                                                    TokenUse use);

/// What is signed, `shown_secret` in the place of the secret. `fields` are sorted by name.
[[nodiscard]] std::string SignedText(const std::vector<SignedField>& fields,
                                     std::string_view shown_secret);

/// Of `fields`, which are sorted by name.
[[nodiscard]] Md5Digest Sign(const std::vector<SignedField>& fields, const Secret& secret);

}  // namespace weir::connectors::eleme::retail
