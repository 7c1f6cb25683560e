// SPDX-License-Identifier: Apache-2.0
#include "simulators/push_desk.hpp"

#include <nlohmann/json.hpp>

namespace weir::simulators {

bool SaysOk(const PushAnswer& answer, std::string_view member) {
  if (answer.status != 200) {
    return false;
  }
  const auto json = nlohmann::json::parse(answer.body, nullptr, false);
  if (!json.is_object()) {
    return false;
  }
  const auto said = json.find(member);
  return said != json.end() && *said == "ok";
}

}  // namespace weir::simulators
