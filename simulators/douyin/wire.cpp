// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/wire.hpp"

#include "simulators/chance.hpp"

namespace weir::simulators::douyin {

Style DrawStyle(Random& random, const Quirks& quirks) {
  return {.ids_as_numbers = Chance(random, quirks.ids_as_numbers),
          .milliseconds = Chance(random, quirks.milliseconds),
          .times_as_text = Chance(random, quirks.times_as_text),
          .unknown_members = Chance(random, quirks.unknown_members)};
}

void WriteId(JsonWriter& json, std::string_view name, std::string_view id, const Style& style) {
  json.Key(name);
  style.ids_as_numbers && !id.empty() ? json.Number(id) : json.String(id);
}

void WriteTime(JsonWriter& json, std::string_view name, std::int64_t seconds, const Style& style) {
  constexpr std::int64_t kMillisecondsEach = 1000;
  json.Member(name, style.milliseconds ? seconds * kMillisecondsEach : seconds);
}

void WriteUnknown(JsonWriter& json, std::int64_t seconds, const Style& style) {
  if (style.unknown_members) {
    json.Key("cant_be_known").BeginObject().Member("since", seconds).EndObject();
    json.Member("future_flag", 77);
  }
}

std::string NextId(Random& random, std::uint64_t& last) {
  constexpr std::uint64_t kFirst = 1'000'000'000'000'000'000;
  last += 1 + random.Below(100'000);
  return std::to_string(kFirst + last);
}

}  // namespace weir::simulators::douyin
