// SPDX-License-Identifier: Apache-2.0
#include "mapping/menu_pages.hpp"

#include <utility>

#include "base/digest.hpp"

namespace weir::mapping {

Mapped MapMenuPages(std::string_view platform, std::string_view shop, std::string_view payload,
                    Instant asked_at, bool (*take)(const AnswerPage&, model::MenuFacts&)) {
  Mapped mapped;
  const auto pages = SplitPages(payload);
  if (!pages) {
    mapped.unmappable = {"malformed_payload", pages.error().message};
    return mapped;
  }
  ContentHasher hasher;
  model::MenuFacts menu;
  menu.platform = platform;
  menu.platform_shop = shop;
  for (const AnswerPage& page : *pages) {
    hasher.Update(page.topic);
    hasher.Update(page.bytes);
    if (!take(page, menu)) {
      mapped.unmappable = {"malformed_payload", "A page of the menu is no list."};
      return mapped;
    }
  }
  menu.key = {.updated_at = {}, .asked_at = asked_at, .digest = hasher.Finish()};
  mapped.menus.push_back(std::move(menu));
  return mapped;
}

}  // namespace weir::mapping
