// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/disk.hpp"
#include "base/error.hpp"

/// Small files that are read and written as a whole.
namespace weir {

/// kNotFound when there is none; kMalformed when it is longer than `limit`.
[[nodiscard]] Result<std::string> ReadWhole(Disk& disk, const std::string& path,
                                            std::uint64_t limit);

/// Durable when it returns; after a crash at any moment the file is this one or the one before it,
/// and perhaps "<path>.unfinished" beside it, which is worth nothing.
[[nodiscard]] Result<void> ReplaceWhole(Disk& disk, const std::string& path,
                                        std::string_view bytes);

}  // namespace weir
