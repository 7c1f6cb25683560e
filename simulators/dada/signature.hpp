// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "simulators/form.hpp"

namespace weir::simulators::dada {

/// The signature of a call (protocol notes 2): of all `members` but `signature` itself, each as
/// its text, in any order.
[[nodiscard]] std::string SignCall(Fields members, std::string_view secret);

/// What a status callback's signature covers (protocol notes 7.2).
struct CallbackSigned {
  std::string client_id;
  std::string order_id;
  std::string update_time;
};

/// In lower case.
[[nodiscard]] std::string SignCallback(const CallbackSigned& values);

}  // namespace weir::simulators::dada
