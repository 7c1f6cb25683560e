// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "app/config/config.hpp"

/// Configurations written by the program itself, for gateways it starts.
namespace weir::app {

/// A basic string of TOML, quotes included, that reads as `text`.
[[nodiscard]] std::string TomlText(std::string_view text);

/// The [[key]] block of a key; `secret` is written as it is: a reference, or the secret itself.
[[nodiscard]] std::string KeyText(const KeyConfig& key, std::string_view secret);

/// A file that ParseConfig reads as this configuration: server (listen and public_url), storage
/// folder, log, merchants, keys, stores and connections. Secrets are in it in clear.
[[nodiscard]] std::string ConfigText(const Config& config);

}  // namespace weir::app
