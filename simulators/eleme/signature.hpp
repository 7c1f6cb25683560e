// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "simulators/form.hpp"

namespace weir::simulators::eleme {

/// The signature of a call (protocol notes 1.3): MD5, upper-case hex, over action, token, each
/// member of `metas` and `params` as `name=` and its JSON, sorted by name, and the secret.
/// `members` holds the JSON exactly as it was sent.
[[nodiscard]] std::string SignCall(std::string_view action, std::string_view token, Fields members,
                                   std::string_view secret);

/// The signature of a push (protocol notes 1.7): the same over `name=value` pairs without quotes.
[[nodiscard]] std::string SignPush(Fields fields, std::string_view secret);

/// The members of a JSON object, each value as it is written, without the blanks around it; nullopt
/// when `object` is none. Names are unescaped.
[[nodiscard]] std::optional<Fields> RawMembers(std::string_view object);

}  // namespace weir::simulators::eleme
