// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "mapping/mapped.hpp"

namespace weir::mapping::eleme {

/// Maps what reads of reviews, shops and menus answer; nothing when the payload is none of them, so
/// that Map goes on. An entry's topic is the action, with the shop where the answer does not name
/// it ("menu?shopId=10001"). A pure function.
///
/// Answers: `{"result": <object or list>}` or one bare object of a list; a whole
/// menu, dialect "pages", of getShopCategoriesWithChildren and queryItemByPage.
[[nodiscard]] std::optional<Mapped> MapAnswers(const Payload& payload);

}  // namespace weir::mapping::eleme
