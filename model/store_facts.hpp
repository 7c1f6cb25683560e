// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/review_facts.hpp"

/// What platforms say of shops.
namespace weir::model {

/// What a platform's read tells of a shop beside its state.
struct StoreProfile {
  std::string platform_shop;
  LookKey key;
  std::string name;
  std::string address;
  std::string phone;
  std::string hours;     ///< As the platform writes it, e.g. "7:00-9:00,11:30-19:00".
  std::string latitude;  ///< Plain degrees as decimal text.
  std::string longitude;
  std::string extra;  ///< Members that no field above took, a JSON object; may be empty.
};

}  // namespace weir::model
