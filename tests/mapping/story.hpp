// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "model/order_state.hpp"

/// One order's payloads, and what becomes of them whichever way they come.
namespace weir::mapping::testing {

using Story = std::vector<model::OrderFacts>;

/// The merged story; `store_between`: written and read again after each payload.
inline model::OrderState Merged(const Story& story, bool store_between = false) {
  model::OrderState state;
  for (const model::OrderFacts& facts : story) {
    state.Merge(facts);
    if (store_between) {
      std::string bytes;
      state.Encode(bytes);
      auto again = model::OrderState::Decode(bytes);
      RC_ASSERT(again.has_value());
      state = std::move(*again);
    }
  }
  return state;
}

/// The record's members, without braces.
inline std::string Body(const model::OrderState& state) {
  std::string body;
  state.AppendBody(body, {.platform_order_id = "1"}, {});
  return body;
}

inline nlohmann::json Record(const Story& story) {
  return nlohmann::json::parse("{" + Body(Merged(story)) + "}");
}

/// The property: in any order, any of them more than once, the same record, and it is JSON.
inline void CheckArrival(const Story& story) {
  Story shuffled = story;
  const auto copies = *rc::gen::inRange<std::size_t>(0, story.size() + 1);
  shuffled.insert(shuffled.end(), story.begin(),
                  story.begin() + static_cast<std::ptrdiff_t>(copies));
  std::ranges::shuffle(shuffled, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
  const model::OrderState one = Merged(story);
  const model::OrderState other = Merged(shuffled, true);
  RC_ASSERT(Body(one) == Body(other));
  RC_ASSERT(one == other);
  RC_ASSERT(one.Summarise() == other.Summarise());
  RC_ASSERT(one.wants_reread() == other.wants_reread());
  RC_ASSERT(nlohmann::json::accept("{" + Body(one) + "}"));
}

}  // namespace weir::mapping::testing
