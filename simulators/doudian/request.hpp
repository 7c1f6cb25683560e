// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "simulators/form.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::doudian {

/// A call's parts, in whichever of the three styles it came (protocol notes B1): param_json as the
/// body behind a query, all in a form, or all in the query.
struct Request {
  std::string path_method;  ///< As the path names it: "order.searchList".
  Fields fields;            ///< The public parameters.
  std::string param_json;   ///< As it was sent.

  /// A public parameter, empty without one.
  [[nodiscard]] std::string_view Of(std::string_view name) const;
};

/// nullopt when the query or the form is broken.
[[nodiscard]] std::optional<Request> ReadRequest(const HttpCall& call);

/// The value of a header, nullptr without it.
[[nodiscard]] const std::string* HeaderOf(const HttpCall& call, std::string_view name);

}  // namespace weir::simulators::doudian
