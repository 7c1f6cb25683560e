// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "simulators/yuan.hpp"

/// Members of a JSON object as callers write them: numbers may come as text, ids as numbers.
namespace weir::simulators {

/// Text, or an integer as text; empty without either.
[[nodiscard]] std::string TextIn(const nlohmann::json& object, std::string_view name);

/// An integer, or text that is one.
[[nodiscard]] std::optional<std::int64_t> IntIn(const nlohmann::json& object,
                                                std::string_view name);

/// A number times `scale`, rounded: degrees by 1'000'000, yuan by 100. Text counts where it is one.
/// nullopt beyond 10^12.
[[nodiscard]] std::optional<std::int64_t> ScaledIn(const nlohmann::json& object,
                                                   std::string_view name, std::int64_t scale);

}  // namespace weir::simulators
