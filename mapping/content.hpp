// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/digest.hpp"
#include "mapping/members.hpp"
#include "model/order_facts.hpp"

/// Digests of what is said, and what is left of it for `extra`.
namespace weir::mapping {

/// The members of an object by name, so that their order says nothing.
[[nodiscard]] inline std::vector<Member> SortedMembersOf(const Value& object) {
  std::vector<Member> members = MembersOf(object.object());
  std::ranges::sort(members, {}, &Member::name);
  return members;
}

/// Of an object whatever the order of its members. `members` are sorted by name.
[[nodiscard]] ContentDigest ContentOf(const std::vector<Member>& members);

/// Of what is told, not of the message: a push and a read that tell the same event agree.
[[nodiscard]] ContentDigest DigestOf(const model::DeliveryFact& fact);

/// What nested structures say beyond the model, as JSON by member name.
using NestedRest = std::vector<std::pair<std::string_view, std::string>>;

/// About what the plain members of a whole order leave.
inline constexpr std::size_t kUsualRest = 384;

/// What nothing took of an event called `name`; nothing when all was taken.
template <const auto& kNames>
[[nodiscard]] std::optional<model::ExtraFact> MapExtra(const Members<kNames>& fields,
                                                       const NestedRest& nested_rest,
                                                       std::string_view name,
                                                       const model::SnapshotKey& key) {
  if (!fields.has_rest() && nested_rest.empty()) {
    return std::nullopt;
  }
  model::ExtraFact extra{.event = std::string(name), .key = key, .members = {}};
  // Grown step by step it would be copied several times.
  std::size_t size = kUsualRest;
  for (const auto& [member, text] : nested_rest) {
    size += member.size() + text.size();
  }
  extra.members.reserve(size);
  JsonWriter json(extra.members);
  json.BeginObject();
  fields.WriteRest(json);
  for (const auto& [member, text] : nested_rest) {
    json.Key(member).Raw(text);
  }
  json.EndObject();
  return extra;
}

}  // namespace weir::mapping
