// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

/// XML as SF Express still pushes it, by Poco.
namespace weir::mapping::sf_express {

inline constexpr std::size_t kMaxXmlBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxXmlDepth = 8;
inline constexpr std::size_t kMaxXmlElements = 10'000;

struct XmlElement {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string text;  ///< Its own, without its children's.
  std::vector<XmlElement> children;
};

/// The root of a document. kMalformed for what is no XML, goes beyond a limit above, or brings a
/// document type: no entity is ever declared, so none is expanded or fetched.
[[nodiscard]] Result<XmlElement> ParseXml(std::string_view text);

/// The first child of this name; null without one.
[[nodiscard]] const XmlElement* ChildOf(const XmlElement& element, std::string_view name);

}  // namespace weir::mapping::sf_express
