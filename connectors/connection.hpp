// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace weir::connectors {

/// One configured connection to a platform, as a connector is given it: a [[connection]] block with
/// its secrets resolved.
struct ConnectionOptions {
  std::string id;
  std::string merchant;
  std::string platform;
  std::string base_url;    ///< Empty: the platform's production address.
  std::string public_url;  ///< [server] public_url, without a slash at its end.
  std::map<std::string, Secret>
      credentials;  ///< "app_id", "app_secret" ... by their names in the file.
  /// What the platform leaves open and this connection decides, by name; absent: the default that
  /// the platform's page states.
  std::map<std::string, std::string> options{};
};

/// Whether `options` bring the credentials `names`, and of others at most `optional`, none of them
/// empty. kMalformed with a sentence that names the connection and what is missing, empty or not
/// known.
[[nodiscard]] Result<void> CheckCredentials(const ConnectionOptions& options,
                                            std::initializer_list<std::string_view> names,
                                            std::initializer_list<std::string_view> optional = {});

/// The option `name`, which is one of `words`; the first of them where it is not given. kMalformed
/// with a sentence that names the connection, the option and the words.
[[nodiscard]] Result<std::string_view> ChooseOption(const ConnectionOptions& options,
                                                    std::string_view name,
                                                    std::initializer_list<std::string_view> words);

/// The URL without a slash at its end.
[[nodiscard]] std::string WithoutSlash(std::string_view url);

}  // namespace weir::connectors
