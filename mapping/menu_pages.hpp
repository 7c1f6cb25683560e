// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "mapping/mapped.hpp"
#include "mapping/pages.hpp"

namespace weir::mapping {

/// A menu that came in pages, as one observation. `take` adds what a page tells; false when the
/// page is no list: then the whole is unmappable, as it is when the payload is not made of pages.
[[nodiscard]] Mapped MapMenuPages(std::string_view platform, std::string_view shop,
                                  std::string_view payload, Instant asked_at,
                                  bool (*take)(const AnswerPage&, model::MenuFacts&));

}  // namespace weir::mapping
