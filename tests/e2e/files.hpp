// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

/// What files hold.
namespace weir::e2e {

[[nodiscard]] std::string TextOf(const std::filesystem::path& path);

/// A text as senders write it: as it is, percent-encoded once and twice, in either case.
void AddForms(std::set<std::string>& needles, const std::string& text);

/// "view.db: 13800000000", for whatever is found in any file of the folder.
[[nodiscard]] std::vector<std::string> Grep(const std::string& folder,
                                            const std::set<std::string>& needles);

}  // namespace weir::e2e
