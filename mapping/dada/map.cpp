// SPDX-License-Identifier: Apache-2.0
#include "mapping/dada/map.hpp"

#include <utility>

#include "mapping/dada/answers.hpp"
#include "mapping/dada/callbacks.hpp"
#include "mapping/dada/facts.hpp"

namespace weir::mapping::dada {

Mapped MapPush(const Push& push) {
  switch (push.kind()) {
    case Push::Kind::kStatus:
      return MapStatus(push);
    case Push::Kind::kMessage:
      return MapMessage(push);
    case Push::Kind::kProbe:
      break;
  }
  return {};
}

Mapped Map(const Payload& payload) {
  if (payload.pulled) return MapAnswer(payload);
  if (payload.dialect != kCallbacks) return Malformed("The payload's dialect is unknown.");
  const auto push = Push::Decode(payload.bytes);
  return push ? MapPush(*push) : Malformed(push.error().message);
}

}  // namespace weir::mapping::dada
