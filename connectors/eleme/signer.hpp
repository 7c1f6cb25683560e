// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/secret.hpp"
#include "mapping/eleme/push.hpp"

/// Ele.me's signatures: MD5 of a text and the secret behind it, written in upper-case hex.
namespace weir::connectors::eleme {

/// A value of a call with its name. The JSON is that which is sent, byte for byte.
struct Param {
  std::string name;
  std::string json;
};

/// What a call signs without the secret (protocol §1.3): action, token, then `name=json` of metas
/// and params together, by name.
[[nodiscard]] std::string CallText(std::string_view action, std::string_view token,
                                   std::vector<Param> metas_and_params);

/// What a push signs without the secret (protocol §1.7): `name=value` of its seven fields, by name,
/// the values without quotes. Personal data is in it.
[[nodiscard]] std::string PushText(const mapping::eleme::Push::Fields& fields);

/// Of a text that one of the above made.
[[nodiscard]] Md5Digest Sign(std::string_view text, const Secret& secret);

}  // namespace weir::connectors::eleme
