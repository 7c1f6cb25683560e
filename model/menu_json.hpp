// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/menu_facts.hpp"

/// Parts of a menu as JSON; private to this module.
namespace weir::model {

/// One object.
void AppendMenuItem(std::string& out, const MenuItem& item);

/// One array.
void AppendMenuCategories(std::string& out, const std::vector<MenuCategory>& categories);

}  // namespace weir::model
