// SPDX-License-Identifier: Apache-2.0
#include "sync/trail.hpp"

#include "base/binary.hpp"

namespace weir::sync {

std::string EncodeTrail(const std::vector<TrailItem>& trail) {
  std::string out;
  BinaryWriter writer(out);
  TrailItem last;
  for (const TrailItem& item : trail) {
    writer.SignedVarint(static_cast<std::int64_t>(item.offset - last.offset));
    writer.SignedVarint(static_cast<std::int64_t>(item.seq - last.seq));
    last = item;
  }
  return out;
}

std::vector<TrailItem> DecodeTrail(std::string_view bytes) {
  std::vector<TrailItem> trail;
  BinaryReader reader(bytes);
  TrailItem last;
  while (reader.ok() && !reader.rest().empty()) {
    last.offset += static_cast<std::uint64_t>(reader.SignedVarint());
    last.seq += static_cast<std::uint64_t>(reader.SignedVarint());
    if (reader.ok()) trail.push_back(last);
  }
  return trail;
}

}  // namespace weir::sync
