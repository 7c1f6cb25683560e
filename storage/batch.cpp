// SPDX-License-Identifier: Apache-2.0
#include "storage/batch.hpp"

#include "base/text.hpp"

namespace weir::storage {

std::string ChangeRow::Id() const {
  return "chg-" + ToBase32(cause.offset) + "-" + std::to_string(ordinal);
}

}  // namespace weir::storage
