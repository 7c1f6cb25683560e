// SPDX-License-Identifier: Apache-2.0
#include "simulators/outage.hpp"

#include <array>
#include <string>

#include "simulators/chance.hpp"

namespace weir::simulators {
namespace {

constexpr std::array<unsigned, 3> kFailures = {500, 502, 504};

}  // namespace

HttpAnswer PlainAnswer(unsigned status, std::string_view text) {
  return {.status = status, .content_type = "text/plain", .body = std::string(text), .headers = {}};
}

HttpAnswer FailNowAndThen(Random& random, double share, const std::function<HttpAnswer()>& serve) {
  const bool fails = Chance(random, share);
  const bool with_effect = Chance(random, 0.5);
  const HttpAnswer failure = PlainAnswer(Pick(random, kFailures), "upstream failed");
  if (fails && !with_effect) {
    return failure;
  }
  HttpAnswer answer = serve();
  return fails ? failure : answer;
}

}  // namespace weir::simulators
