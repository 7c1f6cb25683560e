// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "simulators/form.hpp"
#include "simulators/meituan/book.hpp"
#include "simulators/meituan/life.hpp"
#include "simulators/meituan/options.hpp"

/// The interfaces of protocol notes 1.4, behind the signature.
namespace weir::simulators::meituan {

/// What an interface works with: one verified call.
struct Call {
  const Fields& parameters;
  Instant now;
  const Options& options;
  OrderBook& book;
  Life& life;
};

/// The JSON of `data`, or an error code.
using Outcome = std::expected<std::string, int>;

struct Interface {
  std::string_view path;  ///< Below /api/v1/.
  std::string_view method;
  Outcome (*run)(const Call& call);
};

/// nullptr when there is no such path.
[[nodiscard]] const Interface* FindInterface(std::string_view path);

}  // namespace weir::simulators::meituan
