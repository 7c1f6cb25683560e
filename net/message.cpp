// SPDX-License-Identifier: Apache-2.0
#include "net/message.hpp"

#include "base/text.hpp"

namespace weir::net {

std::string_view Headers::Find(std::string_view name) const {
  for (const auto& [key, value] : items_) {
    if (key.size() == name.size() && EqualIgnoreCase(key, name)) {
      return value;
    }
  }
  return {};
}

std::string_view Request::path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::string_view Request::query() const {
  const auto mark = target.find('?');
  return mark == std::string::npos ? std::string_view{} : std::string_view(target).substr(mark + 1);
}

}  // namespace weir::net
