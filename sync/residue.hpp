// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "mapping/mapped.hpp"

namespace weir::sync {

/// What an erased payload had said, as far as it may still be told: it is mapped by reading this.
[[nodiscard]] std::string EncodeResidue(const mapping::Mapped& mapped);
[[nodiscard]] Result<mapping::Mapped> DecodeResidue(std::string_view bytes);

}  // namespace weir::sync
