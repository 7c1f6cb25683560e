// SPDX-License-Identifier: Apache-2.0
#include "mapping/content.hpp"

#include <fmt/format.h>

#include "model/words.hpp"

namespace weir::mapping {

ContentDigest ContentOf(const std::vector<Member>& members) {
  ContentHasher hasher;
  std::string nested;
  for (const Member& member : members) {
    hasher.Update(member.name);
    if (member.value.is_array() || member.value.is_object()) {
      nested.clear();
      JsonWriter json(nested);
      member.value.Write(json);
      hasher.Update(nested);
    } else {
      hasher.Update(member.value.text());
    }
  }
  return hasher.Finish();
}

ContentDigest DigestOf(const model::DeliveryFact& fact) {
  ContentHasher hasher;
  hasher.Update(Name(fact.status));
  hasher.Update(fact.at ? fmt::format("{}", UnixSeconds(*fact.at)) : std::string());
  hasher.Update(fact.rider_name);
  hasher.Update(fact.rider_phone);
  return hasher.Finish();
}

}  // namespace weir::mapping
