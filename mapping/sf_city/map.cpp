// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_city/map.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "mapping/pages.hpp"
#include "mapping/sf_city/answers.hpp"
#include "mapping/sf_city/callbacks.hpp"

namespace weir::mapping::sf_city {
namespace {

Mapped Malformed(std::string detail) {
  Mapped mapped;
  mapped.unmappable = {"malformed_payload", std::move(detail)};
  return mapped;
}

/// Answers beneath our number, which they do not name.
Mapped MapPages(const Payload& payload) {
  const auto pages = SplitPages(payload.bytes);
  if (!pages) return Malformed(pages.error().message);
  Mapped all;
  for (const AnswerPage& page : *pages) {
    Mapped mapped = MapAnswer(page.bytes, payload.topic,
                              {.number = page.topic,
                               .asked_at = payload.received_at,
                               .coordinates = CoordinatesOf(kDialect)});
    std::ranges::move(mapped.shipments, std::back_inserter(all.shipments));
    if (mapped.unmappable) {
      all.unmappable = std::move(mapped.unmappable);
      all.unmappable->in_part = pages->size() > 1;
    }
  }
  return all;
}

}  // namespace

Mapped Map(const Payload& payload) {
  if (payload.pulled && payload.dialect == kPagesDialect) return MapPages(payload);
  if (payload.dialect != kDialect && payload.dialect != kBaiduDialect) {
    return Malformed("The payload's dialect is unknown.");
  }
  if (!payload.pulled) return ReadCallback(payload.bytes, payload.dialect).mapped;
  return MapAnswer(payload.bytes, payload.topic,
                   {.number = {},
                    .asked_at = payload.received_at,
                    .coordinates = CoordinatesOf(payload.dialect)});
}

}  // namespace weir::mapping::sf_city
