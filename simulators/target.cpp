// SPDX-License-Identifier: Apache-2.0
#include "simulators/target.hpp"

#include <algorithm>
#include <cstddef>

namespace weir::simulators {

Target TargetOf(const HttpCall& call) {
  Target target{.origin = call.origin, .path = call.target, .query = {}};
  const std::size_t question = target.path.find('?');
  if (question != target.path.npos) {
    target.query = target.path.substr(question + 1);
    target.path.resize(question);
  }
  const std::size_t scheme = target.path.find("://");
  if (scheme != target.path.npos) {
    const std::size_t slash = std::min(target.path.find('/', scheme + 3), target.path.size());
    target.origin = target.path.substr(0, slash);
    target.path.erase(0, slash);
  }
  return target;
}

}  // namespace weir::simulators
